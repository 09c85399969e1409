//! What comes back: every week, every other week, every month.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// How often something comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Every {
    Week,
    Fortnight,
    Month,
}

impl Every {
    pub const ALL: [Every; 3] = [Every::Week, Every::Fortnight, Every::Month];

    /// Its word in kinds and tables.
    pub fn word(self) -> &'static str {
        match self {
            Every::Week => "week",
            Every::Fortnight => "fortnight",
            Every::Month => "month",
        }
    }

    fn times(self, count: i32) -> Span {
        match self {
            Every::Week => (7 * count).days(),
            Every::Fortnight => (14 * count).days(),
            Every::Month => count.months(),
        }
    }

    /// The first of its days after `day`, counted from the first of all. What is said of the
    /// thirty-first comes on the last day of a shorter month, and on the thirty-first again.
    pub fn after(self, first: Date, day: Date) -> Date {
        next_after(first, day, |count| self.times(count))
    }
}

/// The first day after `day` of those that come again and again, counted from the first of all.
pub(crate) fn next_after(first: Date, day: Date, times: impl Fn(i32) -> Span) -> Date {
    let (mut count, mut next) = (0, first);
    while next <= day {
        count += 1;
        next = first.saturating_add(times(count));
        if next == Date::MAX {
            break;
        }
    }
    next
}

impl std::str::FromStr for Every {
    type Err = crate::menu::BadWord;

    fn from_str(text: &str) -> Result<Every, Self::Err> {
        let mut all = Every::ALL.into_iter();
        all.find(|every| every.word() == text)
            .ok_or(crate::menu::BadWord)
    }
}

/// That something shall come back, and from which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeats {
    pub every: Every,
    pub first_on: Date,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_next_day_is_counted_from_the_first() {
        for (every, first, after, next) in [
            (Every::Week, "2026-12-01", "2026-11-30", "2026-12-01"),
            (Every::Week, "2026-12-01", "2026-12-01", "2026-12-08"),
            (Every::Week, "2026-12-01", "2026-12-20", "2026-12-22"),
            (Every::Fortnight, "2026-12-01", "2026-12-01", "2026-12-15"),
            (Every::Month, "2027-01-31", "2027-01-31", "2027-02-28"),
            (Every::Month, "2027-01-31", "2027-02-28", "2027-03-31"),
        ] {
            assert_eq!(every.after(day(first), day(after)), day(next), "{every:?}");
        }
        assert_eq!("fortnight".parse(), Ok(Every::Fortnight));
        assert!("year".parse::<Every>().is_err());
    }
}
