//! Tries that are counted: a bucket for whatever is tried, the same for all processes. What it
//! is stands here as a number that was made of it, and goes when the bucket is full again.

use jiff::{SignedDuration, Timestamp};

use crate::statements::statements;
use crate::{DbError, Tx, vals};

/// How many at once, and after how long one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    pub burst: i64,
    pub every: SignedDuration,
}

statements! {
    TAKE = "INSERT INTO tries (tried, full_at) VALUES ($1, $2) \
        ON CONFLICT (tried) DO UPDATE SET full_at = \
        CASE WHEN tries.full_at > $3 THEN tries.full_at + $4 ELSE excluded.full_at END \
        WHERE tries.full_at <= $5";
    ADD = "INSERT INTO tries (tried, full_at) VALUES ($1, $2) \
        ON CONFLICT (tried) DO UPDATE SET full_at = \
        CASE WHEN tries.full_at + $3 > $4 THEN $4 \
        WHEN tries.full_at > $5 THEN tries.full_at + $3 ELSE excluded.full_at END \
        RETURNING full_at";
    FULL_AT = "SELECT full_at FROM tries WHERE tried = $1";
    FORGIVE = "DELETE FROM tries WHERE tried = $1";
    FORGET = "DELETE FROM tries WHERE full_at < $1";
}

/// Takes one try; when there is none left, how long it is until there is.
pub fn take(
    tx: &mut Tx<'_>,
    tried: i64,
    allowance: Allowance,
    now: Timestamp,
) -> Result<Option<SignedDuration>, DbError> {
    let Allowance { burst, every } = allowance;
    let every_us = every.as_secs() * 1_000_000;
    let last_free = now + every * i32::try_from(burst - 1).unwrap_or(i32::MAX);
    let taken = tx.execute(&TAKE, vals![tried, now + every, now, every_us, last_free])?;
    if taken > 0 {
        return Ok(None);
    }
    let full_at: Option<Timestamp> = tx.query_one(&FULL_AT, vals![tried], |row| row.get(0))?;
    Ok(full_at.map(|full_at| full_at.duration_since(last_free)))
}

/// Adds tries that were taken already; when there will be all of them again.
pub fn add(
    tx: &mut Tx<'_>,
    tried: i64,
    (allowance, taken): (Allowance, i64),
    now: Timestamp,
) -> Result<Timestamp, DbError> {
    let Allowance { burst, every } = allowance;
    let so_many = |tries: i64| every * i32::try_from(tries).unwrap_or(i32::MAX);
    let empty = now + so_many(burst);
    let alone = now + so_many(taken.min(burst));
    let taken_us = so_many(taken).as_secs() * 1_000_000;
    let full_at = tx.query_one(&ADD, vals![tried, alone, taken_us, empty, now], |row| {
        row.get(0)
    })?;
    Ok(full_at.unwrap_or(alone))
}

/// Gives all tries back.
pub fn forgive(tx: &mut Tx<'_>, tried: i64) -> Result<(), DbError> {
    tx.execute(&FORGIVE, vals![tried]).map(drop)
}

/// Forgets whatever is full again.
pub fn forget(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, DbError> {
    tx.execute(&FORGET, vals![now])
}
