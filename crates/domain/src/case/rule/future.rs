//! A date that was promised lies ahead (today counts: days are told where people live).

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::Looked;
use crate::case::value::Value;

pub(super) fn holds(looked: &Looked<'_>, field: &str) -> bool {
    let Some(Value::Date(date)) = looked.values.get(field) else {
        return true;
    };
    // The earliest day that it can be anywhere on earth.
    let earliest = looked.now.saturating_sub(SignedDuration::from_hours(12));
    let earliest = earliest
        .unwrap_or(looked.now)
        .to_zoned(TimeZone::UTC)
        .date();
    *date >= earliest
}
