//! Archives: the histories of closed years, in files that are only read.
//!
//! A case stays where it is, with all by which it is found, and so does its newest entry: its
//! hash covers all before it, so an archive that was changed or swapped is found by whoever
//! checks the chain. What an archive holds is read as if it had never left: see
//! [`whole`] and [`between`].

mod shelf;
#[cfg(test)]
mod tests;
mod volume;

use std::collections::BTreeMap;

use huiyin_domain::id::{ArchiveId, CaseId};
use jiff::Timestamp;

pub(crate) use self::shelf::Shelf;
pub use self::shelf::Source;
pub use self::volume::{Binding, Volume};
use crate::entries::{self, Entry};
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// What seals the texts of one case in an archive.
#[derive(Clone, PartialEq, Eq)]
pub struct TextKey([u8; 32]);

impl TextKey {
    /// Of two hundred and fifty-six bits of chance, sixty-four at a time.
    pub fn made_of(chance: impl Fn() -> u64) -> Self {
        let mut key = [0; 32];
        for eight in key.chunks_exact_mut(8) {
            eight.copy_from_slice(&chance().to_le_bytes());
        }
        Self(key)
    }
}

/// A file with histories of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    pub id: ArchiveId,
    pub year: i16,
    pub hash: [u8; 32],
    /// In bytes.
    pub size: i64,
    /// How many were put into it.
    pub cases: i64,
    pub entries: i64,
    pub made_at: Timestamp,
}

/// Where the older entries of a case lie.
pub struct Place {
    hash: [u8; 32],
    /// The number of the last one there.
    until: i64,
    key: Option<TextKey>,
}

statements! {
    RIPE = "SELECT c.id FROM cases c WHERE c.id > $1 AND c.closed_at >= $2 AND c.closed_at < $3 \
        AND c.version > 1 \
        AND NOT EXISTS (SELECT 1 FROM archived_cases a WHERE a.case_id = c.id) \
        ORDER BY c.id LIMIT $4";
    INSERT = "INSERT INTO archives (id, year, hash, size, cases, entries, made_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LIST = "SELECT id, year, hash, size, cases, entries, made_at FROM archives \
        ORDER BY year, id";
    UNUSED = "SELECT a.id, a.year, a.hash, a.size, a.cases, a.entries, a.made_at FROM archives a \
        WHERE NOT EXISTS (SELECT 1 FROM archived_cases c WHERE c.archive = a.id)";
    REMOVE = "DELETE FROM archives WHERE id = $1 \
        AND NOT EXISTS (SELECT 1 FROM archived_cases c WHERE c.archive = archives.id)";
    NAMES = "SELECT id FROM archives WHERE hash = $1";
    IS_AS_IT_WAS = "SELECT c.id FROM cases c \
        WHERE c.id = $1 AND c.version = $2 AND c.closed_at IS NOT NULL \
        AND NOT EXISTS (SELECT 1 FROM archived_cases a WHERE a.case_id = c.id)";
    NOTE = "INSERT INTO archived_cases (case_id, archive, until, text_key) \
        VALUES ($1, $2, $3, $4)";
    MOVED = "DELETE FROM entries WHERE case_id = $1 AND number <= $2 \
        AND number NOT IN (SELECT r.entry FROM rulings r WHERE r.case_id = entries.case_id) \
        AND number NOT IN (SELECT m.entry FROM errand_paper_moves m \
            WHERE m.case_id = entries.case_id)";
    IS_ERASED = "SELECT case_id FROM erasures WHERE case_id = $1";
    FORGET = "UPDATE archived_cases SET text_key = NULL \
        WHERE case_id = $1 AND text_key IS NOT NULL";
    PLACE = "SELECT c.case_id, a.hash, c.until, c.text_key FROM archived_cases c \
        JOIN archives a ON a.id = c.archive WHERE c.case_id = $1";
    PLACES = "SELECT c.case_id, a.hash, c.until, c.text_key FROM archived_cases c \
        JOIN archives a ON a.id = c.archive \
        WHERE c.case_id > $1 AND c.case_id <= $2 ORDER BY c.case_id";
}

fn read(row: &Row<'_>) -> Result<Archive, DbError> {
    Ok(Archive {
        id: row.get(0)?,
        year: i16::try_from(row.get::<i64>(1)?).unwrap_or_default(),
        hash: row.get(2)?,
        size: row.get(3)?,
        cases: row.get(4)?,
        entries: row.get(5)?,
        made_at: row.get(6)?,
    })
}

fn read_place(row: &Row<'_>) -> Result<(CaseId, Place), DbError> {
    let key: Option<Vec<u8>> = row.get(3)?;
    let key = key.map(<[u8; 32]>::try_from).transpose();
    let key = key.map_err(|_| DbError::Broken("a key of another length".to_owned()))?;
    Ok((
        row.get(0)?,
        Place {
            hash: row.get(1)?,
            until: row.get(2)?,
            key: key.map(TextKey),
        },
    ))
}

/// Cases behind `last` that were closed within the time and whose histories are all here, in the
/// order of their ids.
pub fn ripe(
    tx: &mut Tx<'_>,
    last: Option<CaseId>,
    (from, to): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<CaseId>, DbError> {
    let vals = vals![last.map_or(-1, CaseId::get), from, to, limit];
    tx.query(&RIPE, vals, |row| row.get(0))
}

/// The history of a case as far as it is in the database: all of it, when the case is ripe.
pub fn history(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Entry>, DbError> {
    entries::here(tx, case)
}

pub fn insert(tx: &mut Tx<'_>, archive: &Archive) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            archive.id,
            i64::from(archive.year),
            &archive.hash,
            archive.size,
            archive.cases,
            archive.entries,
            archive.made_at,
        ],
    )
}

/// All of them, the oldest year first.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Archive>, DbError> {
    tx.query(&LIST, &[], read)
}

/// Those in which no case has its history: whoever made them ended before.
pub fn unused(tx: &mut Tx<'_>) -> Result<Vec<Archive>, DbError> {
    tx.query(&UNUSED, &[], read)
}

/// Whether it was unused and is gone.
pub fn remove(tx: &mut Tx<'_>, archive: ArchiveId) -> Result<bool, DbError> {
    Ok(tx.execute(&REMOVE, vals![archive])? > 0)
}

/// Whether a file with this hash is one of them.
pub fn names(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<bool, DbError> {
    let found: Option<i64> = tx.query_one(&NAMES, vals![hash], |row| row.get(0))?;
    Ok(found.is_some())
}

/// From now on the history of a closed case lies in an archive, all but its entry with the number
/// `version`. Changes nothing and answers false when the case is no longer as it was when it was
/// put there.
pub fn move_out(
    tx: &mut Tx<'_>,
    case: CaseId,
    version: i64,
    (archive, key): (ArchiveId, &TextKey),
) -> Result<bool, DbError> {
    let is_as_it_was: Option<i64> =
        tx.query_one(&IS_AS_IT_WAS, vals![case, version], |row| row.get(0))?;
    if is_as_it_was.is_none() {
        return Ok(false);
    }
    let until = version - 1;
    tx.execute_one(&NOTE, vals![case, archive, until, &key.0])?;
    let erased: Option<i64> = tx.query_one(&IS_ERASED, vals![case], |row| row.get(0))?;
    if erased.is_some() {
        forget(tx, case)?;
    }
    tx.execute(&MOVED, vals![case, until])?;
    Ok(true)
}

/// Nobody reads the texts of this case in an archive any more.
pub fn forget(tx: &mut Tx<'_>, case: CaseId) -> Result<(), DbError> {
    tx.execute(&FORGET, vals![case]).map(drop)
}

/// The history of one case from a number on, of which these entries are here: with those that
/// lie in an archive. Asks for them only where some are missing.
pub fn whole(
    tx: &mut Tx<'_>,
    case: CaseId,
    from: i64,
    here: Vec<Entry>,
) -> Result<Vec<Entry>, DbError> {
    let last = here.last().map_or(0, |entry| entry.number);
    if i64::try_from(here.len()).is_ok_and(|count| count > last - from) {
        return Ok(here);
    }
    let all = of_case(tx, case, from)?.into_iter().chain(here);
    let all: BTreeMap<i64, Entry> = all.map(|entry| (entry.number, entry)).collect();
    Ok(all.into_values().collect())
}

/// What an archive holds of a case, from a number on; nothing when none holds anything.
pub fn of_case(tx: &mut Tx<'_>, case: CaseId, from: i64) -> Result<Vec<Entry>, DbError> {
    match tx.query_one(&PLACE, vals![case], read_place)? {
        Some((_, place)) => place.entries(tx, case, from),
        None => Ok(Vec::new()),
    }
}

/// Where the older entries of the cases behind `last` up to `until` lie, of those that have some
/// in an archive.
pub fn between(
    tx: &mut Tx<'_>,
    last: Option<CaseId>,
    until: CaseId,
) -> Result<BTreeMap<CaseId, Place>, DbError> {
    let vals = vals![last.map_or(-1, CaseId::get), until];
    Ok(tx.query(&PLACES, vals, read_place)?.into_iter().collect())
}

impl Place {
    /// The entries there, from a number on.
    pub fn entries(&self, tx: &Tx<'_>, case: CaseId, from: i64) -> Result<Vec<Entry>, DbError> {
        let volume = tx.shelf()?.volume(&self.hash)?;
        volume.entries(case, (from, self.until), self.key.as_ref())
    }
}
