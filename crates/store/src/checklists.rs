//! Checklists with their versions, the spots that they are for, and how often a round comes.

use huiyin_domain::access::Scope;
use huiyin_domain::id::{CadenceId, ChecklistId, SpotId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::round::{Every, Line, SpotSort};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::columns::json;
use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A checklist in its latest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    pub id: ChecklistId,
    pub unit: UnitId,
    pub place: PlaceCode,
    pub sort: SpotSort,
    pub version: i64,
    pub names: Names,
    pub lines: Vec<Line>,
    pub closed_at: Option<Timestamp>,
}

/// Something in a place that rounds look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub id: SpotId,
    pub place: PlaceCode,
    pub sort: SpotSort,
    pub names: Names,
    /// Where it stands in an order that somebody gave.
    pub position: Option<i64>,
    /// When it was last seen on any round.
    pub seen_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
}

/// That rounds with a checklist come to a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cadence {
    pub id: CadenceId,
    pub checklist: ChecklistId,
    pub unit: UnitId,
    pub place: PlaceCode,
    pub every: Every,
    pub first_on: Date,
    pub next_on: Option<Date>,
    pub closed_at: Option<Timestamp>,
}

macro_rules! spot {
    () => {
        "id, place, sort, names, position, seen_at, closed_at"
    };
}

macro_rules! cadence {
    () => {
        "id, checklist, unit, place, every, first_on, next_on, closed_at"
    };
}

macro_rules! checklist {
    () => {
        "SELECT c.id, c.unit, c.place, c.sort, v.version, v.names, v.lines, c.closed_at \
        FROM checklists c JOIN checklist_versions v ON v.checklist = c.id \
        AND v.version = (SELECT max(w.version) FROM checklist_versions w WHERE w.checklist = c.id) "
    };
}

statements! {
    INSERT = "INSERT INTO checklists (id, unit, place, sort, made_at, closed_at) \
        VALUES ($1, $2, $3, $4, $5, NULL)";
    INSERT_VERSION = "INSERT INTO checklist_versions (checklist, version, names, lines, made_at) \
        VALUES ($1, $2, $3, $4, $5)";
    READ = concat!(checklist!(), "WHERE c.id = $1");
    WITHIN = concat!(checklist!(), "WHERE c.place >= $1 AND c.place < $2 AND c.closed_at IS NULL \
        ORDER BY c.sort, c.id LIMIT $3");
    CLOSE = "UPDATE checklists SET closed_at = $1 WHERE id = $2 AND closed_at IS NULL";
    VERSION = "SELECT names, lines FROM checklist_versions WHERE checklist = $1 AND version = $2";
    INSERT_SPOT = concat!("INSERT INTO spots (", spot!(), ", made_at) \
        VALUES ($1, $2, $3, $4, $5, NULL, NULL, $6)");
    CHANGE_SPOT = "UPDATE spots SET names = $1, position = $2, closed_at = $3 WHERE id = $4";
    LOCK_SPOT = "SELECT id FROM spots WHERE id = $1",
        postgres = "SELECT id FROM spots WHERE id = $1 FOR UPDATE";
    READ_SPOT = concat!("SELECT ", spot!(), " FROM spots WHERE id = $1");
    SPOTS_WITHIN = concat!("SELECT ", spot!(), " FROM spots WHERE place >= $1 AND place < $2 \
        AND closed_at IS NULL ORDER BY place, COALESCE(position, 1000000), id LIMIT $3");
    SPOTS_OF_SORT = concat!("SELECT ", spot!(), " FROM spots WHERE place >= $1 AND place < $2 \
        AND sort = $3 AND closed_at IS NULL \
        ORDER BY place, COALESCE(position, 1000000), id LIMIT $4");
    LEAST_SEEN = concat!("SELECT ", spot!(), " FROM spots WHERE place >= $1 AND place < $2 \
        AND closed_at IS NULL ORDER BY COALESCE(seen_at, 0), place, id LIMIT $3");
    SEEN = "UPDATE spots SET seen_at = $1 WHERE id = $2";
    INSERT_CADENCE = concat!("INSERT INTO cadences (", cadence!(), ", made_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, $8)");
    READ_CADENCE = concat!("SELECT ", cadence!(), " FROM cadences WHERE id = $1");
    LOCK_CADENCE = concat!("SELECT ", cadence!(), " FROM cadences WHERE id = $1"),
        postgres = concat!("SELECT ", cadence!(), " FROM cadences WHERE id = $1 FOR UPDATE");
    CADENCES_WITHIN = concat!("SELECT ", cadence!(), " FROM cadences WHERE place >= $1 \
        AND place < $2 AND closed_at IS NULL ORDER BY place, id LIMIT $3");
    CADENCES_DUE = concat!("SELECT ", cadence!(), " FROM cadences WHERE closed_at IS NULL \
        AND next_on <= $1 ORDER BY next_on, id LIMIT $2");
    NEXT = "UPDATE cadences SET next_on = $1 WHERE id = $2 AND next_on IS NOT NULL";
    CLOSE_CADENCE = "UPDATE cadences SET closed_at = $1 WHERE id = $2 AND closed_at IS NULL";
}

/// Nobody else answers for this spot, on whichever round, until the transaction ends.
pub fn lock_spot(tx: &mut Tx<'_>, id: SpotId) -> Result<(), DbError> {
    let _: Option<SpotId> = tx.query_one(&LOCK_SPOT, vals![id], |row| row.get(0))?;
    Ok(())
}

/// A new checklist with its first version.
pub fn insert(tx: &mut Tx<'_>, checklist: &Checklist, now: Timestamp) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            checklist.id,
            checklist.unit,
            &checklist.place,
            checklist.sort,
            now
        ],
    )?;
    insert_version(tx, checklist, now)
}

/// Another version; of two at once the second is a conflict.
pub fn insert_version(
    tx: &mut Tx<'_>,
    checklist: &Checklist,
    now: Timestamp,
) -> Result<(), DbError> {
    let (names, lines) = (json(&checklist.names)?, json(&checklist.lines)?);
    tx.execute_one(
        &INSERT_VERSION,
        vals![checklist.id, checklist.version, &names, &lines, now],
    )
}

pub fn read(tx: &mut Tx<'_>, id: ChecklistId) -> Result<Option<Checklist>, DbError> {
    tx.query_one(&READ, vals![id], read_checklist)
}

/// What one version said.
pub fn version(
    tx: &mut Tx<'_>,
    id: ChecklistId,
    version: i64,
) -> Result<Option<(Names, Vec<Line>)>, DbError> {
    tx.query_one(&VERSION, vals![id, version], |row| {
        Ok((row.json(0)?, row.json(1)?))
    })
}

pub fn within(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Checklist>, DbError> {
    let mut all = Vec::new();
    for (from, to) in ranges(scope) {
        all.extend(tx.query(&WITHIN, vals![&from, &to, limit], read_checklist)?);
    }
    Ok(all)
}

/// Closing one that is closed changes nothing.
pub fn close(tx: &mut Tx<'_>, id: ChecklistId, now: Timestamp) -> Result<(), DbError> {
    tx.execute(&CLOSE, vals![now, id]).map(drop)
}

pub fn insert_spot(tx: &mut Tx<'_>, spot: &Spot, now: Timestamp) -> Result<(), DbError> {
    let names = json(&spot.names)?;
    tx.execute_one(
        &INSERT_SPOT,
        vals![spot.id, &spot.place, spot.sort, &names, spot.position, now],
    )
}

pub fn change_spot(tx: &mut Tx<'_>, spot: &Spot) -> Result<(), DbError> {
    let names = json(&spot.names)?;
    tx.execute_one(
        &CHANGE_SPOT,
        vals![&names, spot.position, spot.closed_at, spot.id],
    )
}

pub fn spot(tx: &mut Tx<'_>, id: SpotId) -> Result<Option<Spot>, DbError> {
    tx.query_one(&READ_SPOT, vals![id], read_spot)
}

pub fn spots_within(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Spot>, DbError> {
    let mut all = Vec::new();
    for (from, to) in ranges(scope) {
        all.extend(tx.query(&SPOTS_WITHIN, vals![&from, &to, limit], read_spot)?);
    }
    Ok(all)
}

/// The spots of a sort in a place.
pub fn spots_of(
    tx: &mut Tx<'_>,
    (place, sort): (&PlaceCode, SpotSort),
    limit: i64,
) -> Result<Vec<Spot>, DbError> {
    tx.query(
        &SPOTS_OF_SORT,
        vals![place, &place.range_end(), sort, limit],
        read_spot,
    )
}

/// What was not seen for longest comes first, what was never seen before all.
pub fn least_seen(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Spot>, DbError> {
    let mut all: Vec<Spot> = Vec::new();
    for (from, to) in ranges(scope) {
        all.extend(tx.query(&LEAST_SEEN, vals![&from, &to, limit], read_spot)?);
    }
    all.sort_by_key(|spot| spot.seen_at);
    all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(all)
}

pub fn seen(tx: &mut Tx<'_>, spot: SpotId, at: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&SEEN, vals![at, spot])
}

pub fn insert_cadence(tx: &mut Tx<'_>, cadence: &Cadence, now: Timestamp) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT_CADENCE,
        vals![
            cadence.id,
            cadence.checklist,
            cadence.unit,
            &cadence.place,
            cadence.every,
            cadence.first_on,
            cadence.next_on,
            now
        ],
    )
}

pub fn cadence(tx: &mut Tx<'_>, id: CadenceId) -> Result<Option<Cadence>, DbError> {
    tx.query_one(&READ_CADENCE, vals![id], read_cadence)
}

/// The same, with nobody else making a round of it until the transaction ends.
pub fn lock_cadence(tx: &mut Tx<'_>, id: CadenceId) -> Result<Option<Cadence>, DbError> {
    tx.query_one(&LOCK_CADENCE, vals![id], read_cadence)
}

pub fn cadences_within(
    tx: &mut Tx<'_>,
    scope: &Scope,
    limit: i64,
) -> Result<Vec<Cadence>, DbError> {
    let mut all = Vec::new();
    for (from, to) in ranges(scope) {
        all.extend(tx.query(&CADENCES_WITHIN, vals![&from, &to, limit], read_cadence)?);
    }
    Ok(all)
}

/// Whose day has come, wherever they are: for the sweep.
pub fn cadences_due(tx: &mut Tx<'_>, today: Date, limit: i64) -> Result<Vec<Cadence>, DbError> {
    tx.query(&CADENCES_DUE, vals![today, limit], read_cadence)
}

pub fn set_next(tx: &mut Tx<'_>, id: CadenceId, day: Date) -> Result<(), DbError> {
    tx.execute_one(&NEXT, vals![day, id])
}

pub fn close_cadence(tx: &mut Tx<'_>, id: CadenceId, now: Timestamp) -> Result<(), DbError> {
    tx.execute(&CLOSE_CADENCE, vals![now, id]).map(drop)
}

fn read_checklist(row: &Row<'_>) -> Result<Checklist, DbError> {
    Ok(Checklist {
        id: row.get(0)?,
        unit: row.get(1)?,
        place: row.get(2)?,
        sort: row.get(3)?,
        version: row.get(4)?,
        names: row.json(5)?,
        lines: row.json(6)?,
        closed_at: row.get(7)?,
    })
}

fn read_spot(row: &Row<'_>) -> Result<Spot, DbError> {
    Ok(Spot {
        id: row.get(0)?,
        place: row.get(1)?,
        sort: row.get(2)?,
        names: row.json(3)?,
        position: row.get(4)?,
        seen_at: row.get(5)?,
        closed_at: row.get(6)?,
    })
}

fn read_cadence(row: &Row<'_>) -> Result<Cadence, DbError> {
    Ok(Cadence {
        id: row.get(0)?,
        checklist: row.get(1)?,
        unit: row.get(2)?,
        place: row.get(3)?,
        every: row.get(4)?,
        first_on: row.get(5)?,
        next_on: row.get(6)?,
        closed_at: row.get(7)?,
    })
}
