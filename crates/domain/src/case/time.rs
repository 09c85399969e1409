//! Time as clocks count it: natural time passes day and night, working time only while the
//! people who must act are there.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Span};

/// How a clock counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    #[default]
    Natural,
    Working,
}

impl Measure {
    /// How a limit is counted. Working days end with the day; what is left of them is told
    /// in working hours.
    pub fn of(limit: Span) -> Measure {
        match limit {
            Span::Natural { .. } => Measure::Natural,
            Span::Working { .. } | Span::WorkingDays { .. } => Measure::Working,
        }
    }

    /// How much time lies between two instants; none when `to` is not later.
    ///
    /// Where nobody works for twenty years there is no working time to count by, and natural
    /// time passes.
    pub fn between(self, calendar: &Calendar, from: Timestamp, to: Timestamp) -> Duration {
        let natural = || to.duration_since(from).max(jiff::SignedDuration::ZERO);
        let between = match self {
            Measure::Natural => natural().unsigned_abs(),
            Measure::Working => calendar
                .working_between(from, to)
                .unwrap_or_else(|_| natural().unsigned_abs()),
        };
        // The database keeps microseconds: what is cut off here is not there afterwards either.
        Duration::from_micros(u64::try_from(between.as_micros()).unwrap_or(u64::MAX))
    }

    /// The first instant at which so much time has passed.
    pub fn after(self, calendar: &Calendar, from: Timestamp, time: Duration) -> Timestamp {
        let natural = || {
            let time = jiff::SignedDuration::try_from(time).unwrap_or(jiff::SignedDuration::MAX);
            from.saturating_add(time).unwrap_or(Timestamp::MAX)
        };
        match self {
            Measure::Natural => natural(),
            Measure::Working => calendar
                .add_working(from, time)
                .unwrap_or_else(|_| natural()),
        }
    }
}

/// When a limit that begins at `from` ends.
pub fn due(calendar: &Calendar, from: Timestamp, limit: Span) -> Timestamp {
    let natural = || {
        let minutes = match limit {
            Span::Natural { minutes } | Span::Working { minutes } => i64::from(minutes),
            Span::WorkingDays { days } => i64::from(days) * 24 * 60,
        };
        super::moment::after_minutes(from, minutes)
    };
    calendar.due(from, limit).unwrap_or_else(|_| natural())
}
