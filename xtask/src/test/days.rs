//! The public holidays of China, day by day against the list that the Python package
//! `chinesecalendar` keeps. A year counts as one test.

use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use crate::shell;
use crate::test::counts::Counts;
use crate::test::install;

/// The years that both lists know: one more when both have it.
const COMPARED: (i32, i32) = (2020, 2026);

pub fn run() -> anyhow::Result<Counts> {
    let python = install::chinesecalendar()?;
    let ours = shell::cargo()
        .args(["run", "--quiet", "--locked", "--package", "huiyin-domain"])
        .args(["--example", "days_of_china"])
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(ours.status.success(), "our days cannot be printed");
    let mut compare = Command::new(python)
        .arg(shell::root().join("xtask/src/test/days.py"))
        .args([COMPARED.0.to_string(), COMPARED.1.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = compare.stdin.take().context("the input is piped")?;
    std::io::Write::write_all(&mut input, &ours.stdout)?;
    drop(input);
    let compared = compare.wait_with_output()?;
    let printed = String::from_utf8_lossy(&compared.stdout);
    print!("{printed}");
    Ok(counted(&printed).or_one_failed(compared.status.success()))
}

/// A year that is not told of has failed.
fn counted(printed: &str) -> Counts {
    let years = COMPARED.0..=COMPARED.1;
    let all = years.count() as u64;
    let passed = printed
        .lines()
        .filter(|line| line.starts_with("passed "))
        .count() as u64;
    Counts {
        passed,
        failed: all.saturating_sub(passed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_that_differs_or_is_missing_has_failed() {
        let line = |year| format!("passed {year}\n");
        let all: String = (2020..=2026).map(line).collect();
        assert_eq!((counted(&all).passed, counted(&all).failed), (7, 0));
        let differs = all.replace(
            "passed 2023",
            "failed 2023: 2023-01-28 off, should be working",
        );
        assert_eq!((counted(&differs).passed, counted(&differs).failed), (6, 1));
        assert_eq!(counted("").failed, 7);
    }
}
