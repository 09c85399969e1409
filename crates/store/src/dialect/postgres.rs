//! PostgreSQL by the synchronous `postgres` crate, used only on the engine's
//! own threads: a session with its prepared statements, and the calls of `Tx`.

use std::collections::{BTreeSet, HashMap};
use std::error::Error;

use bytes::BytesMut;
use postgres::binary_copy::BinaryCopyInWriter;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Config};

use super::error::from_postgres;
use super::row::Inner;
use super::tls::Tls;
use super::{Columns, DbError, Purpose, Row, Sort, Val, Value};

pub(crate) struct Session {
    client: Client,
    statements: HashMap<String, postgres::Statement>,
}

impl Session {
    /// Readers plan each statement anew: how rare a word is decides whether to
    /// walk the index of words or of ids. Writers always do the same.
    pub(super) fn open(config: &Config, tls: &Tls, purpose: Purpose) -> Result<Self, DbError> {
        let connect = || -> Result<Client, postgres::Error> {
            let mut client = config.connect(tls.connector())?;
            client.batch_execute(match purpose {
                Purpose::Write | Purpose::Checkpoint => {
                    // That a table is there already is news to nobody's log.
                    "SET client_min_messages = warning;
                     SET synchronous_commit = on; SET lock_timeout = '10s';
                     SET idle_in_transaction_session_timeout = '60s'"
                }
                Purpose::Read => {
                    "SET statement_timeout = '600s'; SET jit = off;
                     SET plan_cache_mode = force_custom_plan"
                }
            })?;
            Ok(client)
        };
        connect()
            .map(|client| Self {
                client,
                statements: HashMap::new(),
            })
            .map_err(|error| from_postgres("open", error))
    }

    pub(super) fn begin(&mut self, purpose: Purpose) -> Result<(), DbError> {
        self.batch(match purpose {
            Purpose::Write | Purpose::Checkpoint => "BEGIN ISOLATION LEVEL READ COMMITTED",
            Purpose::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        })
    }

    /// In the order of the keys, so that no two wait for each other.
    pub(super) fn begin_to_write(&mut self, keys: &BTreeSet<i64>) -> Result<(), DbError> {
        let rows: Vec<String> = keys.iter().map(|key| format!("({key})")).collect();
        let rows = rows.join(",");
        self.batch(&format!(
            "BEGIN ISOLATION LEVEL READ COMMITTED; \
            SELECT pg_advisory_xact_lock(key) FROM (VALUES {rows}) AS held (key)"
        ))
    }

    /// Bytes of the log since its beginning: written here, or on a replica shown to readers.
    pub(super) fn log_position(&mut self) -> Result<u64, DbError> {
        let sql = "SELECT ((CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() \
            ELSE pg_current_wal_lsn() END) - '0/0'::pg_lsn)::bigint";
        let mut position = 0;
        self.each(sql, &[], "log position", |row| {
            position = row.get(0)?;
            Ok(())
        })?;
        Ok(i64::cast_unsigned(position))
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.client
            .batch_execute(sql)
            .map_err(|error| from_postgres("batch", error))
    }

    fn statement(&mut self, sql: &str, name: &'static str) -> Result<postgres::Statement, DbError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self
            .client
            .prepare(sql)
            .map_err(|error| from_postgres(name, error))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn execute(
        &mut self,
        sql: &str,
        values: &[Val<'_>],
        name: &'static str,
    ) -> Result<u64, DbError> {
        let statement = self.statement(sql, name)?;
        let values: Vec<&(dyn ToSql + Sync)> = values
            .iter()
            .map(|value| value as &(dyn ToSql + Sync))
            .collect();
        self.client
            .execute(&statement, &values)
            .map_err(|error| from_postgres(name, error))
    }

    /// Rows by `COPY` in its binary form, each in the order of the columns.
    pub(super) fn copy(&mut self, into: &Columns<'_>, rows: &[Vec<Value>]) -> Result<(), DbError> {
        let Columns { table, names, .. } = into;
        let sql = format!("COPY {table} ({names}) FROM STDIN (FORMAT binary)");
        let sorts: Vec<Type> = into.sorts.iter().map(|&sort| sort_of(sort)).collect();
        let mut copy = || -> Result<u64, postgres::Error> {
            let mut out = BinaryCopyInWriter::new(self.client.copy_in(&sql)?, &sorts);
            for row in rows {
                out.write_raw(row.iter().map(Value::as_val))?;
            }
            out.finish()
        };
        copy()
            .map(drop)
            .map_err(|error| from_postgres("bring", error))
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        values: &[Val<'_>],
        name: &'static str,
        mut take: impl FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        let fail = |error| from_postgres(name, error);
        let statement = self.statement(sql, name)?;
        let mut rows = self
            .client
            .query_raw(&statement, values.iter())
            .map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            take(&Row(Inner::Postgres(&row)))?;
        }
        Ok(())
    }

    #[cfg(test)]
    pub(super) fn is_encrypted(&mut self) -> bool {
        let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        let row = self.client.query_one(sql, &[]);
        row.expect("the server knows its own connections").get(0)
    }

    #[cfg(test)]
    pub(super) fn prepare(&mut self, sql: &str, name: &'static str) -> Result<usize, DbError> {
        let statement = self.statement(sql, name)?;
        // Rows are read as these and nothing else.
        let sorts = [Type::INT8, Type::TEXT, Type::BYTEA];
        match statement
            .columns()
            .iter()
            .find(|column| !sorts.contains(column.type_()))
        {
            None => Ok(statement.params().len()),
            Some(column) => Err(DbError::Broken(format!("{name}: {column:?}"))),
        }
    }
}

fn sort_of(sort: Sort) -> Type {
    match sort {
        Sort::Int => Type::INT8,
        Sort::Text => Type::TEXT,
        Sort::Bytes => Type::BYTEA,
    }
}

pub(super) fn value(row: &postgres::Row, position: usize) -> Result<Value, postgres::Error> {
    let sort = row.columns()[position].type_();
    Ok(if *sort == Type::INT8 {
        row.try_get::<_, Option<i64>>(position)?
            .map_or(Value::Null, Value::Int)
    } else if *sort == Type::BYTEA {
        row.try_get::<_, Option<Vec<u8>>>(position)?
            .map_or(Value::Null, Value::Bytes)
    } else {
        row.try_get::<_, Option<String>>(position)?
            .map_or(Value::Null, Value::Text)
    })
}

impl ToSql for Val<'_> {
    fn to_sql(
        &self,
        sort: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match *self {
            Val::Int(number) => number.to_sql(sort, out),
            Val::Text(text) => text.to_sql(sort, out),
            Val::Bytes(bytes) => bytes.to_sql(sort, out),
            Val::Null => Ok(IsNull::Yes),
        }
    }

    /// The sorts our columns have. A parameter of another sort is found by
    /// the test that prepares every statement.
    fn accepts(sort: &Type) -> bool {
        *sort == Type::INT8 || *sort == Type::BYTEA || <&str as ToSql>::accepts(sort)
    }

    to_sql_checked!();
}
