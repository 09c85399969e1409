//! Units beside the owner: called, reporting in, ruled upon, rated.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Draft;
use crate::case::refusal::Refusal;
use crate::case::value::Value;
use crate::case::view::{Call, CallRole, CallState};
use crate::id::UnitId;

/// Units that help: those of the duty list and those named.
pub(super) fn assist(draft: &mut Draft<'_>, field: Option<&str>) {
    let mut units: Vec<UnitId> = match field {
        Some(field) => named(draft, field),
        None => draft
            .facts
            .duty
            .iter()
            .flat_map(|duty| duty.assisting.clone())
            .collect(),
    };
    units.retain(|unit| draft.after.owner.unit() != Some(*unit));
    units.retain(|unit| draft.facts.units.contains_key(unit));
    for unit in units {
        if draft.after.call_of(unit).is_none() {
            let state = CallState::Waiting;
            let role = CallRole::Assisting;
            put(
                draft,
                Call {
                    unit,
                    role,
                    state,
                    due_at: None,
                    late_at: None,
                    rating: None,
                },
            );
        }
    }
}

/// Whistles for units; each has until the clock runs out to report in.
pub(super) fn call(draft: &mut Draft<'_>, field: &str, clock: &str) -> Result<(), Refusal> {
    let due_at = draft
        .kind
        .clock(clock)
        .map(|clock| clock.due_at(draft.now, draft.after.urgent, None));
    for unit in named(draft, field) {
        if draft.accused.contains(&unit) {
            return Err(Refusal::UnitAccused);
        }
        if draft
            .after
            .call_of(unit)
            .is_some_and(|call| call.role == CallRole::Summoned)
        {
            continue;
        }
        let (role, state) = (CallRole::Summoned, CallState::Waiting);
        put(
            draft,
            Call {
                unit,
                role,
                state,
                due_at,
                late_at: None,
                rating: None,
            },
        );
    }
    Ok(())
}

/// The acting unit says where it stands; `until` names the field with the time it comes.
pub(super) fn report(
    draft: &mut Draft<'_>,
    state: CallState,
    until: Option<&str>,
) -> Result<(), Refusal> {
    let unit = draft.acting.unit().ok_or(Refusal::NotCalled)?;
    let mut call = draft
        .after
        .call_of(unit)
        .cloned()
        .ok_or(Refusal::NotCalled)?;
    call.state = state;
    call.due_at = match until.and_then(|field| draft.says.get(field)) {
        Some(Value::Number(minutes)) => Some(after_minutes(draft.now, *minutes)),
        Some(Value::Date(day)) => day.to_zoned(TimeZone::UTC).ok().map(|day| day.timestamp()),
        _ => None,
    };
    put(draft, call);
    Ok(())
}

/// Whoever called says where a unit stands.
pub(super) fn rule(draft: &mut Draft<'_>, field: &str, state: CallState) -> Result<(), Refusal> {
    for unit in named(draft, field) {
        let mut call = draft
            .after
            .call_of(unit)
            .cloned()
            .ok_or(Refusal::NotCalled)?;
        call.state = state;
        call.due_at = match state.is_awaited() {
            true => call.due_at.or_else(|| again(draft)),
            false => None,
        };
        put(draft, call);
    }
    Ok(())
}

/// The time that a unit has which was told to come all the same.
fn again(draft: &Draft<'_>) -> Option<Timestamp> {
    let clock = draft.kind.clocks.iter().find(|clock| clock.is_of_calls())?;
    Some(clock.due_at(draft.now, draft.after.urgent, None))
}

pub(super) fn rate(draft: &mut Draft<'_>, field: &str, rating: &str) -> Result<(), Refusal> {
    let Some(Value::Rating(stars)) = draft.says.get(rating) else {
        return Ok(());
    };
    let stars = *stars;
    for unit in named(draft, field) {
        let mut call = draft
            .after
            .call_of(unit)
            .cloned()
            .ok_or(Refusal::NotCalled)?;
        call.rating = Some(stars);
        put(draft, call);
    }
    Ok(())
}

/// Whoever should have been there by now is late, and stays awaited.
pub(super) fn mark_late(draft: &mut Draft<'_>) {
    let late: Vec<Call> = draft
        .after
        .calls
        .iter()
        .filter(|call| is_late(call, draft.now))
        .cloned()
        .collect();
    for mut call in late {
        call.late_at = Some(draft.now);
        put(draft, call);
    }
}

/// Whether a called unit should have been there by now, and nobody has noticed.
pub(in crate::case) fn is_late(call: &Call, now: Timestamp) -> bool {
    call.state.is_awaited() && call.late_at.is_none() && call.due_at.is_some_and(|due| due <= now)
}

fn after_minutes(now: Timestamp, minutes: i64) -> Timestamp {
    now.saturating_add(SignedDuration::from_mins(minutes))
        .unwrap_or(now)
}

fn named(draft: &Draft<'_>, field: &str) -> Vec<UnitId> {
    match draft.says.get(field) {
        Some(Value::Unit(unit)) => vec![*unit],
        Some(Value::Units(units)) => units.clone(),
        _ => Vec::new(),
    }
}

fn put(draft: &mut Draft<'_>, call: Call) {
    let calls = &mut draft.after.calls;
    match calls.iter_mut().find(|known| known.unit == call.unit) {
        Some(known) => *known = call.clone(),
        None => calls.push(call.clone()),
    }
    draft.calls_changed.retain(|known| known.unit != call.unit);
    draft.calls_changed.push(call);
}
