//! Tellings: one notice for one reader by one way. Those in the product are read there; the
//! others wait until they are due, and then go into a message, several into one.

use huiyin_domain::id::{CaseId, MessageId, NoticeId, PersonId, TellingId};
use huiyin_domain::telling::{Channel, Importance, Pace};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    pub id: TellingId,
    pub notice: NoticeId,
    /// The person, or the case when whoever brought it in has no account.
    pub reader: i64,
    pub person: Option<PersonId>,
    pub channel: Channel,
    pub importance: Importance,
    pub pace: Pace,
    /// When it goes out; none when it has, and for what is read in the product.
    pub due_at: Option<Timestamp>,
    pub read_at: Option<Timestamp>,
}

/// Somebody who is to be told something, by one way and at one pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub reader: i64,
    pub channel: Channel,
    pub pace: Pace,
}

macro_rules! columns {
    () => {
        "t.id, t.notice, t.reader, t.person, t.channel, t.importance, t.pace, t.due_at, t.read_at"
    };
}

statements! {
    INSERT = "INSERT INTO tellings (id, notice, reader, person, channel, importance, pace, due_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (notice, reader, channel) DO NOTHING";
    ANY_DUE = "SELECT id FROM tellings WHERE due_at <= $1 LIMIT 1";
    DUE = "SELECT reader, channel, pace FROM tellings WHERE due_at <= $1 \
        GROUP BY reader, channel, pace ORDER BY min(due_at), reader LIMIT $2";
    WAITING = concat!("SELECT ", columns!(), " FROM tellings t WHERE t.reader = $1 \
        AND t.channel = $2 AND t.pace = $3 AND t.due_at <= $4 ORDER BY t.notice LIMIT $5");
    TOLD = "UPDATE tellings SET due_at = NULL, message = $1 WHERE id = $2 AND due_at IS NOT NULL";
    DROPPED = "UPDATE tellings SET due_at = NULL WHERE id = $1";
    UNREAD = "SELECT count(*) FROM (SELECT id FROM tellings \
        WHERE person = $1 AND channel = 'product' AND read_at IS NULL LIMIT $2) AS unread";
    OF_PERSON = concat!("SELECT ", columns!(), " FROM tellings t \
        WHERE t.person = $1 AND t.channel = 'product' AND t.notice < $2 \
        ORDER BY t.notice DESC LIMIT $3");
    SEEN = "UPDATE tellings SET read_at = $1 \
        WHERE person = $2 AND channel = 'product' AND read_at IS NULL AND id = $3";
    SEEN_ALL = "UPDATE tellings SET read_at = $1 \
        WHERE person = $2 AND channel = 'product' AND read_at IS NULL AND notice <= $3";
    SEEN_OF_CASE = "UPDATE tellings SET read_at = $1 \
        WHERE person = $2 AND channel = 'product' AND read_at IS NULL \
        AND notice IN (SELECT n.id FROM notices n WHERE n.case_id = $3)";
    SWEEP = "DELETE FROM tellings WHERE due_at IS NULL AND id < $1";
}

/// Keeps that somebody is to be told; once is enough.
pub fn insert(tx: &mut Tx<'_>, telling: &Telling) -> Result<u64, DbError> {
    tx.execute(
        &INSERT,
        vals![
            telling.id,
            telling.notice,
            telling.reader,
            telling.person,
            telling.channel,
            telling.importance,
            telling.pace,
            telling.due_at,
        ],
    )
}

fn read_row(row: &Row<'_>) -> Result<Telling, DbError> {
    Ok(Telling {
        id: row.get(0)?,
        notice: row.get(1)?,
        reader: row.get(2)?,
        person: row.get(3)?,
        channel: row.get(4)?,
        importance: row.get(5)?,
        pace: row.get(6)?,
        due_at: row.get(7)?,
        read_at: row.get(8)?,
    })
}

/// Whether anybody is to be told anything by now.
pub fn any_due(tx: &mut Tx<'_>, now: Timestamp) -> Result<bool, DbError> {
    let due: Option<TellingId> = tx.query_one(&ANY_DUE, vals![now], |row| row.get(0))?;
    Ok(due.is_some())
}

/// Who is to be told something by now, whoever waited longest first.
pub fn due(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<Waiting>, DbError> {
    tx.query(&DUE, vals![now, limit], |row| {
        Ok(Waiting {
            reader: row.get(0)?,
            channel: row.get(1)?,
            pace: row.get(2)?,
        })
    })
}

/// What somebody is to be told by `until`, in the order in which it happened.
pub fn waiting(
    tx: &mut Tx<'_>,
    who: Waiting,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Telling>, DbError> {
    let Waiting {
        reader,
        channel,
        pace,
    } = who;
    tx.query(
        &WAITING,
        vals![reader, channel, pace, until, limit],
        read_row,
    )
}

/// It has gone into a message; told before, it is [`DbError::Conflict`].
pub fn told(tx: &mut Tx<'_>, id: TellingId, message: MessageId) -> Result<(), DbError> {
    tx.execute_one(&TOLD, vals![message, id])
}

/// There is nothing to say any more, or nowhere to say it.
pub fn dropped(tx: &mut Tx<'_>, id: TellingId) -> Result<(), DbError> {
    tx.execute(&DROPPED, vals![id]).map(drop)
}

/// How many a person has not read in the product, counted up to `limit`.
pub fn unread(tx: &mut Tx<'_>, person: PersonId, limit: i64) -> Result<i64, DbError> {
    let count = tx.query_one(&UNREAD, vals![person, limit], |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}

/// What a person was told in the product, the newest first, before `before` if there is a page
/// before.
pub fn of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    before: Option<NoticeId>,
    limit: i64,
) -> Result<Vec<Telling>, DbError> {
    let before = before.map_or(i64::MAX, NoticeId::get);
    tx.query(&OF_PERSON, vals![person, before, limit], read_row)
}

/// The person has read this one.
pub fn seen(
    tx: &mut Tx<'_>,
    person: PersonId,
    id: TellingId,
    now: Timestamp,
) -> Result<u64, DbError> {
    tx.execute(&SEEN, vals![now, person, id])
}

/// The person has read everything up to `last`.
pub fn seen_all(
    tx: &mut Tx<'_>,
    person: PersonId,
    last: NoticeId,
    now: Timestamp,
) -> Result<u64, DbError> {
    tx.execute(&SEEN_ALL, vals![now, person, last])
}

/// The person has looked at the case itself.
pub fn seen_of_case(
    tx: &mut Tx<'_>,
    person: PersonId,
    case: CaseId,
    now: Timestamp,
) -> Result<u64, DbError> {
    tx.execute(&SEEN_OF_CASE, vals![now, person, case])
}

/// Forgets what was told before the instant of `before`.
pub fn sweep(tx: &mut Tx<'_>, before: TellingId) -> Result<u64, DbError> {
    tx.execute(&SWEEP, vals![before])
}
