//! The only module that knows the database drivers.
//!
//! [`Tx`] is what every store function works with: prepared and cached
//! statements, four sorts of value ([`Val`]), rows read by position ([`Row`]),
//! and one error type ([`DbError`]) for both engines. To support a further
//! engine: a sibling of `sqlite.rs` and one more variant of [`Connection`].

mod bring;
mod ddl;
mod error;
mod log;
mod postgres;
mod row;
mod sqlite;
mod target;
mod tls;
mod val;

use std::path::{Path, PathBuf};

use crate::archives::Shelf;

pub(crate) use bring::{Columns, Sort};
pub(crate) use ddl::ddl;
pub use error::DbError;
pub use row::{FromColumn, Row};
pub(crate) use sqlite::{Checkpoint, Progress};
pub(crate) use target::Target;
pub use target::TargetError;
pub use val::{Val, Value};

/// Rows of a file of SQLite that is no house's database.
pub(crate) fn each_of_file(
    connection: &rusqlite::Connection,
    sql: &'static str,
    values: &[Val<'_>],
    take: impl FnMut(&Row<'_>) -> Result<(), DbError>,
) -> Result<(), DbError> {
    sqlite::each(connection, sql, values, "file", take)
}

/// A file of SQLite beside a database: its log ends in `-wal`, the index of that in `-shm`.
pub(crate) fn beside(database: &Path, end: &str) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(end);
    PathBuf::from(path)
}

/// Which database a store lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// One SQL text for both engines, or one for each where they must differ.
///
/// Parameters are `$1, $2, …`, numbered in the order of their first use:
/// SQLite binds them by that order.
#[derive(Debug)]
pub struct Statement {
    pub name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

impl Statement {
    pub(crate) const fn both(name: &'static str, text: &'static str) -> Self {
        Self {
            name,
            sqlite: text,
            postgres: text,
        }
    }

    pub(crate) const fn split(
        name: &'static str,
        sqlite: &'static str,
        postgres: &'static str,
    ) -> Self {
        Self {
            name,
            sqlite,
            postgres,
        }
    }

    pub(crate) fn text(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

/// What a connection is for; decides its cache and whether it may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Write,
    Read,
    Checkpoint,
}

pub(crate) enum Connection {
    Sqlite(rusqlite::Connection),
    Postgres(Box<postgres::Session>),
}

impl Connection {
    pub(crate) fn open(target: &Target, purpose: Purpose) -> Result<Self, DbError> {
        match target {
            Target::Sqlite(path) => sqlite::open(path, purpose).map(Self::Sqlite),
            Target::Postgres(config, tls) => postgres::Session::open(config, tls, purpose)
                .map(|session| Self::Postgres(Box::new(session))),
        }
    }

    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// From now on a commit does not wait for the disk. PostgreSQL is somebody else's: it is
    /// left as it is.
    pub(crate) fn forgo_syncing(&mut self) -> Result<(), DbError> {
        match self {
            Self::Sqlite(connection) => sqlite::forgo_syncing(connection),
            Self::Postgres(_) => Ok(()),
        }
    }

    pub(crate) fn begin(&mut self, purpose: Purpose) -> Result<(), DbError> {
        match self {
            Self::Sqlite(connection) => sqlite::begin(connection, purpose),
            Self::Postgres(session) => session.begin(purpose),
        }
    }

    /// Begins to write what these keys stand for. What other processes write under one of them
    /// comes before or after it: its statements see all of that or nothing.
    pub(crate) fn begin_to_write(
        &mut self,
        keys: impl Iterator<Item = i64>,
    ) -> Result<(), DbError> {
        match self {
            // One process writes at a time.
            Self::Sqlite(connection) => sqlite::begin(connection, Purpose::Write),
            Self::Postgres(session) => session.begin_to_write(&keys.collect()),
        }
    }

    pub(crate) fn commit(&mut self) -> Result<(), DbError> {
        match self {
            Self::Sqlite(connection) => sqlite::end(connection, "COMMIT"),
            Self::Postgres(session) => session.batch("COMMIT"),
        }
    }

    /// How far the log of PostgreSQL is, as this server has it: all that was committed before is
    /// there. SQLite has no replica, and nothing is behind.
    pub(crate) fn log_position(&mut self) -> Result<u64, DbError> {
        match self {
            Self::Sqlite(_) => Ok(u64::MAX),
            Self::Postgres(session) => session.log_position(),
        }
    }

    /// Undo everything since `begin`; whoever cannot has lost the transaction already.
    pub(crate) fn rollback(&mut self) -> Result<(), DbError> {
        match self {
            Self::Sqlite(connection) if connection.is_autocommit() => Ok(()),
            Self::Sqlite(connection) => sqlite::end(connection, "ROLLBACK"),
            Self::Postgres(session) => session.batch("ROLLBACK"),
        }
    }

    /// Several statements without parameters, for migrations and settings.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        match self {
            Self::Sqlite(connection) => connection
                .execute_batch(sql)
                .map_err(|e| error::from_sqlite("batch", e)),
            Self::Postgres(session) => session.batch(sql),
        }
    }
}

/// The oldest SQLite without the WAL-reset corruption.
pub(crate) const SQLITE_VERSION_MIN: i32 = 3_051_003;

pub(crate) fn sqlite_version() -> (i32, &'static str) {
    (rusqlite::version_number(), rusqlite::version())
}

/// A transaction as store functions see it.
pub struct Tx<'c> {
    connection: &'c mut Connection,
    shelf: Option<&'c Shelf>,
    writer: i64,
    wrote: bool,
    failure: Option<DbError>,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(connection: &'c mut Connection, writer: i64) -> Self {
        Self {
            connection,
            shelf: None,
            writer,
            wrote: false,
            failure: None,
        }
    }

    /// The same, with the archives of the house at hand.
    pub(crate) fn beside(self, shelf: &'c Shelf) -> Self {
        Self {
            shelf: Some(shelf),
            ..self
        }
    }

    pub(crate) fn shelf(&self) -> Result<&'c Shelf, DbError> {
        self.shelf.ok_or_else(|| {
            DbError::Broken("archives are asked for where there are none".to_owned())
        })
    }

    pub fn engine(&self) -> Engine {
        self.connection.engine()
    }

    /// The number of the writer that runs this: part of the key of rows that
    /// several writers would otherwise fight for.
    pub(crate) fn writer(&self) -> i64 {
        self.writer
    }

    /// Whether this transaction may write.
    pub(crate) fn is_writer(&self) -> bool {
        self.writer >= 0
    }

    pub(crate) fn wrote(&self) -> bool {
        self.wrote
    }

    /// The first error the database gave inside this operation, whatever the
    /// operation made of it.
    pub(crate) fn into_failure(self) -> Option<DbError> {
        self.failure
    }

    /// Change rows; how many were touched.
    pub fn execute(&mut self, statement: &Statement, values: &[Val<'_>]) -> Result<u64, DbError> {
        self.execute_text(statement.text(self.engine()), values, statement.name)
    }

    /// [`Tx::execute`] for a text that is only known at run time.
    pub(crate) fn execute_text(
        &mut self,
        sql: &str,
        values: &[Val<'_>],
        name: &'static str,
    ) -> Result<u64, DbError> {
        let touched = match &mut *self.connection {
            Connection::Sqlite(connection) => sqlite::execute(connection, sql, values, name),
            Connection::Postgres(session) => session.execute(sql, values, name),
        };
        match touched {
            Ok(touched) => {
                self.wrote |= touched > 0;
                Ok(touched)
            }
            Err(error) => {
                self.wrote = true;
                Err(self.note(error))
            }
        }
    }

    /// Change exactly one row; none touched is [`DbError::Conflict`].
    pub fn execute_one(
        &mut self,
        statement: &Statement,
        values: &[Val<'_>],
    ) -> Result<(), DbError> {
        match self.execute(statement, values)? {
            1 => Ok(()),
            0 => Err(DbError::Conflict {
                statement: statement.name,
            }),
            touched => Err(self.note(DbError::Touched {
                statement: statement.name,
                touched,
            })),
        }
    }

    /// Change rows and read what they are then (`RETURNING`).
    pub fn change<T>(
        &mut self,
        statement: &Statement,
        values: &[Val<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        self.wrote = true;
        self.query(statement, values, read)
    }

    /// Read rows one after the other without keeping them.
    pub fn each(
        &mut self,
        statement: &Statement,
        values: &[Val<'_>],
        take: impl FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        self.each_of_text(statement.text(self.engine()), values, statement.name, take)
    }

    /// [`Tx::each`] for a text that is only known at run time.
    pub(crate) fn each_of_text(
        &mut self,
        sql: &str,
        values: &[Val<'_>],
        name: &'static str,
        take: impl FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        let done = match &mut *self.connection {
            Connection::Sqlite(connection) => sqlite::each(connection, sql, values, name, take),
            Connection::Postgres(session) => session.each(sql, values, name, take),
        };
        done.map_err(|error| self.note(error))
    }

    pub fn query<T>(
        &mut self,
        statement: &Statement,
        values: &[Val<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut rows = Vec::new();
        self.each(statement, values, |row| {
            rows.push(read(row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The first row, if there is one.
    pub fn query_one<T>(
        &mut self,
        statement: &Statement,
        values: &[Val<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        let mut found = None;
        self.each(statement, values, |row| {
            if found.is_none() {
                found = Some(read(row)?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Prepare without running; for the test of all statements.
    #[cfg(test)]
    pub(crate) fn prepare(&mut self, statement: &Statement) -> Result<usize, DbError> {
        let sql = statement.text(self.engine());
        match &mut *self.connection {
            Connection::Sqlite(connection) => sqlite::prepare(connection, sql, statement.name),
            Connection::Postgres(session) => session.prepare(sql, statement.name),
        }
    }

    fn note(&mut self, error: DbError) -> DbError {
        if self.failure.is_none() {
            self.failure = Some(error.summary());
        }
        error
    }
}
