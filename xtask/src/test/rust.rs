//! Every Rust test: on SQLite, and on a PostgreSQL that lives as long as the stage.

use std::path::PathBuf;
use std::process::Command;

use crate::guard::Guard;
use crate::shell;
use crate::test::build;
use crate::test::counts::Counts;
use crate::test::postgres::Postgres;
use crate::test::watch::watch;

pub fn run(filter: Option<&str>) -> anyhow::Result<Counts> {
    build::all()?;
    let postgres = Postgres::start()?;
    let temporary = temporary()?;
    let nextest = shell::cargo()
        .args(["nextest", "--version"])
        .output()
        .is_ok_and(|output| output.status.success());
    let mut command = if nextest {
        nextest_command(filter)
    } else {
        cargo_test_command(filter)
    };
    command
        .env("HUIYIN_TEST_POSTGRES", postgres.url())
        .env("HUIYIN_TEST_POSTGRES_CERTIFICATE", postgres.certificate())
        .envs(temporary.as_ref().map(|(folder, _)| ("TMPDIR", folder)));
    let watched = watch(&mut command)?;
    let counts = match nextest {
        true => Counts::of_nextest(&watched.printed),
        false => Counts::of_cargo_test(&watched.printed),
    };
    Ok(counts.or_one_failed(watched.succeeded))
}

/// A folder in memory for what tests write, put away however this ends; none where the machine has none.
fn temporary() -> anyhow::Result<Option<(PathBuf, Guard)>> {
    let Some(memory) = shell::in_memory() else {
        return Ok(None);
    };
    let folder = memory.join(format!("huiyin-tests-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let guard = Guard::new(&format!("rm -rf {}", folder.display()))?;
    Ok(Some((folder, guard)))
}

fn nextest_command(filter: Option<&str>) -> Command {
    let mut command = shell::cargo();
    command
        .args([
            "nextest",
            "run",
            "--workspace",
            "--lib",
            "--bins",
            "--tests",
            "--locked",
            "--no-fail-fast",
            "--no-tests",
            "pass",
        ])
        .args([
            "--status-level",
            "slow",
            "--failure-output",
            "immediate-final",
        ])
        .args(filter);
    command
}

fn cargo_test_command(filter: Option<&str>) -> Command {
    let mut command = shell::cargo();
    command
        .args([
            "test",
            "--workspace",
            "--locked",
            "--no-fail-fast",
            "--lib",
            "--bins",
            "--tests",
        ])
        .args(filter);
    command
}
