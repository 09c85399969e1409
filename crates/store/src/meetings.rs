//! Meetings: reviews of what was found, with the agenda as it was and the minutes.

use huiyin_domain::access::Scope;
use huiyin_domain::id::{CaseId, MeetingId, UnitId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::round::MeetingSort;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::columns::json;
use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// What was decided: what, which unit sees to it, by which day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    pub what: String,
    pub unit: Option<UnitId>,
    pub by: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    pub id: MeetingId,
    pub unit: UnitId,
    pub place: PlaceCode,
    pub sort: MeetingSort,
    /// What was found since then was looked at.
    pub since_at: Timestamp,
    pub held_at: Timestamp,
    /// Units and functions, no names.
    pub attended: String,
    pub minutes: String,
    /// The findings that were looked at.
    pub agenda: Vec<CaseId>,
    pub decisions: Vec<Decided>,
}

macro_rules! columns {
    () => {
        "id, unit, place, sort, since_at, held_at, attended, minutes, agenda, decisions"
    };
}

statements! {
    INSERT = concat!("INSERT INTO meetings (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
    READ = concat!("SELECT ", columns!(), " FROM meetings WHERE id = $1");
    LAST = concat!("SELECT ", columns!(), " FROM meetings WHERE place = $1 AND sort = $2 \
        ORDER BY held_at DESC, id DESC LIMIT 1");
    WITHIN = concat!("SELECT ", columns!(), " FROM meetings WHERE place >= $1 AND place < $2 \
        ORDER BY held_at DESC, id DESC LIMIT $3");
}

pub fn insert(tx: &mut Tx<'_>, meeting: &Meeting) -> Result<(), DbError> {
    let (agenda, decisions) = (json(&meeting.agenda)?, json(&meeting.decisions)?);
    tx.execute_one(
        &INSERT,
        vals![
            meeting.id,
            meeting.unit,
            &meeting.place,
            meeting.sort,
            meeting.since_at,
            meeting.held_at,
            &meeting.attended,
            &meeting.minutes,
            &agenda,
            &decisions
        ],
    )
}

pub fn read(tx: &mut Tx<'_>, id: MeetingId) -> Result<Option<Meeting>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

/// The last of its sort in a place.
pub fn last(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    sort: MeetingSort,
) -> Result<Option<Meeting>, DbError> {
    tx.query_one(&LAST, vals![place, sort], read_row)
}

pub fn within(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Meeting>, DbError> {
    let mut all = Vec::new();
    for (from, to) in ranges(scope) {
        all.extend(tx.query(&WITHIN, vals![&from, &to, limit], read_row)?);
    }
    Ok(all)
}

fn read_row(row: &Row<'_>) -> Result<Meeting, DbError> {
    Ok(Meeting {
        id: row.get(0)?,
        unit: row.get(1)?,
        place: row.get(2)?,
        sort: row.get(3)?,
        since_at: row.get(4)?,
        held_at: row.get(5)?,
        attended: row.get(6)?,
        minutes: row.get(7)?,
        agenda: row.json(8)?,
        decisions: row.json(9)?,
    })
}
