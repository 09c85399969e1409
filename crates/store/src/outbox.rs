//! The outbox: letters and text messages that were recorded instead of sent.

use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub id: i64,
    pub at: Timestamp,
    /// `mail` or `sms`.
    pub channel: String,
    pub recipient: String,
    pub subject: String,
    pub body: String,
}

statements! {
    INSERT = "INSERT INTO outbox (id, at, channel, recipient, subject, body) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    NEWEST = "SELECT id, at, channel, recipient, subject, body FROM outbox \
        WHERE id < $1 ORDER BY id DESC LIMIT $2";
    SWEEP = "DELETE FROM outbox WHERE at <= $1";
}

pub fn insert(tx: &mut Tx<'_>, recorded: &Recorded) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            recorded.id,
            recorded.at,
            &recorded.channel,
            &recorded.recipient,
            &recorded.subject,
            &recorded.body,
        ],
    )
}

/// The newest first, those before `before` when there is a page before.
pub fn newest(tx: &mut Tx<'_>, before: Option<i64>, limit: i64) -> Result<Vec<Recorded>, DbError> {
    tx.query(&NEWEST, vals![before.unwrap_or(i64::MAX), limit], |row| {
        Ok(Recorded {
            id: row.get(0)?,
            at: row.get(1)?,
            channel: row.get(2)?,
            recipient: row.get(3)?,
            subject: row.get(4)?,
            body: row.get(5)?,
        })
    })
}

/// Forget what is older than `before`.
pub fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, DbError> {
    tx.execute(&SWEEP, vals![before])
}
