//! The whole database as lines of text that either engine can take in again.
//!
//! A head names the format and the migrations; then table after table its
//! name with its columns, and a JSON array for each row (bytes as base64); at
//! the end the number of rows and the SHA-256 of everything before. A dump is
//! one read transaction: it sees one state while the product goes on. The
//! search index is left out (it is made anew from the cases), and so are
//! sessions and one-time codes. A new table is a line in `dump/tables.rs`.

use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::dialect::{Columns, Sort, Value};
use crate::engine::{ReadError, Store, WriteError};
use crate::statements::statements;
use crate::{DbError, Tx, Val, migrations, vals};

mod tables;

#[cfg(test)]
pub(crate) use tables::LEFT_OUT;
pub(crate) use tables::TABLES;

const FORMAT: &str = "huiyin dump 1";
/// Rows in one write.
const ROWS_PER_WRITE: usize = 10_000;

statements! {
    COLUMNS = "SELECT name, lower(type) FROM pragma_table_info($1) ORDER BY cid",
        postgres = "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) \
        FROM information_schema.columns \
        WHERE table_schema = 'public' AND table_name = CAST($1 AS TEXT) ORDER BY ordinal_position";
    ANYTHING = "SELECT name FROM settings \
        UNION ALL SELECT code FROM places UNION ALL SELECT name FROM persons LIMIT 1";
}

#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error("the dump cannot be read")]
    Io(#[from] io::Error),
    #[error("line {line} of the dump: {what}")]
    Format { line: u64, what: String },
    #[error("the dump was made with the migrations {0}, this program has others")]
    Migrations(String),
    #[error("a dump is only taken into an empty database")]
    NotEmpty,
    #[error("the database does not take the dump")]
    Write(#[from] WriteError<DbError>),
    #[error("the database to be copied cannot be read")]
    Read(#[from] ReadError<DbError>),
}

/// What was written or taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    pub rows: u64,
}

struct Column {
    name: String,
    sort: Sort,
}

fn columns(tx: &mut Tx<'_>, table: &str) -> Result<Vec<Column>, DbError> {
    tx.query(&COLUMNS, vals![table], |row| {
        let (name, word): (String, String) = (row.get(0)?, row.get(1)?);
        let sort = Sort::of(&word);
        let sort = sort.ok_or_else(|| DbError::Broken(format!("{table}.{name} is {word}")))?;
        Ok(Column { name, sort })
    })
}

fn names(columns: &[Column]) -> String {
    columns
        .iter()
        .map(|column| column.name.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Write the whole database to `out`, within one read.
pub fn write(tx: &mut Tx<'_>, out: impl Write) -> Result<Copied, DbError> {
    let mut out = Summed {
        inner: out,
        sum: Sha256::new(),
    };
    let failed = |error: io::Error| DbError::Other {
        statement: "dump",
        source: Box::new(error),
    };
    writeln!(out, "{FORMAT}\n{}", migrations::names()).map_err(failed)?;
    let mut rows = 0;
    for (table, _) in TABLES {
        let columns = columns(tx, table)?;
        let names = names(&columns);
        writeln!(out, "{table} {names}").map_err(failed)?;
        tx.each_of_text(
            &format!("SELECT {names} FROM {table} ORDER BY 1, 2"),
            &[],
            "dump",
            |row| {
                rows += 1;
                let values = (0..columns.len()).map(|position| Ok(to_json(row.value(position)?)));
                let values = Json::Array(values.collect::<Result<_, DbError>>()?);
                writeln!(out, "{values}").map_err(failed)
            },
        )?;
    }
    let sum = BASE64.encode(out.sum.clone().finalize());
    writeln!(out, "end {rows} {sum}").map_err(failed)?;
    out.inner.flush().map_err(failed)?;
    Ok(Copied { rows })
}

fn to_json(value: Value) -> Json {
    match value {
        Value::Int(number) => number.into(),
        Value::Text(text) => text.into(),
        Value::Bytes(bytes) => BASE64.encode(bytes).into(),
        Value::Null => Json::Null,
    }
}

/// What is written passes through a sum.
struct Summed<W> {
    inner: W,
    sum: Sha256,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Take a dump into an empty database. When it fails the database holds a
/// part of it and must be thrown away. Afterwards the caller makes the search
/// index anew.
pub fn restore(store: &Store, input: impl BufRead) -> Result<Copied, RestoreError> {
    let anything: Option<String> =
        store.write_blocking(0, |tx| tx.query_one(&ANYTHING, &[], |row| row.get(0)))?;
    if anything.is_some() {
        return Err(RestoreError::NotEmpty);
    }
    let mut lines = Lines {
        input,
        sum: Sha256::new(),
        before: Sha256::new(),
        number: 0,
    };
    if lines.next()?.as_deref() != Some(FORMAT) {
        return Err(lines.fault("not a dump of this format"));
    }
    let migrations = lines.next()?.unwrap_or_default();
    if migrations != migrations::names() {
        return Err(RestoreError::Migrations(migrations));
    }
    let mut copy = Copy {
        store,
        table: None,
        waiting: Vec::new(),
        later: Vec::new(),
        rows: 0,
    };
    while let Some(line) = lines.next()? {
        if line.starts_with('[') {
            copy.row(&line).map_err(|what| what.at(lines.number))?;
        } else if let Some(end) = line.strip_prefix("end ") {
            copy.flush()?;
            copy.fill_in()?;
            let sum = BASE64.encode(lines.before.finalize());
            if end != format!("{} {sum}", copy.rows) {
                return Err(RestoreError::Format {
                    line: lines.number,
                    what: "the sum is wrong: the dump was changed or cut".to_owned(),
                });
            }
            return Ok(Copied { rows: copy.rows });
        } else {
            copy.flush()?;
            copy.begin(&line).map_err(|what| what.at(lines.number))?;
        }
    }
    Err(lines.fault("the dump ends too early"))
}

/// Take all of `source` into the empty database of `target`, by a dump without a file between
/// them. The caller makes the search index anew, as after [`restore`].
pub fn bring(source: &Store, target: &Store) -> Result<Copied, RestoreError> {
    let (reader, writer) = io::pipe()?;
    thread::scope(|scope| {
        let writing = scope.spawn(|| source.read_blocking(|tx| write(tx, BufWriter::new(writer))));
        let copied = restore(target, BufReader::new(reader));
        let written = writing.join().expect("writing a dump does not panic");
        let copied = copied?;
        written?;
        Ok(copied)
    })
}

struct Lines<R> {
    input: R,
    /// Of everything read, and of everything before the last line.
    sum: Sha256,
    before: Sha256,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> Result<Option<String>, RestoreError> {
        let mut line = String::new();
        if self.input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        self.before = self.sum.clone();
        self.sum.update(line.as_bytes());
        line.truncate(line.trim_end_matches('\n').len());
        Ok(Some(line))
    }

    fn fault(&self, what: &str) -> RestoreError {
        RestoreError::Format {
            line: self.number,
            what: what.to_owned(),
        }
    }
}

/// A fault before it is known in which line.
enum Fault {
    What(String),
    Whole(RestoreError),
}

impl Fault {
    fn at(self, line: u64) -> RestoreError {
        match self {
            Self::What(what) => RestoreError::Format { line, what },
            Self::Whole(error) => error,
        }
    }
}

impl<E: Into<RestoreError>> From<E> for Fault {
    fn from(error: E) -> Self {
        Self::Whole(error.into())
    }
}

/// A restore under way.
struct Copy<'s> {
    store: &'s Store,
    table: Option<Table>,
    waiting: Vec<Vec<Value>>,
    /// Statement, key and value of what refers to its own table.
    later: Vec<(String, i64, Value)>,
    rows: u64,
}

struct Table {
    name: &'static str,
    columns: Vec<Column>,
    names: String,
    /// Position and name of the column that refers to its own table.
    own: Option<(usize, &'static str)>,
}

impl Copy<'_> {
    fn begin(&mut self, line: &str) -> Result<(), Fault> {
        let (name, names) = line.split_once(' ').unwrap_or((line, ""));
        let Some(&(name, own)) = TABLES.iter().find(|(table, _)| *table == name) else {
            return Err(Fault::What(format!("there is no table {name:?}")));
        };
        let columns = self.store.write_blocking(0, move |tx| columns(tx, name))?;
        if self::names(&columns) != names {
            return Err(Fault::What(format!("{name} has other columns")));
        }
        let own = own.and_then(|own| {
            columns
                .iter()
                .position(|column| column.name == own)
                .map(|position| (position, own))
        });
        self.table = Some(Table {
            name,
            columns,
            names: names.to_owned(),
            own,
        });
        Ok(())
    }

    fn row(&mut self, line: &str) -> Result<(), Fault> {
        let Some(table) = &self.table else {
            return Err(Fault::What("a row before any table".to_owned()));
        };
        let row: Vec<Json> = serde_json::from_str(line)
            .map_err(|error| Fault::What(format!("not a row, at column {}", error.column())))?;
        if row.len() != table.columns.len() {
            return Err(Fault::What(format!("{} values in a row", row.len())));
        }
        let mut values = Vec::with_capacity(row.len());
        for (value, column) in row.into_iter().zip(&table.columns) {
            let value = from_json(value, column.sort);
            values.push(value.ok_or_else(|| Fault::What(format!("{} is odd", column.name)))?);
        }
        if let Some((position, own)) = table.own
            && let Value::Int(id) = values[0]
            && values[position] != Value::Null
        {
            let value = std::mem::replace(&mut values[position], Value::Null);
            let sql = format!("UPDATE {} SET {own} = $1 WHERE id = $2", table.name);
            self.later.push((sql, id, value));
        }
        self.waiting.push(values);
        self.rows += 1;
        if self.waiting.len() == ROWS_PER_WRITE {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), RestoreError> {
        let rows = std::mem::take(&mut self.waiting);
        let (Some(table), false) = (&self.table, rows.is_empty()) else {
            return Ok(());
        };
        let (name, names) = (table.name, table.names.clone());
        let sorts: Vec<Sort> = table.columns.iter().map(|column| column.sort).collect();
        self.store.write_blocking(0, move |tx| {
            let into = Columns {
                table: name,
                names: &names,
                sorts: &sorts,
            };
            tx.bring(&into, &rows)
        })?;
        Ok(())
    }

    fn fill_in(&mut self) -> Result<(), RestoreError> {
        let later = std::mem::take(&mut self.later);
        for part in later.chunks(ROWS_PER_WRITE).map(<[_]>::to_vec) {
            self.store.write_blocking(0, move |tx| {
                for (sql, id, value) in &part {
                    tx.execute_text(sql, &[value.as_val(), Val::Int(*id)], "restore")?;
                }
                Ok::<_, DbError>(())
            })?;
        }
        Ok(())
    }
}

fn from_json(value: Json, sort: Sort) -> Option<Value> {
    Some(match (value, sort) {
        (Json::Null, _) => Value::Null,
        (Json::Number(number), Sort::Int) => Value::Int(number.as_i64()?),
        (Json::String(text), Sort::Bytes) => Value::Bytes(BASE64.decode(text).ok()?),
        (Json::String(text), Sort::Text) => Value::Text(text),
        _ => return None,
    })
}
