//! Calls: units that take part beside the owner. They are read and written
//! with their case (`cases.rs`); here is one call, and the sweep of late ones.

use huiyin_domain::case::Call;
use huiyin_domain::id::{CaseId, UnitId};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

statements! {
    PUT = "INSERT INTO calls (case_id, unit, role, state, due_at, late_at, rating) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (case_id, unit) DO UPDATE SET role = excluded.role, state = excluded.state, \
        due_at = excluded.due_at, late_at = excluded.late_at, rating = excluded.rating";
    END_ALL = "UPDATE calls SET ended_at = $1 WHERE case_id = $2";
    OVERDUE = "SELECT due_at, case_id, unit FROM calls \
        WHERE due_at IS NOT NULL AND ended_at IS NULL \
        AND (due_at, case_id) > ($1, $2) AND due_at <= $3 \
        ORDER BY due_at, case_id LIMIT $4";
}

/// The six columns of a call from `first` on.
pub(crate) fn read(row: &Row<'_>, first: usize) -> Result<Call, DbError> {
    let rating: Option<i64> = row.get(first + 5)?;
    Ok(Call {
        unit: row.get(first)?,
        role: row.get(first + 1)?,
        state: row.get(first + 2)?,
        due_at: row.get(first + 3)?,
        late_at: row.get(first + 4)?,
        rating: rating.and_then(|rating| u8::try_from(rating).ok()),
    })
}

pub(crate) fn put(tx: &mut Tx<'_>, case: CaseId, call: &Call) -> Result<(), DbError> {
    tx.execute_one(
        &PUT,
        vals![
            case,
            call.unit,
            call.role,
            call.state,
            call.due_at,
            call.late_at,
            call.rating.map(i64::from),
        ],
    )
}

/// Nobody is awaited for a case that is closed.
pub(crate) fn end_all(tx: &mut Tx<'_>, case: CaseId, at: Option<Timestamp>) -> Result<(), DbError> {
    tx.execute(&END_ALL, vals![at, case]).map(drop)
}

/// A unit that should have reported by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateCall {
    pub due_at: Timestamp,
    pub case: CaseId,
    pub unit: UnitId,
}

/// Late calls not yet noticed, the longest ago first, behind `last`.
pub fn overdue(
    tx: &mut Tx<'_>,
    now: Timestamp,
    last: Option<LateCall>,
    limit: i64,
) -> Result<Vec<LateCall>, DbError> {
    let (due_at, case) = last.map_or((i64::MIN, 0), |late| {
        (late.due_at.as_microsecond(), late.case.get())
    });
    tx.query(&OVERDUE, vals![due_at, case, now, limit], |row| {
        Ok(LateCall {
            due_at: row.get(0)?,
            case: row.get(1)?,
            unit: row.get(2)?,
        })
    })
}
