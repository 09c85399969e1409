//! The public holidays of China, day by day against the list that the Python package
//! `chinesecalendar` keeps. A year counts as one test.

use std::process::Command;

use crate::shell;
use crate::test::compare::compare;
use crate::test::counts::Counts;
use crate::test::install;

/// The years that both lists know: one more when both have it.
const COMPARED: (i32, i32) = (2020, 2026);

pub fn run() -> anyhow::Result<Counts> {
    let mut theirs = Command::new(install::chinesecalendar()?);
    theirs
        .arg(shell::root().join("xtask/src/test/days.py"))
        .args([COMPARED.0.to_string(), COMPARED.1.to_string()]);
    let years = (COMPARED.0..=COMPARED.1).count() as u64;
    compare("days_of_china", &mut theirs, years)
}
