//! Erasures: which cases lost what was personal in them, and when. The list holds ids alone,
//! so that it can be kept elsewhere and replayed on a backup that is older than it.

use huiyin_domain::id::CaseId;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Tx, outbox, vals};

statements! {
    NOTE = "INSERT INTO erasures (case_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    ALL_OF_THEM = "SELECT case_id FROM erasures ORDER BY case_id";
    AT = "SELECT at FROM erasures WHERE case_id = $1";
    TITLE = "UPDATE cases SET title = $1 WHERE id = $2";
    MATTER = "UPDATE matters SET fields = '{}' WHERE case_id = $1";
}

/// Notes that a case was erased; once is enough.
pub fn note(tx: &mut Tx<'_>, case: CaseId, at: Timestamp) -> Result<(), DbError> {
    tx.execute(&NOTE, vals![case, at]).map(drop)
}

/// When a case was erased.
pub fn at(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Timestamp>, DbError> {
    tx.query_one(&AT, vals![case], |row| row.get(0))
}

/// Every case that was erased.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<CaseId>, DbError> {
    tx.query(&ALL_OF_THEM, &[], |row| row.get(0))
}

/// Takes away what was told of the matter, and the letters about it that wait or were recorded.
pub fn blank(tx: &mut Tx<'_>, case: CaseId, title: &str) -> Result<(), DbError> {
    tx.execute_one(&TITLE, vals![title, case])?;
    tx.execute_one(&MATTER, vals![case])?;
    outbox::erase_of_case(tx, case)
}
