//! Many rows of a table at once, for a restore: the way each engine takes them soonest.

use super::{Connection, DbError, Tx, Val, Value};

/// Rows in one statement of SQLite; PostgreSQL takes any number through `COPY`.
const ROWS_AT_ONCE: usize = 50;

/// What a column holds, beside nothing at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Int,
    Text,
    Bytes,
}

impl Sort {
    /// By the word that the engine's catalogue has for it.
    pub(crate) fn of(word: &str) -> Option<Sort> {
        Some(match word {
            "integer" | "bigint" => Sort::Int,
            "text" => Sort::Text,
            "blob" | "bytea" => Sort::Bytes,
            _ => return None,
        })
    }
}

/// Where rows go: a table and its columns, in the order of the values.
pub(crate) struct Columns<'t> {
    pub(crate) table: &'t str,
    pub(crate) names: &'t str,
    pub(crate) sorts: &'t [Sort],
}

impl Tx<'_> {
    /// Adds all rows; each has as many values as there are columns, of their sorts.
    pub(crate) fn bring(&mut self, into: &Columns<'_>, rows: &[Vec<Value>]) -> Result<(), DbError> {
        if let Connection::Postgres(session) = &mut *self.connection {
            let brought = session.copy(into, rows);
            self.wrote = true;
            return brought.map_err(|error| self.note(error));
        }
        for rows in rows.chunks(ROWS_AT_ONCE) {
            let sql = insert(into, rows.len());
            let vals: Vec<Val<'_>> = rows.iter().flatten().map(Value::as_val).collect();
            self.execute_text(&sql, &vals, "bring")?;
        }
        Ok(())
    }
}

fn insert(into: &Columns<'_>, rows: usize) -> String {
    let width = into.sorts.len();
    let tuples = (0..rows).map(|row| {
        let marks = (1..=width).map(|column| format!("${}", row * width + column));
        format!("({})", marks.collect::<Vec<_>>().join(", "))
    });
    let tuples = tuples.collect::<Vec<_>>().join(", ");
    let Columns { table, names, .. } = into;
    format!("INSERT INTO {table} ({names}) VALUES {tuples}")
}
