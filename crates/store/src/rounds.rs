//! Rounds: the spots of each in the order of walking, and everything that was said of them.

use std::collections::BTreeSet;

use huiyin_domain::access::Scope;
use huiyin_domain::id::{AnswerId, CadenceId, ChecklistId, RoundId, SpotId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::round::{Every, Marks};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::columns::json;
use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    pub id: RoundId,
    pub cadence: CadenceId,
    pub checklist: ChecklistId,
    pub version: i64,
    pub unit: UnitId,
    pub place: PlaceCode,
    pub day: Date,
    /// The last day on which it is in time.
    pub until: Date,
    pub made_at: Timestamp,
    pub done_at: Option<Timestamp>,
}

/// A round, what it is called, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub round: Round,
    pub names: Names,
    pub every: Every,
    pub spots: i64,
    pub settled: i64,
    pub faults: i64,
}

/// A spot of a round, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    pub number: i64,
    pub spot: SpotId,
    pub names: Names,
    pub place: PlaceCode,
    pub settled_at: Option<Timestamp>,
    pub left_out_for: Option<String>,
    pub faults: i64,
}

/// What was said of a spot: marks, or why it was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub id: AnswerId,
    pub round: RoundId,
    pub spot: SpotId,
    pub unit: UnitId,
    pub at: Timestamp,
    pub marks: Option<Marks>,
    pub left_out_for: Option<String>,
}

macro_rules! columns {
    () => {
        "r.id, r.cadence, r.checklist, r.version, r.unit, r.place, r.day, r.until_day, r.made_at, \
        r.done_at"
    };
}

macro_rules! listed {
    () => {
        concat!(
            "SELECT ",
            columns!(),
            ", v.names, c.every, \
            (SELECT count(*) FROM round_spots s WHERE s.round = r.id), \
            (SELECT count(*) FROM round_spots s WHERE s.round = r.id AND s.settled_at IS NOT NULL), \
            (SELECT CAST(COALESCE(sum(s.fault_count), 0) AS BIGINT) FROM round_spots s WHERE s.round = r.id) \
            FROM rounds r JOIN checklist_versions v ON v.checklist = r.checklist \
            AND v.version = r.version JOIN cadences c ON c.id = r.cadence "
        )
    };
}

statements! {
    INSERT = "INSERT INTO rounds (id, cadence, checklist, version, unit, place, day, until_day, \
        made_at, done_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)";
    INSERT_SPOT = "INSERT INTO round_spots (round, number, spot, settled_at, left_out_for, \
        fault_count) VALUES ($1, $2, $3, NULL, NULL, 0)";
    READ = concat!(listed!(), "WHERE r.id = $1");
    LOCK = "SELECT id FROM rounds WHERE id = $1",
        postgres = "SELECT id FROM rounds WHERE id = $1 FOR UPDATE";
    PLACES_OF_DAY = "SELECT place FROM rounds WHERE cadence = $1 AND day = $2";
    OPEN = concat!(listed!(), "WHERE r.place >= $1 AND r.place < $2 AND r.done_at IS NULL \
        AND r.day >= $3 ORDER BY CASE WHEN r.until_day >= $4 THEN 0 ELSE 1 END, r.until_day, r.id \
        LIMIT $5");
    LATEST = concat!(listed!(), "WHERE r.place >= $1 AND r.place < $2 \
        ORDER BY r.day DESC, r.id DESC LIMIT $3");
    STOPS = "SELECT s.number, s.spot, p.names, p.place, s.settled_at, s.left_out_for, \
        s.fault_count FROM round_spots s JOIN spots p ON p.id = s.spot \
        WHERE s.round = $1 ORDER BY s.number";
    SETTLE = "UPDATE round_spots SET settled_at = $1, left_out_for = $2, fault_count = $3 \
        WHERE round = $4 AND spot = $5";
    LEAVE_OUT = "UPDATE round_spots SET settled_at = $1, left_out_for = $2, fault_count = $3 \
        WHERE round = $4 AND spot = $5 AND (settled_at IS NULL OR left_out_for IS NOT NULL)";
    LEFT = "SELECT count(*) FROM round_spots WHERE round = $1 AND settled_at IS NULL";
    DONE = "UPDATE rounds SET done_at = $1 WHERE id = $2 AND done_at IS NULL";
    ANSWER = "INSERT INTO round_answers (id, round, spot, unit, at, marks, left_out_for) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BLANK = "UPDATE round_answers SET marks = $1 WHERE id = $2";
    READ_ANSWER = "SELECT id, round, spot, unit, at, marks, left_out_for FROM round_answers \
        WHERE id = $1";
    ANSWERS = "SELECT id, round, spot, unit, at, marks, left_out_for FROM round_answers \
        WHERE round = $1 AND spot = $2 ORDER BY at DESC, id DESC LIMIT $3";
}

pub fn insert(tx: &mut Tx<'_>, round: &Round, spots: &[SpotId]) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            round.id,
            round.cadence,
            round.checklist,
            round.version,
            round.unit,
            &round.place,
            round.day,
            round.until,
            round.made_at
        ],
    )?;
    for (number, &spot) in (1_i64..).zip(spots) {
        tx.execute_one(&INSERT_SPOT, vals![round.id, number, spot])?;
    }
    Ok(())
}

pub fn read(tx: &mut Tx<'_>, id: RoundId) -> Result<Option<Listed>, DbError> {
    tx.query_one(&READ, vals![id], read_listed)
}

/// Nobody else answers on this round until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, id: RoundId) -> Result<(), DbError> {
    let _: Option<RoundId> = tx.query_one(&LOCK, vals![id], |row| row.get(0))?;
    Ok(())
}

/// For which places the rounds of a day were made.
pub fn places_of_day(
    tx: &mut Tx<'_>,
    cadence: CadenceId,
    day: Date,
) -> Result<BTreeSet<PlaceCode>, DbError> {
    let places = tx.query(&PLACES_OF_DAY, vals![cadence, day], |row| row.get(0))?;
    Ok(places.into_iter().collect())
}

/// What is still to be walked and began since a day; what is in time today comes first, and what
/// ends first before it.
pub fn open(
    tx: &mut Tx<'_>,
    scope: &Scope,
    (since, today): (Date, Date),
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    let mut all = Vec::new();
    for (from, to) in ranges(scope) {
        all.extend(tx.query(&OPEN, vals![&from, &to, since, today, limit], read_listed)?);
    }
    Ok(all)
}

/// The newest, done or not.
pub fn latest(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Listed>, DbError> {
    let mut all = Vec::new();
    for (from, to) in ranges(scope) {
        all.extend(tx.query(&LATEST, vals![&from, &to, limit], read_listed)?);
    }
    Ok(all)
}

/// The spots of a round in the order of walking.
pub fn stops(tx: &mut Tx<'_>, id: RoundId) -> Result<Vec<Stop>, DbError> {
    tx.query(&STOPS, vals![id], |row| {
        Ok(Stop {
            number: row.get(0)?,
            spot: row.get(1)?,
            names: row.json(2)?,
            place: row.get(3)?,
            settled_at: row.get(4)?,
            left_out_for: row.get(5)?,
            faults: row.get(6)?,
        })
    })
}

/// Keeps an answer; the spot stands as it says. Whether nothing of the round is left.
pub fn answer(tx: &mut Tx<'_>, answer: &Answer, faults: i64) -> Result<bool, DbError> {
    let marks = answer.marks.as_ref().map(json).transpose()?;
    tx.execute_one(
        &ANSWER,
        vals![
            answer.id,
            answer.round,
            answer.spot,
            answer.unit,
            answer.at,
            marks.as_deref(),
            answer.left_out_for.as_deref()
        ],
    )?;
    let settle = match &answer.marks {
        Some(_) => &SETTLE,
        // What was seen there stays.
        None => &LEAVE_OUT,
    };
    tx.execute(
        settle,
        vals![
            answer.at,
            answer.left_out_for.as_deref(),
            faults,
            answer.round,
            answer.spot
        ],
    )?;
    let left: Option<i64> = tx.query_one(&LEFT, vals![answer.round], |row| row.get(0))?;
    Ok(left == Some(0))
}

/// Saying so again changes nothing.
pub fn done(tx: &mut Tx<'_>, id: RoundId, at: Timestamp) -> Result<(), DbError> {
    tx.execute(&DONE, vals![at, id]).map(drop)
}

/// The marks of an answer whose words were erased.
pub fn blank(tx: &mut Tx<'_>, answer: AnswerId, marks: &Marks) -> Result<(), DbError> {
    tx.execute_one(&BLANK, vals![&json(marks)?, answer])
}

pub fn read_answer(tx: &mut Tx<'_>, id: AnswerId) -> Result<Option<Answer>, DbError> {
    tx.query_one(&READ_ANSWER, vals![id], read_one_answer)
}

/// What was said of a spot on a round, the latest first.
pub fn answers(
    tx: &mut Tx<'_>,
    (round, spot): (RoundId, SpotId),
    limit: i64,
) -> Result<Vec<Answer>, DbError> {
    tx.query(&ANSWERS, vals![round, spot, limit], read_one_answer)
}

fn read_one_answer(row: &Row<'_>) -> Result<Answer, DbError> {
    let is_marked = row.get::<Option<String>>(5)?.is_some();
    Ok(Answer {
        id: row.get(0)?,
        round: row.get(1)?,
        spot: row.get(2)?,
        unit: row.get(3)?,
        at: row.get(4)?,
        marks: match is_marked {
            true => Some(row.json(5)?),
            false => None,
        },
        left_out_for: row.get(6)?,
    })
}

fn read_listed(row: &Row<'_>) -> Result<Listed, DbError> {
    Ok(Listed {
        round: Round {
            id: row.get(0)?,
            cadence: row.get(1)?,
            checklist: row.get(2)?,
            version: row.get(3)?,
            unit: row.get(4)?,
            place: row.get(5)?,
            day: row.get(6)?,
            until: row.get(7)?,
            made_at: row.get(8)?,
            done_at: row.get(9)?,
        },
        names: row.json(10)?,
        every: row.get(11)?,
        spots: row.get(12)?,
        settled: row.get(13)?,
        faults: row.get(14)?,
    })
}
