//! Systems of coordinates: thousands of points turned from each into each other, held against
//! what the npm package `gcoord` makes of them. A pair of systems counts as one test.

use std::process::Command;

use crate::shell;
use crate::test::compare::compare;
use crate::test::counts::Counts;
use crate::test::{browser, install};

/// Each of three systems into each other.
const PAIRS: u64 = 6;

pub fn run() -> anyhow::Result<Counts> {
    install::gcoord()?;
    let mut theirs = Command::new("node");
    theirs
        .arg(shell::root().join("xtask/src/test/coordinates.mjs"))
        .arg(browser::folder());
    compare("coordinates", &mut theirs, PAIRS)
}
