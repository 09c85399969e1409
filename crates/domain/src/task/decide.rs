//! What becomes of a part: pure, from how it stands and who acts.

use crate::id::PersonId;

use super::{Part, State, Task, Want};

/// The longest text of a report or a reason.
pub const PART_TEXT_CHARS_MAX: usize = 1_000;
/// No number of a report is larger: it is a slip.
const AMOUNT_MAX: i64 = 1_000_000_000;

/// What was done, as it is reported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub says: String,
    pub amount: Option<i64>,
    /// How many photos came with it.
    pub photos: usize,
}

/// What somebody wants to do with a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act<'a> {
    /// Say that it is known.
    Note,
    Report(&'a Report),
    /// Strike it off, as reported with this entry.
    Verify {
        version: i64,
    },
    SendBack {
        version: i64,
        why: &'a str,
    },
    /// Cut it into so many parts for the places below.
    BreakDown {
        parts: usize,
    },
}

/// Who acts, as they stand to the part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side {
    pub person: Option<PersonId>,
    /// They answer for the place.
    pub answers: bool,
    /// They are of the unit above, or of the one that gave the task.
    pub verifies: bool,
}

/// Why it is not done, in order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NotYours,
    Withdrawn,
    /// It is summed up from below, and done by nobody by hand.
    BrokenDown,
    Verified,
    /// Somebody reported it before.
    Reported,
    NotReported,
    /// It was reported anew since the page was drawn.
    Stale,
    /// Nobody strikes off what they reported themselves.
    Own,
    Missing(Want),
    AmountWrong,
    TooLong(&'static str),
    NoReason,
    NothingBelow,
}

impl Refusal {
    /// The key of its sentence, behind `refused-` or, for what is wrong in a field, as it is.
    pub fn key(self) -> &'static str {
        match self {
            Refusal::NotYours => "task-not-yours",
            Refusal::Withdrawn => "task-withdrawn",
            Refusal::BrokenDown => "task-broken-down",
            Refusal::Verified => "task-verified",
            Refusal::Reported => "task-reported",
            Refusal::NotReported => "task-not-reported",
            Refusal::Stale => "task-stale",
            Refusal::Own => "task-own-report",
            Refusal::NothingBelow => "task-nothing-below",
            Refusal::Missing(_) | Refusal::NoReason => "fault-required",
            Refusal::AmountWrong => "fault-task-amount",
            Refusal::TooLong(_) => "fault-too-long",
        }
    }

    /// The field in which something is wrong.
    pub fn field(self) -> Option<&'static str> {
        match self {
            Refusal::Missing(Want::Text) => Some("says"),
            Refusal::TooLong(field) => Some(field),
            Refusal::Missing(Want::Number) | Refusal::AmountWrong => Some("amount"),
            Refusal::Missing(Want::Photo) => Some("photo"),
            Refusal::NoReason => Some("why"),
            _ => None,
        }
    }
}

/// How the part stands afterwards.
pub fn decide(task: &Task, part: &Part, side: Side, act: Act<'_>) -> Result<State, Refusal> {
    let is_permitted = match act {
        Act::Note | Act::Report(_) | Act::BreakDown { .. } => side.answers,
        Act::Verify { .. } | Act::SendBack { .. } => side.verifies,
    };
    if !is_permitted {
        return Err(Refusal::NotYours);
    }
    if task.withdrawn.is_some() {
        return Err(Refusal::Withdrawn);
    }
    match part.state {
        State::Withdrawn => return Err(Refusal::Withdrawn),
        State::BrokenDown => return Err(Refusal::BrokenDown),
        State::Verified => return Err(Refusal::Verified),
        State::Given | State::Noted | State::SentBack | State::Reported => {}
    }
    let is_reported = part.state == State::Reported;
    match act {
        Act::Note | Act::Report(_) | Act::BreakDown { .. } if is_reported => Err(Refusal::Reported),
        // What was missing stays to be read.
        Act::Note if part.state == State::SentBack => Ok(State::SentBack),
        Act::Note => Ok(State::Noted),
        Act::Report(report) => is_complete(task, report).map(|()| State::Reported),
        Act::BreakDown { parts: 0 } => Err(Refusal::NothingBelow),
        Act::BreakDown { .. } => Ok(State::BrokenDown),
        Act::Verify { .. } | Act::SendBack { .. } if !is_reported => Err(Refusal::NotReported),
        Act::Verify { version } => judged(part, side, version).map(|()| State::Verified),
        Act::SendBack { version, why } => {
            judged(part, side, version)?;
            match why.trim() {
                "" => Err(Refusal::NoReason),
                why if why.chars().count() > PART_TEXT_CHARS_MAX => Err(Refusal::TooLong("why")),
                _ => Ok(State::SentBack),
            }
        }
    }
}

fn judged(part: &Part, side: Side, version: i64) -> Result<(), Refusal> {
    if part.version != version {
        return Err(Refusal::Stale);
    }
    match part.reported_by.is_some() && part.reported_by == side.person {
        true => Err(Refusal::Own),
        false => Ok(()),
    }
}

fn is_complete(task: &Task, report: &Report) -> Result<(), Refusal> {
    let wants = |want| task.evidence.wants(want);
    if wants(Want::Text) && report.says.trim().is_empty() {
        return Err(Refusal::Missing(Want::Text));
    }
    if report.says.chars().count() > PART_TEXT_CHARS_MAX {
        return Err(Refusal::TooLong("says"));
    }
    match report.amount {
        None if wants(Want::Number) => return Err(Refusal::Missing(Want::Number)),
        Some(amount) if !(0..=AMOUNT_MAX).contains(&amount) => return Err(Refusal::AmountWrong),
        _ => {}
    }
    match wants(Want::Photo) && report.photos == 0 {
        true => Err(Refusal::Missing(Want::Photo)),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests;
