//! Regular tasks come back by a rule.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::series::next_after;
use crate::worded::worded;

/// Nobody waits longer for a regular task.
pub const WORKING_DAYS_MAX: i64 = 60;

worded! {
    /// How often a regular task is given.
    Rhythm {
        Week = "week",
        Month = "month",
        Quarter = "quarter",
    }
}

impl Rhythm {
    fn times(self, count: i32) -> Span {
        match self {
            Rhythm::Week => (7 * count).days(),
            Rhythm::Month => count.months(),
            Rhythm::Quarter => (3 * count).months(),
        }
    }

    /// The first of its days after `day`, counted from the first of all.
    pub fn after(self, first: Date, day: Date) -> Date {
        next_after(first, day, |count| self.times(count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_day_is_counted_from_the_first() {
        for (rhythm, first, after, next) in [
            (Rhythm::Week, "2026-11-30", "2026-11-29", "2026-11-30"),
            (Rhythm::Week, "2026-11-30", "2026-12-01", "2026-12-07"),
            (Rhythm::Month, "2027-01-31", "2027-01-31", "2027-02-28"),
            (Rhythm::Month, "2027-01-31", "2027-02-28", "2027-03-31"),
            (Rhythm::Quarter, "2026-11-30", "2026-11-30", "2027-02-28"),
        ] {
            let day = |text: &str| -> Date { text.parse().unwrap() };
            assert_eq!(rhythm.after(day(first), day(after)), day(next));
        }
    }
}
