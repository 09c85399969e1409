//! What an example of the domain prints, held against what another program makes of it: that
//! program says `passed …` for each part that agrees, and a part that is not told of has failed.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use crate::test::build;
use crate::test::counts::Counts;

/// Runs the example and gives what it prints to `other`, which tells of so many parts.
pub fn compare(example: &str, other: &mut Command, parts: u64) -> anyhow::Result<Counts> {
    let ours = Command::new(build::example(example)?)
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(ours.status.success(), "{example} prints nothing to compare");
    let mut other = other.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut input = other.stdin.take().context("the input is piped")?;
    input.write_all(&ours.stdout)?;
    drop(input);
    let compared = other.wait_with_output()?;
    let printed = String::from_utf8_lossy(&compared.stdout);
    print!("{printed}");
    Ok(counted(&printed, parts).or_one_failed(compared.status.success()))
}

fn counted(printed: &str, parts: u64) -> Counts {
    let lines = printed.lines();
    let passed = lines.filter(|line| line.starts_with("passed ")).count() as u64;
    Counts {
        passed,
        failed: parts.saturating_sub(passed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_differs_or_is_missing_has_failed() {
        let all: String = (2020..=2026)
            .map(|year| format!("passed {year}\n"))
            .collect();
        let counts = |printed: &str| {
            let counts = counted(printed, 7);
            (counts.passed, counts.failed)
        };
        assert_eq!(counts(&all), (7, 0));
        let differs = all.replace(
            "passed 2023",
            "failed 2023: 2023-01-28 off, should be working",
        );
        assert_eq!(counts(&differs), (6, 1));
        assert_eq!(counts(""), (0, 7));
    }
}
