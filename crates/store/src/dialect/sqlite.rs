//! SQLite by `rusqlite`: how a connection is tuned, and the calls of `Tx`.
//!
//! The tuning keeps the whole process under 150 MiB: 16 MiB of pages for the
//! one writer, 4 MiB for each reader (a reader forgets its pages whenever
//! somebody has written, so more would not help), no memory map, because
//! mapped pages count as resident.

use std::path::Path;
use std::time::Duration;

use huiyin_domain::planted::{self, Fault};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};

use super::error::from_sqlite;
use super::row::Inner;
use super::{DbError, Purpose, Row, Val, Value};

/// How long to wait for another process (a backup, a check) that writes.
const BUSY_WAIT: Duration = Duration::from_secs(5);
/// A checkpoint gives up sooner: it comes again anyway.
const CHECKPOINT_WAIT: Duration = Duration::from_millis(100);
const STATEMENTS_CACHED: usize = 512;

/// How thoroughly to empty the write-ahead log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Checkpoint {
    /// Copy what can be copied without making anyone wait.
    Passive,
    /// Also make the next write begin the log from its start.
    Restart,
    /// Also give the log's disk space back.
    Truncate,
}

/// How far the write-ahead log goes, and how much of it is in the database file, in frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) frames: u32,
    pub(crate) done: u32,
}

pub(super) fn open(path: &Path, purpose: Purpose) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let tune = || -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(match purpose {
            Purpose::Checkpoint => CHECKPOINT_WAIT,
            Purpose::Write | Purpose::Read => BUSY_WAIT,
        })?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
        // A plan that looks at values would be made anew at every use.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA temp_store = MEMORY;
             PRAGMA mmap_size = 0;
             PRAGMA wal_autocheckpoint = 0;
             PRAGMA journal_size_limit = 67000000;",
        )?;
        if planted::is(Fault::FlushLater) {
            connection.execute_batch("PRAGMA synchronous = NORMAL")?;
        }
        connection.execute_batch(match purpose {
            Purpose::Write => "PRAGMA cache_size = -16384",
            Purpose::Read => "PRAGMA cache_size = -4096; PRAGMA query_only = ON",
            Purpose::Checkpoint => "PRAGMA cache_size = -64",
        })?;
        Ok(connection)
    };
    tune().map_err(|error| from_sqlite("open", error))
}

pub(super) fn forgo_syncing(connection: &Connection) -> Result<(), DbError> {
    let run = connection.execute_batch("PRAGMA synchronous = OFF");
    run.map_err(|error| from_sqlite("forgo syncing", error))
}

pub(super) fn begin(connection: &Connection, purpose: Purpose) -> Result<(), DbError> {
    end(
        connection,
        match purpose {
            Purpose::Write => "BEGIN IMMEDIATE",
            Purpose::Read | Purpose::Checkpoint => "BEGIN",
        },
    )
}

pub(super) fn end(connection: &Connection, sql: &'static str) -> Result<(), DbError> {
    let run = || connection.prepare_cached(sql)?.raw_execute();
    run().map(drop).map_err(|error| from_sqlite(sql, error))
}

/// Whether it got through; readers and the writer may stand in its way.
pub(super) fn checkpoint(connection: &Connection, how: Checkpoint) -> Result<bool, DbError> {
    let sql = match how {
        Checkpoint::Passive => "PRAGMA wal_checkpoint(PASSIVE)",
        Checkpoint::Restart => "PRAGMA wal_checkpoint(RESTART)",
        Checkpoint::Truncate => "PRAGMA wal_checkpoint(TRUNCATE)",
    };
    connection
        .query_row(sql, [], |row| Ok(row.get::<_, i64>(0)? == 0))
        .map_err(|error| from_sqlite("checkpoint", error))
}

/// The log is not begun anew as long as this connection lasts, by nobody; nor is it when it ends.
pub(super) fn hold_log(connection: &Connection) -> Result<(), DbError> {
    let hold = || -> rusqlite::Result<()> {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        if connection.is_autocommit() {
            connection.execute_batch("BEGIN")?;
        }
        // Whoever reads stands in the way of a log that begins anew.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
    };
    hold().map_err(|error| from_sqlite("hold the log", error))
}

/// A checkpoint that makes nobody wait, and how far the log goes: the number of frames that are
/// committed and on the disk. None when somebody else is at it.
pub(super) fn checkpoint_some(connection: &Connection) -> Result<Option<Progress>, DbError> {
    let read = |row: &rusqlite::Row<'_>| -> rusqlite::Result<(i64, i64, i64)> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    };
    let (is_busy, frames, done) = connection
        .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], read)
        .map_err(|error| from_sqlite("checkpoint", error))?;
    let counted = u32::try_from(frames).ok().zip(u32::try_from(done).ok());
    Ok(counted
        .filter(|_| is_busy == 0)
        .map(|(frames, done)| Progress { frames, done }))
}

/// What SQLite finds wrong with the whole database, first of all; it reads everything.
pub(super) fn fault_inside(connection: &Connection) -> Result<Option<String>, DbError> {
    let said: String = connection
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|error| from_sqlite("integrity check", error))?;
    Ok((said != "ok").then_some(said))
}

pub(super) fn execute(
    connection: &Connection,
    sql: &str,
    values: &[Val<'_>],
    name: &'static str,
) -> Result<u64, DbError> {
    let run = || -> rusqlite::Result<usize> {
        let mut statement = connection.prepare_cached(sql)?;
        for (position, value) in values.iter().enumerate() {
            statement.raw_bind_parameter(position + 1, value)?;
        }
        statement.raw_execute()
    };
    match run() {
        Ok(touched) => Ok(touched as u64),
        Err(error) => Err(from_sqlite(name, error)),
    }
}

pub(super) fn each(
    connection: &Connection,
    sql: &str,
    values: &[Val<'_>],
    name: &'static str,
    mut take: impl FnMut(&Row<'_>) -> Result<(), DbError>,
) -> Result<(), DbError> {
    let fail = |error| from_sqlite(name, error);
    let mut statement = connection.prepare_cached(sql).map_err(fail)?;
    for (position, value) in values.iter().enumerate() {
        statement
            .raw_bind_parameter(position + 1, value)
            .map_err(fail)?;
    }
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(fail)? {
        take(&Row(Inner::Sqlite(row)))?;
    }
    Ok(())
}

#[cfg(test)]
pub(super) fn prepare(
    connection: &Connection,
    sql: &str,
    name: &'static str,
) -> Result<usize, DbError> {
    let statement = connection
        .prepare(sql)
        .map_err(|error| from_sqlite(name, error))?;
    Ok(statement.parameter_count())
}

/// `None` for real numbers, which no column of ours holds.
pub(super) fn value(value: ValueRef<'_>) -> Option<Value> {
    Some(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
        ValueRef::Real(_) => return None,
    })
}

impl ToSql for Val<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Val::Int(number) => ValueRef::Integer(number),
            Val::Text(text) => ValueRef::Text(text.as_bytes()),
            Val::Bytes(bytes) => ValueRef::Blob(bytes),
            Val::Null => ValueRef::Null,
        }))
    }
}
