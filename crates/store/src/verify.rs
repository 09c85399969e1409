//! What `huiyin verify` looks at: every case with the facts of the promise,
//! every entry in order. In batches, so that a check of millions of cases
//! holds no reader for long.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use huiyin_domain::case::{KindHash, Pause, Term};
use huiyin_domain::id::CaseId;
use jiff::Timestamp;

use crate::archives;
use crate::entries::{self, Entry};
use crate::statements::statements;
use crate::{DbError, Tx, timing, vals};

/// The facts of one case that the promise is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFacts {
    pub id: CaseId,
    pub kind: String,
    pub kind_hash: KindHash,
    pub stage: String,
    pub version: i64,
    /// How many of unit and person own it: one.
    pub owners: i64,
    pub clock: Option<String>,
    pub due_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub outcome: Option<String>,
    pub merged_into: Option<CaseId>,
    /// Whether whoever brought it in can follow it.
    pub has_petitioner: bool,
    pub has_matter: bool,
    pub is_searchable: bool,
    /// When its clock next does something by itself.
    pub wake_at: Option<Timestamp>,
    /// The clock stands, and until when.
    pub paused: Option<Pause>,
    /// What is left of clocks that go on later, by name.
    pub kept: BTreeMap<String, Duration>,
    /// Units that own, opened or were called to it, but are not on its list.
    pub units_forgotten: i64,
}

statements! {
    CASES = "SELECT c.id, c.kind, v.hash, c.stage, c.version, \
        CAST(CASE WHEN c.owner_unit IS NULL THEN 0 ELSE 1 END \
        + CASE WHEN c.owner_person IS NULL THEN 0 ELSE 1 END AS BIGINT), \
        c.clock, c.due_at, c.closed_at, c.outcome, c.merged_into, \
        p.case_id, m.case_id, s.rowid, \
        (SELECT count(*) FROM units u WHERE \
            (u.id = c.owner_unit OR u.id = c.opened_unit \
                OR u.id IN (SELECT k.unit FROM calls k WHERE k.case_id = c.id)) \
            AND NOT EXISTS (SELECT 1 FROM case_units r WHERE r.unit = u.id AND r.case_id = c.id)), \
        c.wake_at, c.timing, c.paused_at, c.paused_until, c.paused_for, c.paused_left \
        FROM cases c JOIN kind_versions v ON v.id = c.kind_version \
        LEFT JOIN petitioners p ON p.case_id = c.id \
        LEFT JOIN matters m ON m.case_id = c.id \
        LEFT JOIN search s ON s.rowid = c.id \
        WHERE c.id > $1 ORDER BY c.id LIMIT $2";
    COUNTS = "SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM entries), \
        (SELECT count(*) FROM files WHERE erased_at IS NULL)";
    VERSIONS = "SELECT id, version FROM cases ORDER BY id";
    TERMS = "SELECT case_id, name, started_at, time_limit, first_due_at, due_at, met_at, left_us \
        FROM terms WHERE case_id > $1 AND case_id <= $2 ORDER BY case_id, name";
    ENTRIES = "SELECT case_id, number, at, step, acting, post, unit, person, from_stage, to_stage, \
        shape, hash, text_hash, salt, text FROM entries \
        WHERE case_id > $1 AND case_id <= $2 ORDER BY case_id, number";
}

/// How much there is of what must not be lost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub cases: i64,
    pub entries: i64,
    pub files: i64,
}

/// Counts within the state that `tx` sees.
pub fn counts(tx: &mut Tx<'_>) -> Result<Counts, DbError> {
    let counts = tx.query_one(&COUNTS, &[], |row| {
        Ok(Counts {
            cases: row.get(0)?,
            entries: row.get(1)?,
            files: row.get(2)?,
        })
    })?;
    Ok(counts.unwrap_or_default())
}

/// How far each case has come.
pub fn versions(tx: &mut Tx<'_>) -> Result<BTreeMap<CaseId, i64>, DbError> {
    let versions = tx.query(&VERSIONS, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(versions.into_iter().collect())
}

/// Cases in the order of their ids behind `last`.
pub fn cases(tx: &mut Tx<'_>, last: Option<CaseId>, limit: i64) -> Result<Vec<CaseFacts>, DbError> {
    tx.query(&CASES, vals![last.map_or(-1, CaseId::get), limit], |row| {
        Ok(CaseFacts {
            id: row.get(0)?,
            kind: row.get(1)?,
            kind_hash: row.get(2)?,
            stage: row.get(3)?,
            version: row.get(4)?,
            owners: row.get(5)?,
            clock: row.get(6)?,
            due_at: row.get(7)?,
            closed_at: row.get(8)?,
            outcome: row.get(9)?,
            merged_into: row.get(10)?,
            has_petitioner: row.get::<Option<i64>>(11)?.is_some(),
            has_matter: row.get::<Option<i64>>(12)?.is_some(),
            is_searchable: row.get::<Option<i64>>(13)?.is_some(),
            units_forgotten: row.get(14)?,
            wake_at: row.get(15)?,
            kept: timing::kept(row, 16)?,
            paused: timing::read_pause(row, 17)?,
        })
    })
}

/// What was promised in the cases behind `last` up to `until`.
pub fn terms(
    tx: &mut Tx<'_>,
    last: Option<CaseId>,
    until: CaseId,
) -> Result<Vec<(CaseId, Term)>, DbError> {
    let vals = vals![last.map_or(-1, CaseId::get), until];
    tx.query(&TERMS, vals, |row| {
        Ok((row.get(0)?, timing::read_term(row, 1)?))
    })
}

/// The entries of the cases behind `last` up to `until`, in order, with those in archives.
/// Answers the cases whose archive cannot be read.
pub fn entries(
    tx: &mut Tx<'_>,
    last: Option<CaseId>,
    until: CaseId,
    mut take: impl FnMut(Entry) -> Result<(), DbError>,
) -> Result<BTreeSet<CaseId>, DbError> {
    let mut unread = BTreeSet::new();
    let mut archived: BTreeMap<CaseId, VecDeque<Entry>> = BTreeMap::new();
    for (case, place) in archives::between(tx, last, until)? {
        match place.entries(tx, case, 1) {
            Ok(entries) => drop(archived.insert(case, entries.into())),
            Err(error) => {
                tracing::warn!(%error, %case, "an archive cannot be read");
                unread.insert(case);
            }
        }
    }
    let vals = vals![last.map_or(-1, CaseId::get), until];
    tx.each(&ENTRIES, vals, |row| {
        let entry = entries::read(row)?;
        if let Some(before) = archived.get_mut(&entry.case) {
            // Some entries stay here although they lie there too.
            while let Some(first) = before.pop_front_if(|first| first.number <= entry.number) {
                if first.number < entry.number {
                    take(first)?;
                }
            }
        }
        take(entry)
    })?;
    Ok(unread)
}
