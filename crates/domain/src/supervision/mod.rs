//! Why a case will be late: what a supervisor should know before it is.
//!
//! [`reasons`] looks at what is known of an open case and gives reasons from a closed list. To
//! add one: a variant of [`Reason`], its arm in [`Reason::need`], its line in [`reasons`], and
//! its sentence in the words of the pages.

use jiff::{SignedDuration, Timestamp};

use crate::case::{Call, Owner};
use crate::id::UnitId;

/// One line of a case's history, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub at: Timestamp,
    /// Whose hands it was in afterwards; none where the line does not tell.
    pub owner: Option<Owner>,
    pub stage: String,
    /// The unit that did it, if one did.
    pub unit: Option<UnitId>,
    /// Whether a clock did it.
    pub by_clock: bool,
}

/// A clock that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standstill {
    /// The word of its reason, among the choices of the kind.
    pub why: String,
    pub until: Timestamp,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Somebody on duty must do the next thing.
    OnDuty,
    /// Whoever brought it in has been answered, and says whether that will do.
    Petitioner,
}

/// What is known of an open case.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    pub owner: Owner,
    pub urgent: bool,
    pub due_at: Option<Timestamp>,
    /// When somebody of the owner last opened it.
    pub read_at: Option<Timestamp>,
    pub paused: Option<Standstill>,
    pub turn: Turn,
    /// The end of its history, the oldest first.
    pub history: &'a [Line],
    pub calls: &'a [Call],
}

/// Why a case will be late, or is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It is urgent.
    Urgent,
    /// Nobody of the owner has opened it since it came to them.
    Unread { since: Timestamp },
    /// Its clock ran out so many times in a row, and nobody took a step.
    Unmoved { times: u32 },
    /// So many times it came back to somebody who had passed it on.
    ToAndFro { times: u32 },
    /// These units should have reported by now.
    AssistLate { units: Vec<UnitId> },
    /// It has stood at the same stage for long.
    SameStage { since: Timestamp },
    /// It was answered, and waits for whoever brought it in to judge.
    TheirTurn,
    /// Its clock stands: for a part, for a person, for a court.
    Waits(Standstill),
}

/// From so many returns on a case is sent to and fro; one is everybody's right.
const RETURNS_MIN: u32 = 2;
/// A stage that takes longer than this takes long.
const LONG: SignedDuration = SignedDuration::from_hours(3 * 24);

impl Reason {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Reason::Urgent => "urgent",
            Reason::Unread { .. } => "unread",
            Reason::Unmoved { .. } => "unmoved",
            Reason::ToAndFro { .. } => "to-and-fro",
            Reason::AssistLate { .. } => "assist-late",
            Reason::SameStage { .. } => "same-stage",
            Reason::TheirTurn => "their-turn",
            Reason::Waits(_) => "waits",
        }
    }

    /// How much it asks for a supervisor. A clock that stands for a good reason asks for less
    /// than none.
    fn need(&self) -> i32 {
        match self {
            Reason::Urgent => 6,
            Reason::Unread { .. } => 5,
            Reason::Unmoved { .. } | Reason::ToAndFro { .. } => 4,
            Reason::AssistLate { .. } => 3,
            Reason::SameStage { .. } => 2,
            Reason::TheirTurn | Reason::Waits(_) => -8,
        }
    }
}

/// The reasons, those that ask most for a supervisor first.
pub fn reasons(known: &Known<'_>, now: Timestamp) -> Vec<Reason> {
    let unmoved = unmoved(known.history);
    let returns = returns(known.history);
    let late = late_units(known.calls, now);
    let mut reasons: Vec<Reason> = [
        known.urgent.then_some(Reason::Urgent),
        unread(known).map(|since| Reason::Unread { since }),
        (unmoved > 0).then_some(Reason::Unmoved { times: unmoved }),
        (returns >= RETURNS_MIN).then_some(Reason::ToAndFro { times: returns }),
        (!late.is_empty()).then_some(Reason::AssistLate { units: late }),
        same_stage(known.history)
            .filter(|_| known.turn == Turn::OnDuty)
            .filter(|since| now.duration_since(*since) >= LONG)
            .map(|since| Reason::SameStage { since }),
        (known.turn == Turn::Petitioner).then_some(Reason::TheirTurn),
        known.paused.clone().map(Reason::Waits),
    ]
    .into_iter()
    .flatten()
    .collect();
    reasons.sort_by_key(|reason| -reason.need());
    reasons
}

/// How much a case asks for a supervisor: what is late asks more than what is not yet.
pub fn need(reasons: &[Reason], due_at: Option<Timestamp>, now: Timestamp) -> i32 {
    let late = if due_at.is_some_and(|due| due < now) {
        8
    } else {
        0
    };
    late + reasons.iter().map(Reason::need).sum::<i32>()
}

/// Since when nobody of the owner has looked at it: since it came to them, if they have neither
/// opened it nor done anything to it since.
fn unread(known: &Known<'_>) -> Option<Timestamp> {
    let unit = known.owner.unit()?;
    let theirs = |line: &&Line| line.owner.is_none_or(|owner| owner == known.owner);
    let held = known.history.iter().rev().take_while(theirs);
    let held: Vec<&Line> = held.collect();
    let came = held.last()?.at;
    let is_read = known.read_at.is_some_and(|read| read >= came);
    let acted = held.iter().any(|line| line.unit == Some(unit));
    (!is_read && !acted).then_some(came)
}

/// How many lines at the end a clock wrote, without anybody between.
fn unmoved(history: &[Line]) -> u32 {
    let lines = history.iter().rev().take_while(|line| line.by_clock);
    u32::try_from(lines.count()).unwrap_or(u32::MAX)
}

/// How often it came to somebody who had had it before.
fn returns(history: &[Line]) -> u32 {
    let mut owners: Vec<Owner> = history.iter().filter_map(|line| line.owner).collect();
    owners.dedup();
    let back = (1..owners.len()).filter(|&at| owners[..at].contains(&owners[at]));
    u32::try_from(back.count()).unwrap_or(u32::MAX)
}

fn same_stage(history: &[Line]) -> Option<Timestamp> {
    let stage = &history.last()?.stage;
    let here = history.iter().rev().take_while(|line| line.stage == *stage);
    here.last().map(|line| line.at)
}

fn late_units(calls: &[Call], now: Timestamp) -> Vec<UnitId> {
    let is_late = |call: &&Call| {
        let over = call.due_at.is_some_and(|due| due < now);
        call.state.is_awaited() && (over || call.late_at.is_some())
    };
    calls.iter().filter(is_late).map(|call| call.unit).collect()
}

#[cfg(test)]
mod tests;
