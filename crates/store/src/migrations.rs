//! Migrations: numbered SQL files, one sequence for both engines.
//!
//! To add one: `migrations/NNNN_what.sql`, a line in [`ALL`], its columns in
//! `columns.toml`, and `cargo xtask schema`. A migration that has been
//! released is never edited; its checksum is kept with each database. While one is applied, and
//! until all processes are of the new release, older ones go on: what they use stays.

use std::time::Duration;

use huiyin_domain::planted::{self, Fault};
use sha2::{Digest, Sha256};

use crate::dialect::{Connection, DbError, Purpose, Statement, Tx, ddl};
use crate::vals;

pub(crate) const ALL: &[(&str, &str)] = &[
    ("0001_house", include_str!("../migrations/0001_house.sql")),
    ("0002_cases", include_str!("../migrations/0002_cases.sql")),
    (
        "0003_calendars",
        include_str!("../migrations/0003_calendars.sql"),
    ),
    (
        "0004_telling",
        include_str!("../migrations/0004_telling.sql"),
    ),
    ("0005_clocks", include_str!("../migrations/0005_clocks.sql")),
    (
        "0006_supervision",
        include_str!("../migrations/0006_supervision.sql"),
    ),
    (
        "0008_counted_lists",
        include_str!("../migrations/0008_counted_lists.sql"),
    ),
    (
        "0010_no_replace",
        include_str!("../migrations/0010_no_replace.sql"),
    ),
    (
        "0011_late_again",
        include_str!("../migrations/0011_late_again.sql"),
    ),
    (
        "0012_follow_ups",
        include_str!("../migrations/0012_follow_ups.sql"),
    ),
    (
        "0013_volunteers",
        include_str!("../migrations/0013_volunteers.sql"),
    ),
    ("0014_orders", include_str!("../migrations/0014_orders.sql")),
    ("0015_venues", include_str!("../migrations/0015_venues.sql")),
    (
        "0016_proposals",
        include_str!("../migrations/0016_proposals.sql"),
    ),
    (
        "0017_pledges",
        include_str!("../migrations/0017_pledges.sql"),
    ),
    ("0019_meals", include_str!("../migrations/0019_meals.sql")),
    (
        "0020_occasions",
        include_str!("../migrations/0020_occasions.sql"),
    ),
    (
        "0021_former_units",
        include_str!("../migrations/0021_former_units.sql"),
    ),
    (
        "0022_pictures",
        include_str!("../migrations/0022_pictures.sql"),
    ),
    ("0023_grid", include_str!("../migrations/0023_grid.sql")),
    ("0024_teams", include_str!("../migrations/0024_teams.sql")),
    ("0026_tasks", include_str!("../migrations/0026_tasks.sql")),
    (
        "0027_errands",
        include_str!("../migrations/0027_errands.sql"),
    ),
    (
        "0028_offline",
        include_str!("../migrations/0028_offline.sql"),
    ),
    ("0029_rounds", include_str!("../migrations/0029_rounds.sql")),
    (
        "0030_tasks_for_posts",
        include_str!("../migrations/0030_tasks_for_posts.sql"),
    ),
    (
        "0032_windows",
        include_str!("../migrations/0032_windows.sql"),
    ),
    (
        "0033_households",
        include_str!("../migrations/0033_households.sql"),
    ),
    (
        "0034_samples",
        include_str!("../migrations/0034_samples.sql"),
    ),
    ("0035_tries", include_str!("../migrations/0035_tries.sql")),
    (
        "0036_leaving_files",
        include_str!("../migrations/0036_leaving_files.sql"),
    ),
    (
        "0037_installations",
        include_str!("../migrations/0037_installations.sql"),
    ),
    (
        "0038_archives",
        include_str!("../migrations/0038_archives.sql"),
    ),
    ("0039_board", include_str!("../migrations/0039_board.sql")),
];

/// What a later release might bring, where a test brings several processes to it one after the
/// other.
pub(crate) const LATER: (&str, &str) = (
    "9000_later",
    "CREATE TABLE later (case_id BIGINT NOT NULL PRIMARY KEY REFERENCES cases (id), note TEXT) /* rows */;
     ALTER TABLE cases ADD COLUMN later BIGINT NOT NULL DEFAULT 0;
     ALTER TABLE outbox ADD COLUMN later TEXT;
     CREATE INDEX cases_later ON cases (later, id);
     UPDATE cases SET later = 1 WHERE closed_at IS NOT NULL;",
);
/// What none may bring.
pub(crate) const TAKES: (&str, &str) = (
    "9000_takes",
    "ALTER TABLE idempotency RENAME COLUMN answer TO answered;",
);

#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    #[error("migration {0} is not the one this database was made with")]
    Changed(String),
    #[error("the database knows migration {0}, this program does not: it is older")]
    Newer(String),
    #[error("migration {name} failed")]
    Failed { name: &'static str, source: DbError },
    #[error("the list of migrations cannot be read")]
    Database(#[from] DbError),
}

/// So often it is begun.
const TRIES_MAX: u32 = 20;
const PAUSE: Duration = Duration::from_millis(200);

const MAKE_LIST: &str = "CREATE TABLE IF NOT EXISTS migrations (
  name TEXT NOT NULL PRIMARY KEY,
  checksum TEXT NOT NULL
) /* clustered */;";

/// Only one process migrates at a time; SQLite's `BEGIN IMMEDIATE` does that.
const LOCK: Statement = Statement::split(
    "migrations::LOCK",
    "SELECT NULL",
    "SELECT CAST(pg_advisory_xact_lock(4802001) AS TEXT)",
);
const APPLIED: Statement = Statement::both(
    "migrations::APPLIED",
    "SELECT name, checksum FROM migrations ORDER BY name",
);
const RECORD: Statement = Statement::both(
    "migrations::RECORD",
    "INSERT INTO migrations (name, checksum) VALUES ($1, $2)",
);

/// The migrations this program knows, as a dump names them.
pub(crate) fn names() -> String {
    ALL.iter()
        .map(|(name, _)| *name)
        .collect::<Vec<_>>()
        .join(" ")
}

/// What all migrations of this program together are known by.
#[cfg(any(test, feature = "scratch"))]
pub(crate) fn sum() -> String {
    checksum(&ALL.iter().map(|(_, text)| *text).collect::<String>())
}

/// Bring a database up to date, all in one transaction. Processes of an older release may write
/// meanwhile; when the two stand in each other's way, it is begun again.
pub(crate) fn run(connection: &mut Connection) -> Result<(), MigrationError> {
    for _ in 1..TRIES_MAX {
        match once(connection) {
            Err(error) if error.is_of_the_moment() => {
                tracing::warn!(%error, "the migration is begun again");
                std::thread::sleep(PAUSE);
            }
            ended => return ended,
        }
    }
    once(connection)
}

fn once(connection: &mut Connection) -> Result<(), MigrationError> {
    connection.begin(Purpose::Write)?;
    match apply(connection) {
        Ok(()) => Ok(connection.commit()?),
        Err(error) => {
            if let Err(error) = connection.rollback() {
                tracing::warn!(%error, "the migration could not be rolled back");
            }
            Err(error)
        }
    }
}

impl MigrationError {
    fn is_of_the_moment(&self) -> bool {
        let (Self::Failed { source, .. } | Self::Database(source)) = self else {
            return false;
        };
        matches!(source, DbError::Serialization { .. })
    }
}

fn apply(connection: &mut Connection) -> Result<(), MigrationError> {
    let engine = connection.engine();
    Tx::new(connection, 0).query(&LOCK, &[], |_| Ok(()))?;
    connection.batch(&ddl(MAKE_LIST, engine))?;
    let applied: Vec<(String, String)> =
        Tx::new(connection, 0).query(&APPLIED, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let all: Vec<_> = ALL.iter().copied().chain(planted_later()).collect();
    for (position, (name, sum)) in applied.iter().enumerate() {
        match all.get(position) {
            Some((known, text)) if known == name && checksum(text) == *sum => {}
            Some((known, _)) if known == name => return Err(MigrationError::Changed(name.clone())),
            _ => return Err(MigrationError::Newer(name.clone())),
        }
    }
    for &(name, text) in &all[applied.len()..] {
        connection
            .batch(&ddl(text, engine))
            .map_err(|source| MigrationError::Failed { name, source })?;
        if planted::is(Fault::MigratedApart) {
            connection.commit()?;
            connection.begin(Purpose::Write)?;
            tracing::info!(name, "the database was migrated");
            std::thread::sleep(Duration::from_millis(50));
        }
        Tx::new(connection, 0).execute_one(&RECORD, vals![name, &checksum(text)])?;
        tracing::info!(name, "the database was migrated");
    }
    Ok(())
}

fn planted_later() -> Option<(&'static str, &'static str)> {
    match () {
        () if planted::is(Fault::NextRelease) => Some(LATER),
        () if planted::is(Fault::NextReleaseTakes) => Some(TAKES),
        () => None,
    }
}

/// Line ends do not count: a checkout may change them.
fn checksum(text: &str) -> String {
    let mut sum = Sha256::new();
    for line in text.lines() {
        sum.update(line.trim_end().as_bytes());
        sum.update(b"\n");
    }
    sum.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
