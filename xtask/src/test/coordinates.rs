//! Systems of coordinates: thousands of points turned from each into each other, held against
//! what the npm package `gcoord` makes of them. A pair of systems counts as one test.

use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use crate::shell;
use crate::test::counts::Counts;
use crate::test::{browser, install};

/// Each of three systems into each other.
const PAIRS: u64 = 6;

pub fn run() -> anyhow::Result<Counts> {
    install::gcoord()?;
    let ours = shell::cargo()
        .args(["run", "--quiet", "--locked", "--package", "huiyin-domain"])
        .args(["--example", "coordinates"])
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(ours.status.success(), "our points cannot be printed");
    let mut compare = Command::new("node")
        .arg(shell::root().join("xtask/src/test/coordinates.mjs"))
        .arg(browser::folder())
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

/// A pair that is not told of has failed.
fn counted(printed: &str) -> Counts {
    let lines = printed.lines();
    let passed = lines.filter(|line| line.starts_with("passed ")).count() as u64;
    Counts {
        passed,
        failed: PAIRS.saturating_sub(passed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_that_differs_or_is_missing_has_failed() {
        let all = "passed a b: 5000\n".repeat(6);
        assert_eq!((counted(&all).passed, counted(&all).failed), (6, 0));
        let differs = all.replacen("passed", "failed", 1);
        assert_eq!((counted(&differs).passed, counted(&differs).failed), (5, 1));
        assert_eq!(counted("").failed, 6);
    }
}
