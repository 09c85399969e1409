//! What can go wrong in a database, in words that hold for both engines.
//! Messages never carry a row's content.

use std::error::Error;

use postgres::error::SqlState;
use rusqlite::ErrorCode;
use rusqlite::ffi;

#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The row was changed by somebody else since it was read.
    #[error("{statement}: the row is not as it was when it was read")]
    Conflict { statement: &'static str },
    #[error("{statement}: a row with this key exists in {table}")]
    Unique {
        statement: &'static str,
        table: String,
    },
    #[error("{statement}: the database refuses the row: {constraint}")]
    Check {
        statement: &'static str,
        constraint: String,
    },
    #[error("{statement}: the row names another one that does not exist")]
    Foreign { statement: &'static str },
    /// Two transactions stood in each other's way; the engine tries again.
    #[error("{statement}: two transactions stood in each other's way")]
    Serialization { statement: &'static str },
    #[error("{statement}: the database is busy with another process")]
    Locked { statement: &'static str },
    #[error("{statement}: the disk is full or cannot be written")]
    Full { statement: &'static str },
    /// It is written, and the disk does not say that it is kept. A crash may bring it back.
    #[error("{statement}: the disk failed while this was kept, so nobody knows whether it is")]
    Unsure { statement: &'static str },
    #[error("{statement}: the connection to the database is lost ({why})")]
    ConnectionLost {
        statement: &'static str,
        why: String,
    },
    #[error("{statement}: {touched} rows touched where one was meant")]
    Touched {
        statement: &'static str,
        touched: u64,
    },
    #[error("column {position} does not hold what is expected: {what}")]
    Column { position: usize, what: String },
    /// What lies in the database contradicts what the code believes.
    #[error("the database holds something that cannot be: {0}")]
    Broken(String),
    #[error("{statement}: {source}")]
    Other {
        statement: &'static str,
        source: Box<dyn Error + Send + Sync>,
    },
}

impl DbError {
    /// A copy good enough to decide on (the source stays with the original).
    pub(crate) fn summary(&self) -> Self {
        match self {
            Self::Conflict { statement } => Self::Conflict { statement },
            Self::Unique { statement, table } => Self::Unique {
                statement,
                table: table.clone(),
            },
            Self::Check {
                statement,
                constraint,
            } => Self::Check {
                statement,
                constraint: constraint.clone(),
            },
            Self::Foreign { statement } => Self::Foreign { statement },
            Self::Serialization { statement } => Self::Serialization { statement },
            Self::Locked { statement } => Self::Locked { statement },
            Self::Full { statement } => Self::Full { statement },
            Self::Unsure { statement } => Self::Unsure { statement },
            Self::ConnectionLost { statement, why } => Self::ConnectionLost {
                statement,
                why: why.clone(),
            },
            Self::Touched { statement, touched } => Self::Touched {
                statement,
                touched: *touched,
            },
            Self::Column { position, what } => Self::Column {
                position: *position,
                what: what.clone(),
            },
            Self::Broken(what) => Self::Broken(what.clone()),
            Self::Other { statement, source } => Self::Other {
                statement,
                source: source.to_string().into(),
            },
        }
    }
}

pub(super) fn from_sqlite(statement: &'static str, error: rusqlite::Error) -> DbError {
    let rusqlite::Error::SqliteFailure(code, message) = &error else {
        return DbError::Other {
            statement,
            source: Box::new(error),
        };
    };
    let after_colon = || {
        let text = message.as_deref().unwrap_or_default();
        text.rsplit(": ").next().unwrap_or_default().to_owned()
    };
    match (code.code, code.extended_code) {
        (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => {
            let column = after_colon();
            let table = column.split('.').next().unwrap_or_default().to_owned();
            DbError::Unique { statement, table }
        }
        (_, ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => DbError::Foreign { statement },
        (ErrorCode::ConstraintViolation, _) => DbError::Check {
            statement,
            constraint: after_colon(),
        },
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => DbError::Locked { statement },
        // The index of the log grows after the log was written and flushed.
        (_, ffi::SQLITE_IOERR_FSYNC | ffi::SQLITE_IOERR_DIR_FSYNC | ffi::SQLITE_IOERR_SHMSIZE) => {
            DbError::Unsure { statement }
        }
        (ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen, _) => {
            DbError::Full { statement }
        }
        _ => DbError::Other {
            statement,
            source: Box::new(error),
        },
    }
}

pub(super) fn from_postgres(statement: &'static str, error: postgres::Error) -> DbError {
    let Some(db) = error.as_db_error() else {
        // Without an answer from the server there is no server; one whose certificate is not
        // believed is there.
        let io = error
            .source()
            .and_then(|source| source.downcast_ref::<std::io::Error>());
        let lost =
            error.is_closed() || io.is_some_and(|io| io.kind() != std::io::ErrorKind::InvalidData);
        return if lost {
            let why = io.map_or_else(|| error.to_string(), ToString::to_string);
            DbError::ConnectionLost { statement, why }
        } else {
            DbError::Other {
                statement,
                source: Box::new(error),
            }
        };
    };
    let constraint = || {
        db.constraint()
            .or(db.column())
            .unwrap_or_default()
            .to_owned()
    };
    let code = db.code();
    if *code == SqlState::UNIQUE_VIOLATION {
        let table = db.table().unwrap_or_default().to_owned();
        DbError::Unique { statement, table }
    } else if *code == SqlState::CHECK_VIOLATION || *code == SqlState::NOT_NULL_VIOLATION {
        DbError::Check {
            statement,
            constraint: constraint(),
        }
    } else if *code == SqlState::RAISE_EXCEPTION {
        DbError::Check {
            statement,
            constraint: db.message().to_owned(),
        }
    } else if *code == SqlState::FOREIGN_KEY_VIOLATION {
        DbError::Foreign { statement }
    } else if *code == SqlState::T_R_SERIALIZATION_FAILURE
        || *code == SqlState::T_R_DEADLOCK_DETECTED
    {
        DbError::Serialization { statement }
    } else if *code == SqlState::LOCK_NOT_AVAILABLE {
        DbError::Locked { statement }
    } else if *code == SqlState::DISK_FULL || *code == SqlState::IO_ERROR {
        DbError::Full { statement }
    } else if matches!(code.code().get(..2), Some("08" | "57"))
        // Whoever is written to follows another one now, or not yet leads: that is elsewhere.
        || *code == SqlState::READ_ONLY_SQL_TRANSACTION
    {
        let why = db.message().to_owned();
        DbError::ConnectionLost { statement, why }
    } else {
        DbError::Other {
            statement,
            source: Box::new(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_after_it_was_written_is_not_said_to_be_gone() {
        let told = |code| {
            let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            from_sqlite("test", error)
        };
        for code in [ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_SHMSIZE] {
            assert!(matches!(told(code), DbError::Unsure { .. }), "{code}");
        }
        for code in [ffi::SQLITE_FULL, ffi::SQLITE_IOERR_WRITE] {
            assert!(matches!(told(code), DbError::Full { .. }), "{code}");
        }
    }
}
