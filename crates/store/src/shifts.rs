//! Shifts: spans in which somebody is on duty in one of their posts.

use huiyin_domain::id::{PersonId, PostId, ShiftId};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    pub id: ShiftId,
    pub post: PostId,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

statements! {
    INSERT = "INSERT INTO shifts (id, post, starts_at, ends_at) VALUES ($1, $2, $3, $4)";
    OF_PERSON = "SELECT s.id, s.post, s.starts_at, s.ends_at FROM shifts s \
        JOIN posts o ON o.id = s.post WHERE o.person = $1 AND s.ends_at > $2 \
        ORDER BY s.starts_at, s.id LIMIT $3";
    ON_DUTY = "SELECT s.id FROM shifts s JOIN posts o ON o.id = s.post \
        WHERE o.person = $1 AND s.starts_at <= $2 AND s.ends_at > $2 \
        AND (o.ends_at IS NULL OR o.ends_at > $2) LIMIT 1";
    CARRY = "UPDATE shifts SET post = $1 WHERE post = $2 AND ends_at > $3";
    COUNT = "SELECT count(*) FROM shifts WHERE post = $1 AND ends_at > $2";
    END = "DELETE FROM shifts WHERE id = $1 \
        AND post IN (SELECT o.id FROM posts o WHERE o.person = $2)";
    SWEEP = "DELETE FROM shifts WHERE ends_at <= $1";
}

pub fn insert(tx: &mut Tx<'_>, shift: &Shift) -> Result<(), DbError> {
    let values = vals![shift.id, shift.post, shift.starts_at, shift.ends_at];
    tx.execute_one(&INSERT, values)
}

/// The shifts of a person that have not ended, the next first.
pub fn of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Shift>, DbError> {
    tx.query(&OF_PERSON, vals![person, now, limit], |row| {
        Ok(Shift {
            id: row.get(0)?,
            post: row.get(1)?,
            starts_at: row.get(2)?,
            ends_at: row.get(3)?,
        })
    })
}

/// Whether a person is on duty at this instant, in a post that they still hold.
pub fn is_on_duty(tx: &mut Tx<'_>, person: PersonId, now: Timestamp) -> Result<bool, DbError> {
    let shift: Option<ShiftId> = tx.query_one(&ON_DUTY, vals![person, now], |row| row.get(0))?;
    Ok(shift.is_some())
}

/// The shifts of one post that have not ended become those of another.
pub fn carry(tx: &mut Tx<'_>, from: PostId, to: PostId, now: Timestamp) -> Result<(), DbError> {
    tx.execute(&CARRY, vals![to, from, now]).map(drop)
}

/// How many shifts of a post have not ended.
pub fn count(tx: &mut Tx<'_>, post: PostId, now: Timestamp) -> Result<i64, DbError> {
    let count = tx.query_one(&COUNT, vals![post, now], |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}

/// Takes a shift of a person away; whether there was such a one.
pub fn end(tx: &mut Tx<'_>, id: ShiftId, person: PersonId) -> Result<u64, DbError> {
    tx.execute(&END, vals![id, person])
}

/// Forgets what is over.
pub fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, DbError> {
    tx.execute(&SWEEP, vals![before])
}
