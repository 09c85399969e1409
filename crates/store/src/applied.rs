//! Forms that were applied: what was written down without signal is sent until somebody says
//! that it arrived, and done once. The engine keeps the row in the transaction of the form's
//! first write; see [`crate::Ticket`].

use huiyin_domain::id::PersonId;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Tx, vals};

/// A form as it was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    pub person: PersonId,
    /// Made on the phone, so that the phone may ask again.
    pub token: String,
    /// Of all that was handed in: a form may have been mended before it was sent again.
    pub request_hash: [u8; 32],
    /// When it was written down.
    pub made_at: Timestamp,
    pub applied_at: Timestamp,
}

statements! {
    READ = "SELECT request_hash, made_at, applied_at FROM applied \
        WHERE person = $1 AND token = $2";
    KEEP = "INSERT INTO applied (person, token, request_hash, made_at, applied_at) \
        VALUES ($1, $2, $3, $4, $5)";
    FORGET = "DELETE FROM applied WHERE applied_at < $1";
}

pub fn read(tx: &mut Tx<'_>, person: PersonId, token: &str) -> Result<Option<Applied>, DbError> {
    tx.query_one(&READ, vals![person, token], |row| {
        Ok(Applied {
            person,
            token: token.to_owned(),
            request_hash: row.get(0)?,
            made_at: row.get(1)?,
            applied_at: row.get(2)?,
        })
    })
}

/// [`DbError::Unique`] when the same form arrived at the same moment by another way.
pub fn keep(tx: &mut Tx<'_>, applied: &Applied) -> Result<(), DbError> {
    tx.execute_one(
        &KEEP,
        vals![
            applied.person,
            &applied.token,
            &applied.request_hash,
            applied.made_at,
            applied.applied_at,
        ],
    )
}

/// Forget what was applied before.
pub fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, DbError> {
    tx.execute(&FORGET, vals![before])
}
