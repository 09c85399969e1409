//! Units that were whistled for: whether they came, and whether they were rated.

use super::Looked;
use crate::case::value::Value;
use crate::case::view::{Call, CallRole, CallState};

fn summoned<'a>(looked: &'a Looked<'_>) -> impl Iterator<Item = &'a Call> {
    let calls = looked.case.map_or(&[][..], |case| &case.calls);
    calls.iter().filter(|call| call.role == CallRole::Summoned)
}

pub(super) fn all_reported(looked: &Looked<'_>) -> bool {
    summoned(looked).all(|call| {
        matches!(
            call.state,
            CallState::Present | CallState::Done | CallState::Released
        )
    })
}

pub(super) fn all_rated(looked: &Looked<'_>) -> bool {
    summoned(looked).all(|call| call.state == CallState::Released || call.rating.is_some())
}

pub(super) fn is_called(looked: &Looked<'_>, field: &str) -> bool {
    match (looked.values.get(field), looked.case) {
        (Some(Value::Unit(unit)), Some(case)) => case.call_of(*unit).is_some(),
        _ => true,
    }
}
