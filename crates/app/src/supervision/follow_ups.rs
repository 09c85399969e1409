//! Follow-up calls: who is to be called, and what becomes of the list when a case moves.
//! The calls themselves are steps of the kind, taken as any other.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::case::{Decision, Kind};
use huiyin_domain::follow_up::{Closed, Judgement};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_store::follow_ups;
use huiyin_store::{DbError, Tx, petitioners};
use jiff::{SignedDuration, Timestamp};

pub use huiyin_store::follow_ups::FollowUp;

use super::rules::of_follow_ups;
use crate::cases::names::named_places;
use crate::{App, Error, Refusal};

/// So many are shown at once.
pub const ROWS_MAX: i64 = 100;
/// What was closed longer ago than this is brought in from elsewhere: nobody is called about it.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// Whom to call.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub rows: Vec<FollowUp>,
    pub places: BTreeMap<PlaceCode, Names>,
    /// How often each result came in the last thirty days.
    pub results: BTreeMap<String, i64>,
}

/// The cases that wait for a call in what the actor looks after, the longest waiting first.
pub async fn list(app: &App, actor: &Actor) -> Result<Reply, Error> {
    let scope = scope(actor, Action::FollowUpCall);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let since = app.now() - SignedDuration::from_hours(30 * 24);
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, DbError> {
        let rows = follow_ups::waiting(tx, &scope, ROWS_MAX)?;
        let codes = rows.iter().flat_map(|row| row.place.told_by());
        let named = named_places(tx, &codes.collect::<Vec<_>>())?;
        Ok(Reply {
            places: named
                .into_iter()
                .map(|place| (place.code, place.names))
                .collect(),
            results: follow_ups::results(tx, &scope, since)?
                .into_iter()
                .collect(),
            rows,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Keeps the list true when a case moves, in the transaction in which it does.
pub(crate) fn note(
    app: &App,
    tx: &mut Tx<'_>,
    (kind, decision): (&Kind, &Decision),
    was_closed: bool,
    now: Timestamp,
) -> Result<(), DbError> {
    let Some(supervision) = &kind.supervision else {
        return Ok(());
    };
    let Some(steps) = &supervision.follow_up else {
        return Ok(());
    };
    let after = &decision.after;
    let is_closed = after.closed_at.is_some();
    if decision.step == steps.not_reached {
        return not_reached(app, tx, decision, now);
    }
    if was_closed && (!is_closed || decision.step == steps.reached) {
        let result = match (decision.step == steps.reached, is_closed) {
            (true, true) => "content",
            (true, false) => "unhappy",
            (false, _) => "reopened",
        };
        return follow_ups::end(tx, after.id, result, now).map(drop);
    }
    let outcome = after.outcome.as_deref().unwrap_or_default();
    let is_fresh = app.now().duration_since(now) < FRESH;
    if !is_closed || was_closed || !is_fresh || supervision.leaves_out(outcome) {
        return Ok(());
    }
    let rules = of_follow_ups(tx)?;
    let closed = Closed {
        case: after.id,
        kind: &after.kind,
        outcome,
        is_judged: match decision.shape.get("judged").is_some() {
            true => Judgement::Given,
            false => Judgement::Missing,
        },
    };
    let Some(why) = rules.on(app.config.day(now)).chooses(&closed) else {
        return Ok(());
    };
    // Whoever left no contact cannot be called.
    let petitioner = petitioners::to_deliver(tx, after.id)?;
    match petitioner.is_some_and(|petitioner| petitioner.contact.is_some()) {
        true => follow_ups::choose(tx, (after.id, &after.kind), &after.place, why.word(), now),
        false => Ok(()),
    }
}

/// One more try; after so many the case waits no longer.
fn not_reached(
    app: &App,
    tx: &mut Tx<'_>,
    decision: &Decision,
    now: Timestamp,
) -> Result<(), DbError> {
    let id = decision.after.id;
    let before = follow_ups::tries_of_waiting(tx, id)?.unwrap_or(0);
    follow_ups::tried(tx, id, now)?;
    let rules = of_follow_ups(tx)?;
    if before + 1 >= rules.on(app.config.day(now)).tries_max {
        follow_ups::end(tx, id, "not-reached", now)?;
    }
    Ok(())
}
