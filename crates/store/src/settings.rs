//! Settings that live in the database: the house's own name, keys it made for
//! itself, marks of what was done once.

use crate::statements::statements;
use crate::{DbError, Tx, vals};

statements! {
    GET = "SELECT value FROM settings WHERE name = $1";
    PUT = "INSERT INTO settings (name, value) VALUES ($1, $2) \
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    BUMP = "INSERT INTO settings (name, value) VALUES ($1, '1') ON CONFLICT (name) DO UPDATE \
        SET value = CAST(CAST(settings.value AS BIGINT) + 1 AS TEXT)";
}

pub fn get(tx: &mut Tx<'_>, name: &str) -> Result<Option<String>, DbError> {
    tx.query_one(&GET, vals![name], |row| row.get(0))
}

pub fn put(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), DbError> {
    tx.execute_one(&PUT, vals![name, value])
}

/// Counts a version up; two who do so at once count twice.
pub fn bump(tx: &mut Tx<'_>, name: &str) -> Result<(), DbError> {
    tx.execute_one(&BUMP, vals![name])
}
