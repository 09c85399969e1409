//! Why a store cannot be opened, and why something is not written or read.

use std::path::PathBuf;

use super::left::Damage;
use crate::dialect::{DbError, TargetError};
use crate::migrations::MigrationError;

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Target(#[from] TargetError),
    #[error("SQLite {0} is too old: before 3.51.3 a checkpoint can corrupt the database")]
    OldSqlite(&'static str),
    #[error("the database cannot be opened")]
    Database(#[from] DbError),
    #[error(transparent)]
    Migration(#[from] MigrationError),
    #[error(
        "the log {}-wal is damaged: {damage}. What was acknowledged may be missing: restore the \
         last backup. Whoever would rather go on without what stands in that log moves it away, \
         and -shm with it",
        database.display()
    )]
    Damaged { database: PathBuf, damage: Damage },
    #[error("the machine does not give what is needed")]
    Io(#[from] std::io::Error),
    #[error("[shipping] is for SQLite: PostgreSQL archives its log by itself")]
    Shipping,
    #[error("a replica is for PostgreSQL")]
    Replica,
}

/// Why an operation is not stored although nothing is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Loss {
    #[error("the disk is full or cannot be written")]
    Full,
    #[error("the database cannot be reached")]
    Connection,
    #[error("the connection was lost or the disk failed during the commit, so nobody knows")]
    Unknown,
    #[error("other transactions stood in the way too often")]
    Serialization,
    #[error("the operation panicked")]
    Panicked,
    #[error("the operation overlooked an error of the database")]
    Ignored,
    #[error("the database failed")]
    Database,
    #[error("the store is closed")]
    Closed,
}

impl Loss {
    /// Whether the same write would fail again, however long one waits.
    pub fn is_for_good(&self) -> bool {
        matches!(self, Loss::Panicked | Loss::Ignored | Loss::Database)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum WriteError<E> {
    /// The operation's own answer; nothing is written.
    #[error("{0}")]
    Refused(E),
    /// The ticket of its request was kept before: it is done already, and was not done again.
    #[error("it has been done before")]
    Repeated,
    /// Too much is waiting; try again in a moment.
    #[error("too much is waiting to be written")]
    Busy,
    #[error("not stored: {0}")]
    NotStored(Loss),
}

#[derive(Debug, thiserror::Error)]
pub enum ReadError<E> {
    /// The operation's own answer.
    #[error("{0}")]
    Refused(E),
    #[error("too much is waiting to be read")]
    Busy,
    #[error("cannot be read: {0}")]
    Failed(Loss),
}
