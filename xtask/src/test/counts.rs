//! How many tests passed and failed, read from what the runners print.

use std::fmt;
use std::ops::Add;

use anyhow::Context;
use serde_json::Value;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
}

impl Add for Counts {
    type Output = Counts;

    fn add(self, other: Counts) -> Counts {
        Counts {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

impl Counts {
    /// From nextest: `Summary [ 1.2s] 9 tests run: 7 passed (1 slow), 1 failed, 1 timed out, 3 skipped`.
    pub fn of_nextest(printed: &str) -> Counts {
        let summary = printed
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("Summary ["))
            .next_back();
        let Some((_, counted)) = summary.and_then(|summary| summary.split_once("run: ")) else {
            return Counts::default();
        };
        let mut counts = Counts::default();
        for (number, word) in numbers(counted) {
            match word {
                "passed" => counts.passed += number,
                "failed" | "timed" | "exec" => counts.failed += number,
                _ => {}
            }
        }
        counts
    }

    /// From `cargo test`, one line for each test binary: `test result: ok. 5 passed; 0 failed; 1 ignored; …`.
    pub fn of_cargo_test(printed: &str) -> Counts {
        let mut counts = Counts::default();
        for line in printed
            .lines()
            .filter_map(|line| line.strip_prefix("test result: "))
        {
            for (number, word) in numbers(line) {
                match word {
                    "passed" => counts.passed += number,
                    "failed" => counts.failed += number,
                    _ => {}
                }
            }
        }
        counts
    }

    /// From Playwright's JSON report.
    pub fn of_playwright(report: &str) -> anyhow::Result<Counts> {
        let report: Value =
            serde_json::from_str(report).context("Playwright's report is not JSON")?;
        let stat = |name| {
            report["stats"][name]
                .as_u64()
                .with_context(|| format!("the report has no `{name}`"))
        };
        let broken = report["errors"].as_array().map_or(0, Vec::len) as u64;
        Ok(Counts {
            passed: stat("expected")? + stat("flaky")?,
            failed: stat("unexpected")? + broken,
        })
    }

    /// A runner that ended badly without naming a failed test has failed as a whole (it did not compile, say).
    pub fn or_one_failed(self, succeeded: bool) -> Counts {
        match (succeeded, self.failed) {
            (false, 0) => Counts { failed: 1, ..self },
            _ => self,
        }
    }
}

/// Pairs of a number and the word after it.
fn numbers(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let mut words = text
        .split([' ', ',', ';', '(', ')'])
        .filter(|word| !word.is_empty())
        .peekable();
    std::iter::from_fn(move || {
        loop {
            let word = words.next()?;
            if let (Ok(number), Some(next)) = (word.parse(), words.peek()) {
                return Some((number, *next));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextest_is_read() {
        let printed = "  Summary [   1.2s] 9 tests run: 6 passed (1 slow, 1 leaky), 2 failed, 1 timed out, 3 skipped\n";
        assert_eq!(
            Counts::of_nextest(printed),
            Counts {
                passed: 6,
                failed: 3
            }
        );
        assert_eq!(
            Counts::of_nextest("error: could not compile"),
            Counts::default()
        );
    }

    #[test]
    fn cargo_test_is_added_up() {
        let printed = "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
                       test result: FAILED. 2 passed; 1 failed; 0 ignored\n";
        assert_eq!(
            Counts::of_cargo_test(printed),
            Counts {
                passed: 7,
                failed: 1
            }
        );
    }

    #[test]
    fn playwright_is_read() {
        let report = r#"{"errors": [{}], "stats": {"expected": 4, "unexpected": 1, "flaky": 1, "skipped": 2}}"#;
        assert_eq!(
            Counts::of_playwright(report).unwrap(),
            Counts {
                passed: 5,
                failed: 2
            }
        );
        assert!(Counts::of_playwright("{}").is_err());
    }

    #[test]
    fn a_runner_that_ends_badly_is_a_failure() {
        assert_eq!(Counts::default().or_one_failed(false).failed, 1);
        assert_eq!(
            Counts {
                passed: 1,
                failed: 2
            }
            .or_one_failed(false)
            .failed,
            2
        );
        assert_eq!(
            Counts {
                passed: 1,
                failed: 0
            }
            .or_one_failed(true)
            .failed,
            0
        );
    }
}
