//! Occasions: days on which many cases are brought together, and what is on each.

use std::collections::BTreeSet;

use huiyin_domain::access::Scope;
use huiyin_domain::id::{CaseId, GiftId, OccasionId, UnitId};
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;

use crate::archives;
use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A day on which many are brought together, as everybody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    pub id: OccasionId,
    pub unit: UnitId,
    pub place: PlaceCode,
    pub kind: String,
    pub title: String,
    pub address: String,
    pub note: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub made_at: Timestamp,
    pub cancelled_at: Option<Timestamp>,
    /// Why it was called off.
    pub cancelled_for: Option<String>,
    /// When it was said to be over; then there is a report.
    pub ended_at: Option<Timestamp>,
    pub report: Option<String>,
}

impl Occasion {
    /// Whether cases may still be put on it and handed over.
    pub fn is_open(&self) -> bool {
        self.cancelled_at.is_none() && self.ended_at.is_none()
    }
}

/// An occasion, and how many are on it or were handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub occasion: Occasion,
    pub on: i64,
    pub delivered: i64,
}

/// How a case stands with an occasion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineState {
    On,
    Delivered,
    Off,
}

impl LineState {
    pub fn word(self) -> &'static str {
        match self {
            LineState::On => "on",
            LineState::Delivered => "delivered",
            LineState::Off => "off",
        }
    }

    fn of(word: &str) -> LineState {
        match word {
            "delivered" => LineState::Delivered,
            "off" => LineState::Off,
            _ => LineState::On,
        }
    }
}

/// A case on an occasion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub case: CaseId,
    pub state: LineState,
    /// The gift of which it is taken.
    pub gift: Option<GiftId>,
    pub packed_at: Option<Timestamp>,
}

macro_rules! columns {
    () => {
        "id, unit, place, kind, title, address, note, starts_at, ends_at, made_at, cancelled_at, \
        cancelled_for, ended_at, report"
    };
}

macro_rules! counts {
    () => {
        ", (SELECT count(*) FROM occasion_lines l WHERE l.occasion = occasions.id \
        AND l.state = 'on'), (SELECT count(*) FROM occasion_lines l \
        WHERE l.occasion = occasions.id AND l.state = 'delivered') "
    };
}

statements! {
    INSERT = concat!("INSERT INTO occasions (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, NULL, NULL, NULL)");
    READ = concat!("SELECT ", columns!(), " FROM occasions WHERE id = $1");
    LOCK = "SELECT id FROM occasions WHERE id = $1",
        postgres = "SELECT id FROM occasions WHERE id = $1 FOR UPDATE";
    COUNTED = concat!("SELECT ", columns!(), counts!(), "FROM occasions WHERE id = $1");
    COMING = concat!("SELECT ", columns!(), counts!(), "FROM occasions \
        WHERE ended_at IS NULL AND cancelled_at IS NULL AND place >= $1 AND place < $2 \
        ORDER BY starts_at, id LIMIT $3");
    PAST = concat!("SELECT ", columns!(), counts!(), "FROM occasions \
        WHERE (ended_at IS NOT NULL OR cancelled_at IS NOT NULL) AND place >= $1 AND place < $2 \
        ORDER BY starts_at DESC, id DESC LIMIT $3");
    CANCEL = "UPDATE occasions SET cancelled_at = $1, cancelled_for = $2 \
        WHERE id = $3 AND cancelled_at IS NULL AND ended_at IS NULL";
    END = "UPDATE occasions SET ended_at = $1, report = $2 \
        WHERE id = $3 AND cancelled_at IS NULL AND ended_at IS NULL";
    ADD = "INSERT INTO occasion_lines (occasion, case_id, state) VALUES ($1, $2, 'on')";
    ADD_AGAIN = "UPDATE occasion_lines SET state = 'on', settled_at = NULL, packed_at = NULL, \
        gift = NULL WHERE occasion = $1 AND case_id = $2 AND state <> 'on'";
    LINE = "SELECT case_id, state, gift, packed_at FROM occasion_lines \
        WHERE occasion = $1 AND case_id = $2";
    LINES = "SELECT case_id, state, gift, packed_at FROM occasion_lines \
        WHERE occasion = $1 ORDER BY case_id";
    ON_ANY_WITHIN = "SELECT l.case_id FROM occasion_lines l JOIN cases c ON c.id = l.case_id \
        WHERE l.state = 'on' AND c.place >= $1 AND c.place < $2";
    ON_ANY = "SELECT occasion FROM occasion_lines WHERE case_id = $1 AND state = 'on'";
    PACK = "UPDATE occasion_lines SET gift = $1, packed_at = $2 \
        WHERE occasion = $3 AND case_id = $4 AND state = 'on'";
    SETTLE = "UPDATE occasion_lines SET state = $1, settled_at = $2 \
        WHERE occasion = $3 AND case_id = $4 AND state = 'on'";
    PROMISED = "SELECT count(*) FROM occasion_lines WHERE gift = $1 AND state = 'on' \
        AND occasion <> $2";
    LEFT_ON = "SELECT o.id FROM occasions o JOIN occasion_lines l ON l.occasion = o.id \
        WHERE l.state = 'on' AND (o.ended_at IS NOT NULL OR o.cancelled_at IS NOT NULL) LIMIT 1";
    DELIVERED = "SELECT l.case_id, o.kind FROM occasion_lines l JOIN occasions o ON o.id = l.occasion \
        WHERE l.state = 'delivered' AND l.case_id > $1 ORDER BY l.case_id LIMIT $2";
    STEPS_OF_DELIVERED = "SELECT DISTINCT e.case_id, e.step FROM entries e WHERE e.case_id IN (\
        SELECT l.case_id FROM occasion_lines l WHERE l.state = 'delivered' \
        AND l.case_id > $1 AND l.case_id <= $2)";
    ARCHIVED_DELIVERED = "SELECT a.case_id FROM archived_cases a WHERE a.case_id IN (\
        SELECT l.case_id FROM occasion_lines l WHERE l.state = 'delivered' \
        AND l.case_id > $1 AND l.case_id <= $2)";
}

pub fn insert(tx: &mut Tx<'_>, occasion: &Occasion) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            occasion.id,
            occasion.unit,
            &occasion.place,
            &occasion.kind,
            &occasion.title,
            &occasion.address,
            &occasion.note,
            occasion.starts_at,
            occasion.ends_at,
            occasion.made_at,
        ],
    )
}

pub fn read(tx: &mut Tx<'_>, id: OccasionId) -> Result<Option<Occasion>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

/// The same with how many are on it.
pub fn counted(tx: &mut Tx<'_>, id: OccasionId) -> Result<Option<Counted>, DbError> {
    tx.query_one(&COUNTED, vals![id], read_counted)
}

/// Nobody else moves anything on this occasion until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, id: OccasionId) -> Result<(), DbError> {
    let _: Option<OccasionId> = tx.query_one(&LOCK, vals![id], |row| row.get(0))?;
    Ok(())
}

/// What is to come in a place, the soonest first.
pub fn coming(
    tx: &mut Tx<'_>,
    place: Option<&PlaceCode>,
    limit: i64,
) -> Result<Vec<Counted>, DbError> {
    let (from, to) = range(place);
    tx.query(&COMING, vals![&from, &to, limit], read_counted)
}

/// What is over or was called off in a place, the latest first.
pub fn past(
    tx: &mut Tx<'_>,
    place: Option<&PlaceCode>,
    limit: i64,
) -> Result<Vec<Counted>, DbError> {
    let (from, to) = range(place);
    tx.query(&PAST, vals![&from, &to, limit], read_counted)
}

fn range(place: Option<&PlaceCode>) -> (String, String) {
    let from = place.map(PlaceCode::to_string).unwrap_or_default();
    let to = place.map_or_else(|| ":".to_owned(), PlaceCode::range_end);
    (from, to)
}

/// Both for somebody of the desk, in the places that they look after: what is to come first.
pub fn in_scope(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Counted>, DbError> {
    let (mut coming, mut past) = (Vec::new(), Vec::new());
    for (from, to) in ranges(scope) {
        coming.extend(tx.query(&COMING, vals![&from, &to, limit], read_counted)?);
        past.extend(tx.query(&PAST, vals![&from, &to, limit], read_counted)?);
    }
    let begins = |one: &Counted| (one.occasion.starts_at, one.occasion.id);
    coming.sort_by_key(begins);
    past.sort_by_key(|one| std::cmp::Reverse(begins(one)));
    coming.dedup_by_key(|one| one.occasion.id);
    past.dedup_by_key(|one| one.occasion.id);
    coming.extend(past);
    Ok(coming)
}

pub fn cancel(tx: &mut Tx<'_>, id: OccasionId, why: &str, now: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&CANCEL, vals![now, why, id])
}

/// It is over, and this is told of it.
pub fn end(tx: &mut Tx<'_>, id: OccasionId, report: &str, now: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&END, vals![now, report, id])
}

/// Puts a case on it, or on it again.
pub fn add(tx: &mut Tx<'_>, id: OccasionId, case: CaseId) -> Result<(), DbError> {
    match line(tx, id, case)? {
        None => tx.execute_one(&ADD, vals![id, case]),
        Some(_) => tx.execute_one(&ADD_AGAIN, vals![id, case]),
    }
}

pub fn line(tx: &mut Tx<'_>, id: OccasionId, case: CaseId) -> Result<Option<Line>, DbError> {
    tx.query_one(&LINE, vals![id, case], read_line)
}

pub fn lines(tx: &mut Tx<'_>, id: OccasionId) -> Result<Vec<Line>, DbError> {
    tx.query(&LINES, vals![id], read_line)
}

/// The occasion that a case is on now.
pub fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<OccasionId>, DbError> {
    tx.query_one(&ON_ANY, vals![case], |row| row.get(0))
}

/// The cases of a place that are on any occasion now.
pub fn on_any(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<BTreeSet<CaseId>, DbError> {
    let (from, to) = range(Some(place));
    let cases = tx.query(&ON_ANY_WITHIN, vals![&from, &to], |row| row.get(0))?;
    Ok(cases.into_iter().collect())
}

/// Says of which gift it is taken, and whether it lies ready.
pub fn pack(
    tx: &mut Tx<'_>,
    (id, case): (OccasionId, CaseId),
    gift: Option<GiftId>,
    packed_at: Option<Timestamp>,
) -> Result<(), DbError> {
    tx.execute_one(&PACK, vals![gift, packed_at, id, case])
}

/// It was handed over, or is off again; refused when somebody has said so already.
pub fn settle(
    tx: &mut Tx<'_>,
    (id, case): (OccasionId, CaseId),
    state: LineState,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute_one(&SETTLE, vals![state.word(), now, id, case])
}

/// How many pieces of a gift are to be taken on other occasions.
pub fn promised(tx: &mut Tx<'_>, gift: GiftId, id: OccasionId) -> Result<i64, DbError> {
    let count = tx.query_one(&PROMISED, vals![gift, id], |row| row.get(0))?;
    Ok(count.unwrap_or_default())
}

/// Whether nothing is left on an occasion that is over.
pub fn are_settled(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    let left: Option<OccasionId> = tx.query_one(&LEFT_ON, &[], |row| row.get(0))?;
    Ok(left.is_none())
}

/// What was handed over on occasions of each kind, behind a case.
pub fn delivered(
    tx: &mut Tx<'_>,
    last: Option<CaseId>,
    limit: i64,
) -> Result<Vec<(CaseId, String)>, DbError> {
    let last = last.map_or(-1, CaseId::get);
    tx.query(&DELIVERED, vals![last, limit], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// The steps that were ever taken of the cases handed over on occasions, of those behind `last`
/// up to `until`.
pub fn steps_of_delivered(
    tx: &mut Tx<'_>,
    last: Option<CaseId>,
    until: CaseId,
) -> Result<BTreeSet<(CaseId, String)>, DbError> {
    let last = last.map_or(-1, CaseId::get);
    let steps = tx.query(&STEPS_OF_DELIVERED, vals![last, until], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    let mut steps: BTreeSet<(CaseId, String)> = steps.into_iter().collect();
    for case in tx.query(&ARCHIVED_DELIVERED, vals![last, until], |row| row.get(0))? {
        // One that cannot be read is told of where its case is looked at.
        let there = archives::of_case(tx, case, 1).unwrap_or_default();
        steps.extend(there.into_iter().map(|entry| (case, entry.step)));
    }
    Ok(steps)
}

fn read_line(row: &Row<'_>) -> Result<Line, DbError> {
    Ok(Line {
        case: row.get(0)?,
        state: LineState::of(&row.get::<String>(1)?),
        gift: row.get(2)?,
        packed_at: row.get(3)?,
    })
}

fn read_counted(row: &Row<'_>) -> Result<Counted, DbError> {
    Ok(Counted {
        occasion: read_row(row)?,
        on: row.get(14)?,
        delivered: row.get(15)?,
    })
}

fn read_row(row: &Row<'_>) -> Result<Occasion, DbError> {
    Ok(Occasion {
        id: row.get(0)?,
        unit: row.get(1)?,
        place: row.get(2)?,
        kind: row.get(3)?,
        title: row.get(4)?,
        address: row.get(5)?,
        note: row.get(6)?,
        starts_at: row.get(7)?,
        ends_at: row.get(8)?,
        made_at: row.get(9)?,
        cancelled_at: row.get(10)?,
        cancelled_for: row.get(11)?,
        ended_at: row.get(12)?,
        report: row.get(13)?,
    })
}
