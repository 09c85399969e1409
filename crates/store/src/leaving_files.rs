//! What files held and is being taken away. A row is a lock that all processes of a house see:
//! bytes that one of them takes away are not found there, and named again, by another.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::statements::statements;
use crate::{DbError, Tx, vals};

/// Whoever takes bytes away has so long for it: after that they ended meanwhile.
const LEASE: SignedDuration = SignedDuration::from_mins(5);

statements! {
    TAKE = "INSERT INTO leaving_files (hash, since) VALUES ($1, $2) \
        ON CONFLICT (hash) DO UPDATE SET since = excluded.since WHERE leaving_files.since <= $3";
    RELEASE = "DELETE FROM leaving_files WHERE hash = $1";
    LEFT = "SELECT hash FROM leaving_files WHERE since <= $1 ORDER BY since LIMIT $2";
}

/// Whether nobody else holds this one; then whoever asks does, until it is released. On
/// PostgreSQL it waits for others that have not decided yet.
pub fn take(tx: &mut Tx<'_>, hash: &[u8; 32], now: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&TAKE, vals![hash, now, now - LEASE])? > 0)
}

/// All of these or none; each one in its order, so that no two wait for each other.
pub fn take_all(
    tx: &mut Tx<'_>,
    hashes: &BTreeSet<[u8; 32]>,
    now: Timestamp,
) -> Result<bool, DbError> {
    for (taken, hash) in hashes.iter().enumerate() {
        if !take(tx, hash, now)? {
            release(tx, hashes.iter().take(taken))?;
            return Ok(false);
        }
    }
    Ok(true)
}

pub fn release<'h>(
    tx: &mut Tx<'_>,
    hashes: impl IntoIterator<Item = &'h [u8; 32]>,
) -> Result<(), DbError> {
    let mut hashes = hashes.into_iter();
    hashes.try_for_each(|hash| tx.execute(&RELEASE, vals![hash]).map(drop))
}

/// What somebody was about to take away who ended meanwhile, the oldest first.
pub fn left(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<[u8; 32]>, DbError> {
    tx.query(&LEFT, vals![now - LEASE, limit], |row| row.get(0))
}
