//! The outbox: every message that leaves the house stands here first, once for each cause and
//! recipient. A job sends it. Where messages are only shown (in the demo) it keeps what they
//! say; elsewhere a message that is gone keeps nothing but that it went.

use huiyin_domain::id::{CaseId, MessageId, WebhookId};
use huiyin_domain::telling::Quiet;
use jiff::Timestamp;

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A message that waits, or that has gone.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub at: Timestamp,
    /// What it is about and who gets it: made twice with the same, it is one message.
    pub cause: String,
    /// `mail`, `sms` or `webhook`.
    pub channel: String,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    /// The address elsewhere that is called.
    pub target: Option<WebhookId>,
    /// The hours in which it does not go out.
    pub quiet: Option<Quiet>,
    pub sent_at: Option<Timestamp>,
}

/// A letter or text message as it was recorded.
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

/// Whether what a message says is kept when it is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    Kept,
    Gone,
}

statements! {
    INSERT = "INSERT INTO outbox (id, at, cause, channel, recipient, subject, body, target, quiet) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    RECORD = "INSERT INTO outbox (id, at, channel, recipient, subject, body, sent_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $2) ON CONFLICT DO NOTHING";
    READ = "SELECT id, at, cause, channel, recipient, subject, body, target, quiet, sent_at \
        FROM outbox WHERE id = $1";
    SENT = "UPDATE outbox SET sent_at = $1 WHERE id = $2";
    GONE = "UPDATE outbox SET sent_at = $1, recipient = '', subject = '', body = '' WHERE id = $2";
    NEWEST = "SELECT id, at, channel, recipient, subject, body FROM outbox \
        WHERE id < $1 AND target IS NULL AND sent_at IS NOT NULL AND body <> '' \
        ORDER BY id DESC LIMIT $2";
    EARLIER = "SELECT o.id FROM outbox o WHERE o.target = $1 AND o.id < $2 AND o.sent_at IS NULL \
        AND EXISTS (SELECT 1 FROM jobs j WHERE j.subject = o.id AND j.dead_at IS NULL) LIMIT 1";
    NEXT = "SELECT o.id FROM outbox o WHERE o.target = $1 AND o.sent_at IS NULL \
        AND EXISTS (SELECT 1 FROM jobs j WHERE j.subject = o.id AND j.dead_at IS NULL) \
        ORDER BY o.id LIMIT 1";
    WAITING_OF = "SELECT count(*) FROM outbox o WHERE o.target = $1 AND o.sent_at IS NULL \
        AND EXISTS (SELECT 1 FROM jobs j WHERE j.subject = o.id)";
    FORGET_JOBS = "DELETE FROM jobs WHERE subject IN \
        (SELECT o.id FROM outbox o WHERE o.target = $1 AND o.sent_at IS NULL)";
    FORGET_OF = "DELETE FROM outbox WHERE target = $1 AND sent_at IS NULL";
    OF_CASE = "DELETE FROM outbox WHERE id IN (SELECT t.message FROM tellings t \
        JOIN notices n ON n.id = t.notice WHERE n.case_id = $1)";
    SWEEP = "DELETE FROM outbox WHERE at <= $1";
}

/// Puts a message into the outbox; whether it was not there yet.
pub fn insert(tx: &mut Tx<'_>, message: &Message) -> Result<bool, DbError> {
    let quiet = message.quiet.as_ref().map(json).transpose()?;
    let made = tx.execute(
        &INSERT,
        vals![
            message.id,
            message.at,
            &message.cause,
            &message.channel,
            &message.recipient,
            &message.subject,
            &message.body,
            message.target,
            quiet.as_ref(),
        ],
    )?;
    Ok(made == 1)
}

/// Keeps what was shown instead of sent. What waited here before it was shown is here already.
pub fn record(tx: &mut Tx<'_>, recorded: &Recorded) -> Result<(), DbError> {
    tx.execute(
        &RECORD,
        vals![
            recorded.id,
            recorded.at,
            &recorded.channel,
            &recorded.recipient,
            &recorded.subject,
            &recorded.body,
        ],
    )
    .map(drop)
}

pub fn read(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<Message>, DbError> {
    tx.query_one(&READ, vals![id], |row| {
        Ok(Message {
            id: row.get(0)?,
            at: row.get(1)?,
            cause: row.get::<Option<String>>(2)?.unwrap_or_default(),
            channel: row.get(3)?,
            recipient: row.get(4)?,
            subject: row.get(5)?,
            body: row.get(6)?,
            target: row.get(7)?,
            quiet: match row.get::<Option<String>>(8)? {
                Some(_) => Some(row.json(8)?),
                None => None,
            },
            sent_at: row.get(9)?,
        })
    })
}

/// It is gone.
pub fn sent(tx: &mut Tx<'_>, id: MessageId, now: Timestamp, copies: Copies) -> Result<(), DbError> {
    let statement = match copies {
        Copies::Kept => &SENT,
        Copies::Gone => &GONE,
    };
    tx.execute(statement, vals![now, id]).map(drop)
}

fn read_recorded(row: &Row<'_>) -> Result<Recorded, DbError> {
    Ok(Recorded {
        id: row.get(0)?,
        at: row.get(1)?,
        channel: row.get(2)?,
        recipient: row.get(3)?,
        subject: row.get(4)?,
        body: row.get(5)?,
    })
}

/// The newest letters and text messages first, those before `before` when there is a page
/// before.
pub fn newest(tx: &mut Tx<'_>, before: Option<i64>, limit: i64) -> Result<Vec<Recorded>, DbError> {
    tx.query(
        &NEWEST,
        vals![before.unwrap_or(i64::MAX), limit],
        read_recorded,
    )
}

/// Whether an earlier message to the same address still waits.
pub fn is_behind(tx: &mut Tx<'_>, target: WebhookId, id: MessageId) -> Result<bool, DbError> {
    let earlier: Option<MessageId> = tx.query_one(&EARLIER, vals![target, id], |row| row.get(0))?;
    Ok(earlier.is_some())
}

/// The message that this address gets next.
pub fn next_of(tx: &mut Tx<'_>, target: WebhookId) -> Result<Option<MessageId>, DbError> {
    tx.query_one(&NEXT, vals![target], |row| row.get(0))
}

/// How many messages wait for this address, or lie dead.
pub fn waiting_of(tx: &mut Tx<'_>, target: WebhookId) -> Result<i64, DbError> {
    let count = tx.query_one(&WAITING_OF, vals![target], |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}

/// Gives up what waits for this address.
pub fn forget_of(tx: &mut Tx<'_>, target: WebhookId) -> Result<(), DbError> {
    tx.execute(&FORGET_JOBS, vals![target])?;
    tx.execute(&FORGET_OF, vals![target]).map(drop)
}

/// Takes away every message about a case.
pub fn erase_of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<(), DbError> {
    tx.execute(&OF_CASE, vals![case]).map(drop)
}

/// Forget what is older than `before`.
pub fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, DbError> {
    tx.execute(&SWEEP, vals![before])
}
