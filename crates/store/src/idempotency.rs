//! Idempotency: a repeated request gets the answer of the first. The answer
//! is kept in the transaction of the act, so both happen or neither.

use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Tx, vals};

/// What was answered the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Of the whole request: another request under the same token is a mistake.
    pub request_hash: [u8; 32],
    pub answer: String,
}

statements! {
    READ = "SELECT request_hash, answer FROM idempotency WHERE caller = $1 AND token = $2";
    KEEP = "INSERT INTO idempotency (caller, token, request_hash, answer, made_at) \
        VALUES ($1, $2, $3, $4, $5)";
    FORGET = "DELETE FROM idempotency WHERE made_at < $1";
}

pub fn read(tx: &mut Tx<'_>, caller: &str, token: &str) -> Result<Option<Answered>, DbError> {
    tx.query_one(&READ, vals![caller, token], |row| {
        Ok(Answered {
            request_hash: row.get(0)?,
            answer: row.get(1)?,
        })
    })
}

/// [`DbError::Unique`] when the same token arrived at the same moment.
pub fn keep(
    tx: &mut Tx<'_>,
    caller: &str,
    token: &str,
    answered: &Answered,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute_one(
        &KEEP,
        vals![caller, token, &answered.request_hash, &answered.answer, now],
    )
}

/// Forget answers older than `before`.
pub fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, DbError> {
    tx.execute(&FORGET, vals![before])
}
