//! One row of an answer, read by position. A type that is kept in a column
//! implements [`FromColumn`] here or in `columns.rs`.

use super::{DbError, Value};

pub struct Row<'r>(pub(super) Inner<'r>);

pub(super) enum Inner<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r ::postgres::Row),
}

/// A type that a column can be read into.
pub trait FromColumn: Sized {
    fn from_column(row: &Row<'_>, position: usize) -> Result<Self, DbError>;
}

impl Row<'_> {
    pub fn get<T: FromColumn>(&self, position: usize) -> Result<T, DbError> {
        T::from_column(self, position)
    }

    /// The column whatever it holds.
    pub(crate) fn value(&self, position: usize) -> Result<Value, DbError> {
        match &self.0 {
            Inner::Sqlite(row) => {
                let value = row.get_ref(position).map_err(|e| odd(position, &e))?;
                super::sqlite::value(value).ok_or_else(|| odd(position, &"a real number"))
            }
            Inner::Postgres(row) => {
                super::postgres::value(row, position).map_err(|e| odd(position, &e))
            }
        }
    }
}

/// A column that does not hold what the code expects: our own mistake.
fn odd(position: usize, what: &dyn std::fmt::Display) -> DbError {
    DbError::Column {
        position,
        what: what.to_string(),
    }
}

macro_rules! plain {
    ($($sort:ty),*) => {$(
        impl FromColumn for $sort {
            fn from_column(row: &Row<'_>, position: usize) -> Result<Self, DbError> {
                match &row.0 {
                    Inner::Sqlite(row) => row.get(position).map_err(|e| odd(position, &e)),
                    Inner::Postgres(row) => row.try_get(position).map_err(|e| odd(position, &e)),
                }
            }
        }
        impl FromColumn for Option<$sort> {
            fn from_column(row: &Row<'_>, position: usize) -> Result<Self, DbError> {
                match &row.0 {
                    Inner::Sqlite(row) => row.get(position).map_err(|e| odd(position, &e)),
                    Inner::Postgres(row) => row.try_get(position).map_err(|e| odd(position, &e)),
                }
            }
        }
    )*};
}

plain!(i64, String, Vec<u8>);
