//! The real program, its database and its disk fail under load, again and again, looked at from
//! outside (`docs/reliability.md`). What the checker says `passed …` or `failed …` of counts as a
//! test; what the machine does not allow is said to be `skipped …` and is neither.

use anyhow::Context;

use crate::shell;
use crate::test::counts::Counts;
use crate::test::postgres::{self, Place, Postgres};
use crate::test::{build, watch::watch};

/// Little memory, and one call to see that all is on the disk after a crash, not one for each file.
const SETTINGS: &str = "-c shared_buffers=64MB -c recovery_init_sync_method=syncfs";

/// Fewer than the checker's own, so that a run of everything has time for everything.
const AMONG_OTHERS: &str = "--cuts=12 --fillings=3 --burns=2 --kills-on-postgres=12 \
    --kills-of-postgres=6 --kills-of-many=6 --ends-of-many=4 --deaths=1";

pub fn run(filter: Option<&str>) -> anyhow::Result<Counts> {
    let binary = build::product()?;
    let server = Postgres::start_with(Place::Disk, SETTINGS)?;
    let programs = postgres::programs().context("PostgreSQL is not installed")?;
    let mut checker = std::process::Command::new(build::example("crash")?);
    checker
        .arg("--binary")
        .arg(binary)
        .arg("--folder")
        .arg(shell::target_dir().join("crash"))
        .arg("--postgres-data")
        .arg(server.data())
        .arg("--postgres-programs")
        .arg(programs)
        .args(AMONG_OTHERS.split_whitespace().filter(|_| filter.is_none()))
        .args(filter.map(|filter| format!("--only={filter}")))
        .env("HUIYIN_TEST_POSTGRES", server.url());
    let watched = watch(&mut checker)?;
    Ok(counted(&watched.printed).or_one_failed(watched.succeeded))
}

fn counted(printed: &str) -> Counts {
    let told = |word: &str| {
        printed
            .lines()
            .filter(|line| line.starts_with(word))
            .count() as u64
    };
    Counts {
        passed: told("passed "),
        failed: told("failed "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_counted() {
        let printed = "SQLite (9 s): struck 100 times\npassed SQLite: one\nfailed SQLite: two\n    \
                       why\nskipped power cut: not on this machine: must be superuser\n";
        let expected = Counts {
            passed: 1,
            failed: 1,
        };
        assert_eq!(counted(printed), expected);
    }
}
