//! What only SQLite has to be asked about its log; PostgreSQL looks after its own.

use super::{Checkpoint, Connection, DbError, Progress, sqlite};

impl Connection {
    /// One checkpoint of the log, whether it got through; PostgreSQL does it itself.
    pub(crate) fn checkpoint(&mut self, how: Checkpoint) -> Result<bool, DbError> {
        match self {
            Self::Sqlite(connection) => sqlite::checkpoint(connection, how),
            Self::Postgres(_) => Ok(true),
        }
    }

    /// Nobody begins the write-ahead log anew while this connection lasts; nothing to do on
    /// PostgreSQL.
    pub(crate) fn hold_log(&mut self) -> Result<(), DbError> {
        match self {
            Self::Sqlite(connection) => sqlite::hold_log(connection),
            Self::Postgres(_) => Ok(()),
        }
    }

    /// A checkpoint that makes nobody wait, and how far it came; None when somebody else is at it.
    pub(crate) fn checkpoint_some(&mut self) -> Result<Option<Progress>, DbError> {
        match self {
            Self::Sqlite(connection) => sqlite::checkpoint_some(connection),
            Self::Postgres(_) => Ok(None),
        }
    }

    /// What SQLite finds wrong with all of its database, if anything.
    pub(crate) fn fault_inside(&mut self) -> Result<Option<String>, DbError> {
        match self {
            Self::Sqlite(connection) => sqlite::fault_inside(connection),
            Self::Postgres(_) => Ok(None),
        }
    }

    /// Make SQLite look at its statistics again; cheap when nothing changed.
    pub(crate) fn refresh_statistics(&mut self) -> Result<(), DbError> {
        match self {
            Self::Sqlite(_) => self.batch("PRAGMA optimize"),
            Self::Postgres(_) => Ok(()),
        }
    }
}
