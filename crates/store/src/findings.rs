//! Findings: which case came from which spot, and of what it is the return.

use huiyin_domain::id::{AnswerId, CaseId, RoundId, SpotId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::ItemCode;
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub case: CaseId,
    pub answer: AnswerId,
    pub round: RoundId,
    pub spot: SpotId,
    pub place: PlaceCode,
    pub line: String,
    pub found_at: Timestamp,
    /// The one that was mended, and is there again.
    pub back_of: Option<CaseId>,
}

/// A finding with how its case stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub finding: Finding,
    pub spot: Names,
    pub title: String,
    pub kind: String,
    pub stage: String,
    pub owner: Option<UnitId>,
    pub item: Option<ItemCode>,
    pub due_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub outcome: Option<String>,
}

macro_rules! standing {
    () => {
        "SELECT f.case_id, f.answer, f.round, f.spot, f.place, f.line, f.found_at, f.back_of, \
        s.names, c.title, c.kind, c.stage, c.owner_unit, c.item, c.due_at, c.closed_at, \
        c.outcome \
        FROM findings f JOIN spots s ON s.id = f.spot JOIN cases c ON c.id = f.case_id "
    };
}

statements! {
    INSERT = "INSERT INTO findings (case_id, answer, round, spot, place, line, found_at, back_of) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LAST = concat!(standing!(), "WHERE f.spot = $1 AND f.line = $2 \
        ORDER BY f.found_at DESC, f.case_id DESC LIMIT 1");
    OF_CASE = concat!(standing!(), "WHERE f.case_id = $1");
    OF_SPOT = concat!(standing!(), "WHERE f.spot = $1 ORDER BY f.found_at DESC, f.case_id DESC \
        LIMIT $2");
    OF_ROUND = concat!(standing!(), "WHERE f.round = $1 ORDER BY f.found_at, f.case_id LIMIT $2");
    OPEN_ON = concat!(standing!(), "JOIN round_spots r ON r.spot = f.spot \
        WHERE r.round = $1 AND c.closed_at IS NULL ORDER BY f.found_at DESC, f.case_id DESC \
        LIMIT $2");
    SINCE = concat!(standing!(), "WHERE f.place >= $1 AND f.place < $2 AND (f.found_at >= $3 \
        OR c.closed_at IS NULL) ORDER BY CASE WHEN c.closed_at IS NULL THEN 0 ELSE 1 END, \
        COALESCE(c.due_at, 0), f.found_at DESC, f.case_id DESC LIMIT $4");
    COUNT_SINCE = "SELECT count(*) FROM findings f JOIN cases c ON c.id = f.case_id \
        WHERE f.place >= $1 AND f.place < $2 AND (f.found_at >= $3 OR c.closed_at IS NULL)";
    BETWEEN = concat!(standing!(), "WHERE f.case_id >= $1 AND f.case_id <= $2 AND f.place >= $3 \
        AND f.place < $4 ORDER BY f.found_at DESC, f.case_id DESC LIMIT $5");
}

pub fn insert(tx: &mut Tx<'_>, finding: &Finding) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            finding.case,
            finding.answer,
            finding.round,
            finding.spot,
            &finding.place,
            &finding.line,
            finding.found_at,
            finding.back_of
        ],
    )
}

/// The last of this line at this spot.
pub fn last(tx: &mut Tx<'_>, spot: SpotId, line: &str) -> Result<Option<Standing>, DbError> {
    tx.query_one(&LAST, vals![spot, line], read)
}

/// What was found at a spot, the latest first; whoever asks may see the spot.
pub fn of_spot(tx: &mut Tx<'_>, spot: SpotId, limit: i64) -> Result<Vec<Standing>, DbError> {
    tx.query(&OF_SPOT, vals![spot, limit], read)
}

/// Where a case comes from; whoever asks has loaded the case.
pub fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Standing>, DbError> {
    tx.query_one(&OF_CASE, vals![case], read)
}

/// What one round found; whoever asks may see the round.
pub fn of_round(tx: &mut Tx<'_>, round: RoundId, limit: i64) -> Result<Vec<Standing>, DbError> {
    tx.query(&OF_ROUND, vals![round, limit], read)
}

/// What is not mended yet at the spots of a round; whoever asks may see the round.
pub fn open_on(tx: &mut Tx<'_>, round: RoundId, limit: i64) -> Result<Vec<Standing>, DbError> {
    tx.query(&OPEN_ON, vals![round, limit], read)
}

/// What was found in a place since then, and whatever is still open, what is due first before it.
pub fn since(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    at: Timestamp,
    limit: i64,
) -> Result<Vec<Standing>, DbError> {
    tx.query(&SINCE, vals![place, &place.range_end(), at, limit], read)
}

/// How many those are.
pub fn count_since(tx: &mut Tx<'_>, place: &PlaceCode, at: Timestamp) -> Result<i64, DbError> {
    let count = tx.query_one(&COUNT_SINCE, vals![place, &place.range_end(), at], |row| {
        row.get(0)
    })?;
    Ok(count.unwrap_or(0))
}

/// The findings of a place whose cases lie between two ids, both among them.
pub fn between(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    (first, last): (CaseId, CaseId),
    limit: i64,
) -> Result<Vec<Standing>, DbError> {
    tx.query(
        &BETWEEN,
        vals![first, last, place, &place.range_end(), limit],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Standing, DbError> {
    Ok(Standing {
        finding: Finding {
            case: row.get(0)?,
            answer: row.get(1)?,
            round: row.get(2)?,
            spot: row.get(3)?,
            place: row.get(4)?,
            line: row.get(5)?,
            found_at: row.get(6)?,
            back_of: row.get(7)?,
        },
        spot: row.json(8)?,
        title: row.get(9)?,
        kind: row.get(10)?,
        stage: row.get(11)?,
        owner: row.get(12)?,
        item: row.get(13)?,
        due_at: row.get(14)?,
        closed_at: row.get(15)?,
        outcome: row.get(16)?,
    })
}
