//! What comes back: every week, every second week, every month on the same day. Written as the
//! RRULE of a calendar (RFC 5545), of which this is a small part.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::worded::worded;

worded! {
    /// How often.
    Pattern {
        Weekly = "weekly",
        Fortnightly = "fortnightly",
        Monthly = "monthly",
    }
}

/// How often, and how many times in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    pub pattern: Pattern,
    pub times: u32,
}

impl Repeat {
    /// Half a year of weeks.
    pub const TIMES_MAX: u32 = 26;
    /// A month on its 31st is skipped where there is none; five years hold enough of them.
    const TRIES_MAX: i64 = 60;

    /// Refuses what comes back never, or for longer than half a year of weeks.
    pub fn new(pattern: Pattern, times: u32) -> Option<Repeat> {
        (2..=Repeat::TIMES_MAX)
            .contains(&times)
            .then_some(Repeat { pattern, times })
    }

    /// The days, the first among them.
    pub fn days(self, first: Date) -> Vec<Date> {
        let day = |number: i64| match self.pattern {
            Pattern::Weekly => first.checked_add(number.weeks()).ok(),
            Pattern::Fortnightly => first.checked_add((2 * number).weeks()).ok(),
            Pattern::Monthly => {
                let date = first.checked_add(number.months()).ok()?;
                (date.day() == first.day()).then_some(date)
            }
        };
        let days = (0..Repeat::TRIES_MAX).filter_map(day);
        days.take(self.times as usize).collect()
    }

    /// As calendars write it.
    pub fn rrule(self) -> String {
        let Repeat { pattern, times } = self;
        match pattern {
            Pattern::Weekly => format!("FREQ=WEEKLY;COUNT={times}"),
            Pattern::Fortnightly => format!("FREQ=WEEKLY;INTERVAL=2;COUNT={times}"),
            Pattern::Monthly => format!("FREQ=MONTHLY;COUNT={times}"),
        }
    }
}
