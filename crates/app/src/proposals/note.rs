//! Keeps proposals true when a case moves, in the transaction in which it does.

use huiyin_domain::case::{Acting, Decision, Kind, Owner};
use huiyin_domain::proposal::LapseReason;
use huiyin_store::{DbError, Tx, proposals, volunteers};
use jiff::Timestamp;

use crate::App;
use crate::jobs::Job;

/// Whoever took the case on has said yes; whoever else was asked need not answer any more;
/// what has become urgent does not wait for the next batch.
pub(crate) fn note(
    app: &App,
    tx: &mut Tx<'_>,
    (kind, decision): (&Kind, &Decision),
    now: Timestamp,
) -> Result<(), DbError> {
    let Some(matching) = &kind.matching else {
        return Ok(());
    };
    let after = &decision.after;
    let is_accepted = decision.step == matching.accept;
    let by = match (&decision.acting, after.owner) {
        (&Acting::Person(person), _) | (_, Owner::Person(person)) => Some(person),
        _ => None,
    };
    if let Some(person) = by.filter(|_| is_accepted)
        && let Some(volunteer) = volunteers::of_person(tx, person)?
    {
        proposals::accept(tx, after.id, volunteer.id, now)?;
    }
    if matching.is_missed(&decision.step)
        && let Some(Owner::Person(person)) = after.previous_owner
        && let Some(volunteer) = volunteers::of_person(tx, person)?
    {
        proposals::miss(tx, after.id, volunteer.id)?;
    }
    let looks = decision.conversion.is_none() && matching.looks(&after.stage);
    if !looks {
        let why = match is_accepted {
            true => LapseReason::Taken,
            false => LapseReason::Over,
        };
        proposals::lapse_of_case(tx, after.id, why, now)?;
    } else if after.urgent {
        Job::AskAtOnce(after.id).enqueue(app, tx, now)?;
    }
    Ok(())
}
