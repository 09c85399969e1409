//! The beginning and the end of a row, in the transaction of the case that causes it.

use huiyin_domain::case::Decision;
use huiyin_domain::id::{CaseId, SeriesId};
use huiyin_store::series::{self, Series};
use huiyin_store::{DbError, Tx};
use jiff::Timestamp;

use crate::App;

/// Begins a row, when what is opened shall come back.
pub(crate) fn begin(app: &App, tx: &mut Tx<'_>, decision: &Decision) -> Result<(), DbError> {
    let Some(repeats) = decision.repeats else {
        return Ok(());
    };
    let row = Series {
        id: SeriesId::from_raw(app.mint()),
        place: decision.after.place.clone(),
        every: repeats.every,
        first_on: repeats.first_on,
        next_on: repeats.every.after(repeats.first_on, repeats.first_on),
        last_case: decision.after.id,
        paused_at: None,
        ended_at: None,
        version: 1,
    };
    series::insert(tx, &row)
}

/// Ends the row of a case of which nobody may know any more who brought it in.
pub(crate) fn end_with(tx: &mut Tx<'_>, case: CaseId, now: Timestamp) -> Result<(), DbError> {
    match series::of_case(tx, case)? {
        Some(row) if row.ended_at.is_none() => series::update(
            tx,
            &Series {
                ended_at: Some(now),
                ..row
            },
        ),
        _ => Ok(()),
    }
}
