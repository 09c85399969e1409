//! Free time: which parts of which days of the week, and the days that differ.
//!
//! Twenty-one yes-or-no answers, kept as the bits of one number, so that ten thousand
//! volunteers are looked through without a join.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::worded::worded;

worded! {
    /// A part of a day.
    DayPart {
        Morning = "morning",
        Afternoon = "afternoon",
        Evening = "evening",
    }
}

const PARTS: u32 = 3;
const DAY: u32 = 0b111;
const WEEK: u32 = (1 << (7 * PARTS)) - 1;

/// The parts of one day in which somebody is free.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FreeParts(u32);

impl FreeParts {
    /// Whether this part is free.
    pub fn has(self, part: DayPart) -> bool {
        self.0 & (1 << part as u32) != 0
    }

    /// The same with this part free.
    #[must_use]
    pub fn with(self, part: DayPart) -> FreeParts {
        FreeParts(self.0 | (1 << part as u32))
    }

    /// The number in which they are kept.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// The parts kept in a number; none when it is no such number.
    pub fn from_bits(bits: i64) -> Option<FreeParts> {
        let bits = u32::try_from(bits).ok()?;
        (bits <= DAY).then_some(FreeParts(bits))
    }
}

/// A day that differs from the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeDay {
    pub day: Date,
    pub parts: FreeParts,
}

/// The parts of each day of the week in which somebody is free.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FreeWeek(u32);

impl FreeWeek {
    /// The days of the week in the order of the page.
    pub const DAYS: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// What is free on this day of the week.
    pub fn on(self, day: Weekday) -> FreeParts {
        FreeParts((self.0 >> shift(day)) & DAY)
    }

    /// The same with this part of this day free.
    #[must_use]
    pub fn with(self, day: Weekday, part: DayPart) -> FreeWeek {
        FreeWeek(self.0 | (1 << (shift(day) + part as u32)))
    }

    /// Whether nothing is free: they say so each time.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The number in which it is kept.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// The week kept in a number; none when it is no such number.
    pub fn from_bits(bits: i64) -> Option<FreeWeek> {
        let bits = u32::try_from(bits).ok()?;
        (bits <= WEEK).then_some(FreeWeek(bits))
    }
}

fn shift(day: Weekday) -> u32 {
    u32::from(day.to_monday_zero_offset().unsigned_abs()) * PARTS
}
