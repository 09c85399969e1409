//! Tasks: what somebody higher up wants done in many places, in one act, and how it comes back.
//!
//! A task is cut into parts, one for each place. A part is reported once, by whoever answers for
//! the place, and struck off by the level above; what lies over other parts is never reported
//! again, but summed up from below. One more act: a variant of [`Act`], its arm in [`decide`].

mod decide;
mod rhythm;
mod rollup;

pub use decide::{Act, PART_TEXT_CHARS_MAX, Refusal, Report, Side, decide};
pub use rhythm::{Rhythm, WORKING_DAYS_MAX};
pub use rollup::{Limits, Load, Rollup};

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::id::{PersonId, PostId, TaskId, TaskRuleId, UnitId};
use crate::person::Role;
use crate::place::{Level, PlaceCode};
use crate::worded::worded;

worded! {
    /// How much a task weighs.
    Sort {
        Regular = "regular",
        Key = "key",
        /// It is told at once, and may go beyond the limit for a reason.
        Urgent = "urgent",
    }
}

worded! {
    /// What is wanted as evidence.
    Want {
        Text = "text",
        Number = "number",
        Photo = "photo",
    }
}

worded! {
    /// How a part stands. That it is late is a matter of time, not a state.
    State {
        Given = "given",
        /// Whoever has it knows of it.
        Noted = "noted",
        Reported = "reported",
        SentBack = "sent-back",
        /// Struck off.
        Verified = "verified",
        /// It is done when all its parts below are.
        BrokenDown = "broken-down",
        Withdrawn = "withdrawn",
    }
}

impl State {
    /// Whether whoever answers for the place has something to do.
    pub fn is_to_do(self) -> bool {
        matches!(self, State::Given | State::Noted | State::SentBack)
    }

    /// Whether it lies on somebody's desk.
    pub fn is_open(self) -> bool {
        self.is_to_do() || self == State::Reported
    }
}

/// What is wanted as evidence, and in what a number is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    pub wants: BTreeSet<Want>,
    /// Empty when no number is wanted.
    pub counted_in: String,
}

impl Evidence {
    pub fn wants(&self, want: Want) -> bool {
        self.wants.contains(&want)
    }

    /// The wants in one text, as the database keeps them.
    pub fn words(&self) -> String {
        let words: Vec<&str> = self.wants.iter().map(|want| want.word()).collect();
        words.join(" ")
    }

    /// The same, read again; what is no want is none.
    pub fn of(words: &str, counted_in: String) -> Evidence {
        Evidence {
            wants: words
                .split(' ')
                .filter_map(|word| word.parse().ok())
                .collect(),
            counted_in,
        }
    }
}

/// That a task was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    pub at: Timestamp,
    pub why: String,
}

/// A task as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub id: TaskId,
    pub sort: Sort,
    pub title: String,
    /// When it counts as done.
    pub standard: String,
    pub evidence: Evidence,
    /// Below this place its parts lie.
    pub place: PlaceCode,
    /// How far down it was given.
    pub level: Level,
    /// The last day.
    pub due_on: Date,
    pub given_at: Timestamp,
    pub given_unit: UnitId,
    pub given_post: PostId,
    /// How many parts it had when it was given.
    pub part_count: i64,
    /// Why it was given to desks on which enough lay already.
    pub over_limit_for: Option<String>,
    /// The rule by which it came.
    pub rule: Option<TaskRuleId>,
    /// Whose post it is meant for in each place; none is everybody who reports for it.
    pub role: Option<Role>,
    pub withdrawn: Option<Withdrawn>,
}

impl Task {
    /// Whether what is still open on this day is late.
    pub fn is_late_on(&self, day: Date) -> bool {
        day > self.due_on
    }
}

/// What one place has to do of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub task: TaskId,
    pub place: PlaceCode,
    /// The part that it was cut out of; none when it came from the giver.
    pub above: Option<PlaceCode>,
    /// The unit that answers for it.
    pub unit: UnitId,
    pub state: State,
    /// What was reported last.
    pub amount: Option<i64>,
    /// Who reported it last.
    pub reported_by: Option<PersonId>,
    /// The number of the last entry of its history; none has been made when it is 0.
    pub version: i64,
    pub changed_at: Timestamp,
}

/// One line of the history of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub number: i64,
    /// The state to which it led.
    pub state: State,
    pub at: Timestamp,
    pub post: PostId,
    pub says: String,
    pub amount: Option<i64>,
}
