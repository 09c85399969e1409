//! What administrators did: posts given, tokens made, lists imported. Nothing
//! here is ever changed.

use huiyin_domain::id::PersonId;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    pub id: i64,
    pub at: Timestamp,
    /// None for the command line and the product itself.
    pub person: Option<PersonId>,
    /// What was done: `post-given`, `places-imported`…
    pub act: String,
    /// To what: an id or a code.
    pub subject: String,
    /// Particulars as JSON, without personal text.
    pub shape: String,
}

statements! {
    INSERT = "INSERT INTO administration (id, at, person, act, subject, shape) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    NEWEST = "SELECT id, at, person, act, subject, shape FROM administration \
        WHERE id < $1 ORDER BY id DESC LIMIT $2";
}

pub fn insert(tx: &mut Tx<'_>, act: &Act) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            act.id,
            act.at,
            act.person,
            &act.act,
            &act.subject,
            &act.shape
        ],
    )
}

/// The newest first, those before `before` when there is a page before.
pub fn newest(tx: &mut Tx<'_>, before: Option<i64>, limit: i64) -> Result<Vec<Act>, DbError> {
    tx.query(&NEWEST, vals![before.unwrap_or(i64::MAX), limit], |row| {
        Ok(Act {
            id: row.get(0)?,
            at: row.get(1)?,
            person: row.get(2)?,
            act: row.get(3)?,
            subject: row.get(4)?,
            shape: row.get(5)?,
        })
    })
}
