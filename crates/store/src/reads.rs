//! Reads: when somebody of a unit last opened a case. What nobody has opened will be late, and
//! the supervision board says so. Units are kept, never people.

use huiyin_domain::id::{CaseId, UnitId};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Tx, vals};

statements! {
    PUT = "INSERT INTO reads (case_id, unit, at) VALUES ($1, $2, $3) \
        ON CONFLICT (case_id, unit) DO UPDATE SET at = excluded.at WHERE reads.at < excluded.at";
    READ = "SELECT at FROM reads WHERE case_id = $1 AND unit = $2";
}

/// Somebody of the unit has opened the case.
pub fn put(tx: &mut Tx<'_>, case: CaseId, unit: UnitId, at: Timestamp) -> Result<(), DbError> {
    tx.execute(&PUT, vals![case, unit, at]).map(drop)
}

/// When somebody of the unit last opened the case.
pub fn of_unit(tx: &mut Tx<'_>, case: CaseId, unit: UnitId) -> Result<Option<Timestamp>, DbError> {
    tx.query_one(&READ, vals![case, unit], |row| row.get(0))
}
