//! The secret link under which somebody finds their own calendar. Only its hash is kept, so
//! nothing in the database opens one.

use huiyin_domain::id::PersonId;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Tx, vals};

statements! {
    PUT = "INSERT INTO calendar_links (person, hash, made_at) VALUES ($1, $2, $3) \
        ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at";
    BY_HASH = "SELECT person FROM calendar_links WHERE hash = $1";
    MADE_AT = "SELECT made_at FROM calendar_links WHERE person = $1";
    END = "DELETE FROM calendar_links WHERE person = $1";
}

/// A new link; the one before leads nowhere from now on.
pub fn put(
    tx: &mut Tx<'_>,
    person: PersonId,
    hash: &[u8; 32],
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute_one(&PUT, vals![person, hash, now])
}

pub fn by_hash(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<PersonId>, DbError> {
    tx.query_one(&BY_HASH, vals![hash], |row| row.get(0))
}

/// Since when somebody has a link.
pub fn made_at(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Timestamp>, DbError> {
    tx.query_one(&MADE_AT, vals![person], |row| row.get(0))
}

/// There is no link any more.
pub fn end(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    tx.execute(&END, vals![person]).map(drop)
}
