//! Clocks and terms as a kind declares them: how long something may take, what is warned of
//! before, what happens when the time is over.

use crate::calendar::Span;
use crate::norm::Line;

/// What a clock runs against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockOf {
    /// The owner of the case.
    Case,
    /// Each called unit by itself.
    Call,
}

/// How much time is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// When nothing nearer holds.
    pub time: Span,
    /// When the case is urgent.
    pub urgent: Option<Span>,
    /// Whether the limit of the duty list goes first, when it has one.
    pub by_duty: bool,
    /// Whether a published norm goes first, when there is one that fits.
    pub by_norm: bool,
    /// The norms that come with the kind; they hold from the beginning.
    pub norms: Vec<Line>,
}

/// A step taken before the time is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// How much of the time has passed then, in hundredths.
    pub percent: u8,
    pub then: String,
}

/// A clock that goes on with what was left when the case comes back to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keeps {
    /// What whoever gets it late has at least.
    pub least: Option<Span>,
}

/// How long a stage may take, and what happens then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    pub name: String,
    pub of: ClockOf,
    pub allowance: Allowance,
    /// The earliest first.
    pub warnings: Vec<Warning>,
    pub keeps: Option<Keeps>,
    /// The step taken when it runs out.
    pub then: String,
    /// What follows when `then` has been taken often enough.
    pub last: Option<Last>,
}

/// The end of a clock's patience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    /// How often the step `then` is taken before.
    pub times: u32,
    pub step: String,
}

/// What is promised to whoever brought a case in, whoever has it meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermRule {
    pub name: String,
    pub allowance: Allowance,
    /// The steps of which the first makes the promise; none when opening does. Its time counts
    /// from the opening all the same.
    pub since: Vec<String>,
    /// The steps that keep it.
    pub met_by: Vec<String>,
    /// Whether it stands and is extended together with the clock of the case.
    pub moves: bool,
}

/// No clock runs longer than a year, however often it has run out.
const MINUTES_MAX: u32 = 366 * 24 * 60;
/// The working days of a year.
const WORKING_DAYS_MAX: u32 = 261;

impl Clock {
    /// The step taken when it runs out for the first (`round` 0), second, third time in a row.
    pub fn step_at(&self, round: u32) -> &str {
        match &self.last {
            Some(last) if round >= last.times => &last.step,
            _ => &self.then,
        }
    }

    /// Every step that it may take when it runs out.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        let last = self.last.as_ref().map(|last| last.step.as_str());
        std::iter::once(self.then.as_str()).chain(last)
    }

    /// How long it runs: each time in a row twice as long as the time before.
    pub fn limit_at(round: u32, limit: Span) -> Span {
        let longer = 1_u32.checked_shl(round).unwrap_or(u32::MAX);
        let twice = |length: u32, max: u32| length.saturating_mul(longer).min(length.max(max));
        match limit {
            Span::Natural { minutes } => Span::Natural {
                minutes: twice(minutes, MINUTES_MAX),
            },
            Span::Working { minutes } => Span::Working {
                minutes: twice(minutes, MINUTES_MAX),
            },
            Span::WorkingDays { days } => Span::WorkingDays {
                days: twice(days, WORKING_DAYS_MAX),
            },
        }
    }
}

impl Warning {
    /// How much of `whole` is left when it is due.
    pub fn rest_of(&self, whole: std::time::Duration) -> std::time::Duration {
        let rest = u128::from(100_u8.saturating_sub(self.percent));
        let micros = whole.as_micros() * rest / 100;
        std::time::Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX))
    }
}
