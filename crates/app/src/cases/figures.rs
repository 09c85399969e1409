//! Counts of what happens, kept in the transaction in which it happens.

use huiyin_domain::case::{Decision, Kind};
use huiyin_domain::planted::{self, Fault};
use huiyin_store::rollups::{self, Count};
use huiyin_store::{DbError, Tx};
use jiff::Timestamp;

use crate::Config;

/// What is counted. The words are the `measure` of the rollups.
pub mod measure {
    /// Cases that came in.
    pub const OPENED: &str = "opened";
    /// Cases that got their answer and were closed.
    pub const CLOSED: &str = "closed";
    /// Of the closed ones: those whose outcome counts as solved.
    pub const SOLVED: &str = "solved";
    /// Closed cases that were opened again.
    pub const REOPENED: &str = "reopened";
    /// Steps taken because a clock ran out.
    pub const OVERDUE: &str = "overdue";
}

/// Counts what a step changed.
pub(crate) fn count(
    tx: &mut Tx<'_>,
    config: &Config,
    (kind, decision): (&Kind, &Decision),
    was_closed: bool,
    now: Timestamp,
) -> Result<(), DbError> {
    let after = &decision.after;
    let is_closed = after.closed_at.is_some();
    let solved = || {
        let outcome = after.outcome.as_deref().and_then(|name| kind.outcome(name));
        outcome.is_some_and(|outcome| outcome.solved)
    };
    let happened = [
        (measure::OPENED, decision.from.is_none()),
        (measure::CLOSED, is_closed && !was_closed),
        (measure::SOLVED, is_closed && !was_closed && solved()),
        (
            measure::REOPENED,
            was_closed && !is_closed && !planted::is(Fault::CountDrifts),
        ),
        (
            measure::OVERDUE,
            decision.acting == huiyin_domain::case::Acting::Clock,
        ),
    ];
    for (measure, _) in happened.into_iter().filter(|(_, happened)| *happened) {
        let count = Count {
            day: config.day(now),
            kind: &after.kind,
            place: &after.place,
            unit: after.owner.unit(),
            measure,
            amount: 1,
        };
        rollups::add(tx, &count)?;
    }
    Ok(())
}
