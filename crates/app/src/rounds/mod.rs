//! Rounds: checklists, the spots that they are for, how often a round comes, what was seen, and
//! the cases that it became.
//!
//! Rounds look at places. What was seen says which unit saw it, never who walked or when
//! somebody was where. A round belongs to the community, so that a holiday orphans nothing.
//!
//! One more thing to do: its file, a line below, its handler and its line in the routes.

pub mod answer;
pub mod begin_storm;
pub mod look;
pub mod make;
pub mod picture_line;
pub mod put_cadence;
pub mod put_checklist;
pub mod put_spot;
pub mod take_shipped;

#[cfg(test)]
mod picture_tests;
#[cfg(test)]
pub(crate) mod tests;

use std::sync::Arc;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::{Finding, Kind};
use huiyin_domain::id::{CaseId, RoundId, SpotId};
use huiyin_store::rounds::{self, Listed, Stop};
use huiyin_store::{Tx, findings, places};
use jiff::SignedDuration;

use crate::error::Thing;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

/// So many spots are on one round.
pub const SPOTS_MAX: usize = 200;
/// So long after a fault was mended the same one at the same spot is its return.
pub const BACK_WITHIN: SignedDuration = SignedDuration::from_hours(24 * 60);

/// The kind whose cases are found on rounds.
pub fn kind(app: &App) -> Result<(Arc<Kind>, Finding), Refusal> {
    let kinds = app.kinds();
    let kind = kinds.current().iter().find(|kind| kind.finding.is_some());
    let kind = kind.cloned().ok_or(Refusal::NotFound(Thing::Kind))?;
    let finding = kind.finding.clone();
    let finding = finding.ok_or(Refusal::NotFound(Thing::Kind))?;
    Ok((kind, finding))
}

/// A round that the actor may walk; another one does not exist for them.
fn walked(tx: &mut Tx<'_>, actor: &Actor, id: RoundId) -> Result<Listed, Error> {
    let listed = rounds::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Round))?;
    if post_for(actor, Action::RoundsWalk, &listed.round.place).is_err() {
        return Err(Refusal::NotFound(Thing::Round).into());
    }
    Ok(listed)
}

/// The words that somebody said of a fault go with the case that it became.
pub(crate) fn forget(tx: &mut Tx<'_>, case: CaseId) -> Result<(), Error> {
    let Some(found) = findings::of_case(tx, case)? else {
        return Ok(());
    };
    let finding = found.finding;
    let answer = rounds::read_answer(tx, finding.answer)?;
    let Some(mut marks) = answer.and_then(|answer| answer.marks) else {
        return Ok(());
    };
    if let Some(seen) = marks.get_mut(&finding.line) {
        seen.says.clear();
        rounds::blank(tx, finding.answer, &marks)?;
    }
    Ok(())
}

/// Refuses a place that is not there or is closed.
fn good_place(tx: &mut Tx<'_>, place: &huiyin_domain::place::PlaceCode) -> Result<(), Error> {
    match places::read(tx, place)? {
        Some(place) if place.closed_at.is_none() => Ok(()),
        _ => Err(Refusal::field("place", "fault-not-place").into()),
    }
}

/// The next spot that is not settled, behind this one or else before it.
fn next_of(stops: &[Stop], spot: SpotId) -> Option<SpotId> {
    let here = stops.iter().position(|stop| stop.spot == spot)?;
    let (before, behind) = stops.split_at(here);
    let left = |stop: &&Stop| stop.settled_at.is_none() && stop.spot != spot;
    let next = behind
        .iter()
        .find(left)
        .or_else(|| before.iter().find(left));
    next.map(|stop| stop.spot)
}
