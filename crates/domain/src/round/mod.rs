//! Rounds: what is looked at in which sort of spot, how often, and in which order one walks.
//!
//! A round looks at places, never at people: what is kept says which spot was seen when and by
//! which unit, and not who stood there.

mod walk;

pub use walk::{Stop, walk};

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::CaseId;
use crate::names::Names;
use crate::sample::{Sample, Side};
use crate::series::next_after;
use crate::unit::ItemCode;
use crate::worded::worded;

worded! {
    /// What sort of spot it is; a checklist is for one of them.
    SpotSort {
        Stairwell = "stairwell",
        Restaurant = "restaurant",
        Shop = "shop",
        Playground = "playground",
        BoilerRoom = "boiler-room",
        ConstructionSite = "construction-site",
        Road = "road",
        Other = "other",
    }
}

worded! {
    /// How often a round comes by itself; after a storm it comes when somebody says so.
    Every {
        Day = "day",
        Week = "week",
        Month = "month",
        Storm = "storm",
    }
}

impl Every {
    /// The first day after `day` that is a round's, before days off are looked at; none when
    /// none comes by itself.
    pub fn after(self, first: Date, day: Date) -> Option<Date> {
        let times = |count: i32| match self {
            Every::Day => count.days(),
            Every::Week => (7 * count).days(),
            Every::Month | Every::Storm => count.months(),
        };
        (self != Every::Storm).then(|| next_after(first, day, times))
    }

    /// The last day on which a round of this day is in time; the others are missed after it.
    pub fn until(self, day: Date) -> Date {
        let span = match self {
            Every::Day => 0.days(),
            Every::Week => 4.days(),
            Every::Month => 13.days(),
            Every::Storm => 2.days(),
        };
        day.saturating_add(span)
    }
}

worded! {
    /// What somebody says of one line.
    Mark {
        Ok = "ok",
        NotOk = "not-ok",
        /// Not looked at: there is none here, or it could not be seen.
        None = "none",
    }
}

worded! {
    /// Which meeting it is that looks at what was found.
    MeetingSort {
        /// The community alone.
        Weekly = "weekly",
        /// With the departments, once a month.
        Joint = "joint",
    }
}

impl MeetingSort {
    /// How many days the first one of its sort looks back.
    pub fn days(self) -> i64 {
        match self {
            MeetingSort::Weekly => 7,
            MeetingSort::Joint => 31,
        }
    }
}

/// Whether a photo is wanted when something is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Photo {
    #[default]
    Welcome,
    Wanted,
}

/// One line of a checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Stays the same from version to version, so that what comes back is known.
    pub code: String,
    pub check: Names,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<Names>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong: Option<Names>,
    /// How it looks when it is right, and when it is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right_picture: Option<Sample>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong_picture: Option<Sample>,
    /// The item of the duty list that says who mends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemCode>,
    /// How serious it is: a word of the kind that takes findings.
    #[serde(default)]
    pub weight: String,
    #[serde(default)]
    pub photo: Photo,
}

impl Line {
    /// Its picture of this side.
    pub fn picture(&self, side: Side) -> Option<&Sample> {
        match side {
            Side::Right => self.right_picture.as_ref(),
            Side::Wrong => self.wrong_picture.as_ref(),
        }
    }
}

/// What was seen of one line: the mark, and the case that a fault became or was already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub mark: Mark,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub says: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
}

/// Every line's mark, by its code.
pub type Marks = BTreeMap<String, Seen>;

/// How a round stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Open,
    /// Its days are over and not everything was seen.
    Missed,
    Done,
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
            (Every::Day, "2026-03-01", "2026-03-01", Some("2026-03-02")),
            (Every::Day, "2026-03-05", "2026-03-01", Some("2026-03-05")),
            (Every::Week, "2026-03-02", "2026-03-10", Some("2026-03-16")),
            (Every::Month, "2026-01-31", "2026-01-31", Some("2026-02-28")),
            (Every::Month, "2026-01-31", "2026-02-28", Some("2026-03-31")),
            (Every::Storm, "2026-01-31", "2026-02-28", None),
        ] {
            assert_eq!(
                every.after(day(first), day(after)),
                next.map(day),
                "{every:?}"
            );
        }
        assert_eq!(Every::Week.until(day("2026-03-02")), day("2026-03-06"));
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        for sort in SpotSort::ALL {
            assert_eq!(sort.word().parse(), Ok(*sort));
        }
        assert_eq!("year".parse::<Every>(), Err(()));
        assert_eq!("not-ok".parse(), Ok(Mark::NotOk));
    }
}
