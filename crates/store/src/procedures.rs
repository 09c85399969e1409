//! Procedures: the catalogue, and every version that a procedure ever had.

use huiyin_domain::id::PersonId;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

statements! {
    INSERT = "INSERT INTO procedures (slug, version) VALUES ($1, $2)";
    RENEW = "UPDATE procedures SET version = $1, closed_at = NULL \
        WHERE slug = $2 AND version = $3";
    CLOSE = "UPDATE procedures SET closed_at = $1 WHERE slug = $2 AND closed_at IS NULL";
    VERSION = "INSERT INTO procedure_versions (procedure, version, text, made_at, person) \
        VALUES ($1, $2, $3, $4, $5)";
    READ = "SELECT p.slug, p.version, p.closed_at, v.text, v.made_at FROM procedures p \
        JOIN procedure_versions v ON v.procedure = p.slug AND v.version = p.version \
        WHERE p.slug = $1";
    ALL_NOW = "SELECT p.slug, p.version, p.closed_at, v.text, v.made_at FROM procedures p \
        JOIN procedure_versions v ON v.procedure = p.slug AND v.version = p.version \
        ORDER BY p.slug LIMIT $1";
    TEXT = "SELECT text FROM procedure_versions WHERE procedure = $1 AND version = $2";
    HISTORY = "SELECT v.version, v.made_at, (SELECT count(*) FROM errands e \
        WHERE e.procedure = v.procedure AND e.version = v.version) \
        FROM procedure_versions v WHERE v.procedure = $1 ORDER BY v.version DESC LIMIT $2";
    COUNT = "SELECT count(*) FROM procedures";
}

/// A procedure as it stands now: its text is the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub slug: String,
    pub version: i64,
    pub closed_at: Option<Timestamp>,
    pub text: String,
    pub made_at: Timestamp,
}

/// A version, since when, and how many errands went on under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub version: i64,
    pub made_at: Timestamp,
    pub errands: i64,
}

fn read_row(row: &Row<'_>) -> Result<Kept, DbError> {
    Ok(Kept {
        slug: row.get(0)?,
        version: row.get(1)?,
        closed_at: row.get(2)?,
        text: row.get(3)?,
        made_at: row.get(4)?,
    })
}

pub fn read(tx: &mut Tx<'_>, slug: &str) -> Result<Option<Kept>, DbError> {
    tx.query_one(&READ, vals![slug], read_row)
}

/// The catalogue, closed ones too.
pub fn all(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Kept>, DbError> {
    tx.query(&ALL_NOW, vals![limit], read_row)
}

pub fn count(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    let count = tx.query_one(&COUNT, &[], |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}

/// The text of one version.
pub fn text(tx: &mut Tx<'_>, slug: &str, version: i64) -> Result<Option<String>, DbError> {
    tx.query_one(&TEXT, vals![slug, version], |row| row.get(0))
}

/// The versions, the latest first.
pub fn history(tx: &mut Tx<'_>, slug: &str, limit: i64) -> Result<Vec<Version>, DbError> {
    tx.query(&HISTORY, vals![slug, limit], |row| {
        Ok(Version {
            version: row.get(0)?,
            made_at: row.get(1)?,
            errands: row.get(2)?,
        })
    })
}

/// The first version of a procedure.
pub fn insert(
    tx: &mut Tx<'_>,
    (slug, text): (&str, &str),
    by: Option<PersonId>,
    at: Timestamp,
) -> Result<(), DbError> {
    tx.execute_one(&INSERT, vals![slug, 1_i64])?;
    tx.execute_one(&VERSION, vals![slug, 1_i64, text, at, by])
}

/// The next version after `before`; it is open again, if it was closed.
pub fn renew(
    tx: &mut Tx<'_>,
    (slug, text): (&str, &str),
    before: i64,
    by: Option<PersonId>,
    at: Timestamp,
) -> Result<(), DbError> {
    tx.execute_one(&RENEW, vals![before + 1, slug, before])?;
    tx.execute_one(&VERSION, vals![slug, before + 1, text, at, by])
}

/// Nobody can begin it any more; whether it was open.
pub fn close(tx: &mut Tx<'_>, slug: &str, at: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&CLOSE, vals![at, slug])? == 1)
}
