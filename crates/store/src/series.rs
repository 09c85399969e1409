//! What comes back: how often, when next, and which cases were opened for it. Without a word of
//! anybody: who ordered lies sealed with the last of the cases.

use huiyin_domain::id::{CaseId, SeriesId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::series::Every;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A row of cases that come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub id: SeriesId,
    pub place: PlaceCode,
    pub every: Every,
    pub first_on: Date,
    /// The day for which the next one will be opened.
    pub next_on: Date,
    /// The case that was opened last; the next one is like it.
    pub last_case: CaseId,
    /// None is opened meanwhile.
    pub paused_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub version: i64,
}

macro_rules! columns {
    () => {
        "s.id, s.place, s.every, s.first_on, s.next_on, s.last_case, s.paused_at, s.ended_at, \
         s.version"
    };
}

statements! {
    INSERT = "INSERT INTO order_series \
        (id, place, every, first_on, next_on, last_case, version) \
        VALUES ($1, $2, $3, $4, $5, $6, 1)";
    ADD_CASE = "INSERT INTO order_series_cases (case_id, series) VALUES ($1, $2)";
    UPDATE = "UPDATE order_series SET next_on = $1, last_case = $2, paused_at = $3, \
        ended_at = $4, version = version + 1 WHERE id = $5 AND version = $6";
    OF_CASE = concat!("SELECT ", columns!(), " FROM order_series_cases c \
        JOIN order_series s ON s.id = c.series WHERE c.case_id = $1");
    READ = concat!("SELECT ", columns!(), " FROM order_series s WHERE s.id = $1");
    DUE = "SELECT id FROM order_series \
        WHERE ended_at IS NULL AND paused_at IS NULL AND next_on <= $1 \
        ORDER BY next_on, id LIMIT $2";
}

/// Writes a new row, with the case with which it began.
pub fn insert(tx: &mut Tx<'_>, series: &Series) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            series.id,
            &series.place,
            series.every.word(),
            series.first_on,
            series.next_on,
            series.last_case,
        ],
    )?;
    add_case(tx, series.id, series.last_case)
}

/// One more case of a row.
pub fn add_case(tx: &mut Tx<'_>, series: SeriesId, case: CaseId) -> Result<(), DbError> {
    tx.execute_one(&ADD_CASE, vals![case, series])
}

/// Writes a row as it is after its version.
pub fn update(tx: &mut Tx<'_>, series: &Series) -> Result<(), DbError> {
    tx.execute_one(
        &UPDATE,
        vals![
            series.next_on,
            series.last_case,
            series.paused_at,
            series.ended_at,
            series.id,
            series.version,
        ],
    )
}

/// The row to which a case belongs.
pub fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Series>, DbError> {
    tx.query_one(&OF_CASE, vals![case], row)
}

pub fn read(tx: &mut Tx<'_>, id: SeriesId) -> Result<Option<Series>, DbError> {
    tx.query_one(&READ, vals![id], row)
}

/// Those whose next case is wanted until a day, the soonest first.
pub fn due(tx: &mut Tx<'_>, until: Date, limit: i64) -> Result<Vec<SeriesId>, DbError> {
    tx.query(&DUE, vals![until, limit], |row| row.get(0))
}

fn row(row: &Row<'_>) -> Result<Series, DbError> {
    let every: String = row.get(2)?;
    Ok(Series {
        id: row.get(0)?,
        place: row.get(1)?,
        every: every.parse().map_err(|_| DbError::Column {
            position: 2,
            what: every,
        })?,
        first_on: row.get(3)?,
        next_on: row.get(4)?,
        last_case: row.get(5)?,
        paused_at: row.get(6)?,
        ended_at: row.get(7)?,
        version: row.get(8)?,
    })
}
