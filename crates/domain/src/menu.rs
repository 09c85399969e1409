//! The menu of a community: the services that residents can order there.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::MenuServiceId;
use crate::names::Names;
use crate::place::PlaceCode;

/// Where a service is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Venue {
    /// At the door of whoever ordered it.
    Home,
    /// At a place of the community.
    Community,
    /// By telephone or online.
    Remote,
}

/// Whether helpers come in twos.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pairs {
    Never,
    /// The first visit; whoever is known already may come alone.
    First,
    Always,
}

macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            /// Every one, in the order of the pages.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// Its word in forms and tables.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadWord;
            fn from_str(text: &str) -> Result<Self, BadWord> {
                match text { $($word => Ok($name::$variant),)+ _ => Err(BadWord) }
            }
        }
    };
}

/// Not one of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such word")]
pub struct BadWord;

words!(Venue { Home = "home", Community = "community", Remote = "remote" });
words!(Pairs { Never = "never", First = "first", Always = "always" });

/// A day of any year, `11-15`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearDay {
    pub month: i8,
    pub day: i8,
}

impl std::fmt::Display for YearDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl std::str::FromStr for YearDay {
    type Err = BadWord;

    fn from_str(text: &str) -> Result<YearDay, BadWord> {
        let (month, day) = text.trim().split_once('-').ok_or(BadWord)?;
        let number = |text: &str| text.parse::<i8>().map_err(|_| BadWord);
        let (month, day) = (number(month)?, number(day)?);
        // A year with a twenty-ninth of February: every day that some year has.
        Date::new(2024, month, day).map_err(|_| BadWord)?;
        Ok(YearDay { month, day })
    }
}

/// The part of the year in which a service is offered; it may go over New Year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Season {
    pub from: YearDay,
    pub to: YearDay,
}

impl Season {
    pub fn has(&self, day: Date) -> bool {
        let day = YearDay {
            month: day.month(),
            day: day.day(),
        };
        match self.from <= self.to {
            true => self.from <= day && day <= self.to,
            false => self.from <= day || day <= self.to,
        }
    }
}

/// What a line of the menu says, each in several languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Says {
    pub name: Names,
    /// What is done.
    #[serde(default)]
    pub about: Names,
    /// Who comes: what they can do.
    #[serde(default)]
    pub who: Names,
    /// What must be there.
    #[serde(default)]
    pub needed: Names,
    /// What is not promised.
    #[serde(default)]
    pub not_promised: Names,
    /// At what hours.
    #[serde(default)]
    pub hours: Names,
}

/// One line of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    pub id: MenuServiceId,
    /// Whose menu it is; it is offered everywhere within.
    pub place: PlaceCode,
    /// Where it stands on the menu.
    pub position: i64,
    pub says: Says,
    /// Words for what a helper must be able to do.
    pub skills: Vec<String>,
    pub minutes: Option<i64>,
    pub venue: Venue,
    pub pairs: Pairs,
    pub season: Option<Season>,
    /// Not offered since then, until it is opened again.
    pub closed_at: Option<Timestamp>,
    pub version: i64,
}

impl Service {
    /// Whether it can be ordered in this place on this day.
    pub fn is_offered(&self, place: &PlaceCode, day: Date) -> bool {
        self.closed_at.is_none()
            && place.is_within(&self.place)
            && self.season.is_none_or(|season| season.has(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> YearDay {
        text.parse().unwrap()
    }

    #[test]
    fn a_season_may_go_over_new_year() {
        let winter = Season {
            from: day("11-15"),
            to: day("03-15"),
        };
        let on = |text: &str| winter.has(text.parse().unwrap());
        assert!(on("2026-11-15") && on("2026-12-31") && on("2027-03-15"));
        assert!(!on("2026-11-14") && !on("2027-03-16"));
        let summer = Season {
            from: day("06-01"),
            to: day("08-31"),
        };
        assert!(summer.has("2026-07-01".parse().unwrap()));
        assert!(!summer.has("2026-12-01".parse().unwrap()));
    }

    #[test]
    fn days_that_no_year_has_are_refused() {
        for text in ["", "1", "13-01", "02-30", "x-y"] {
            assert_eq!(text.parse::<YearDay>(), Err(BadWord), "{text}");
        }
        assert_eq!(day("2-29").to_string(), "02-29");
        assert_eq!("home".parse(), Ok(Venue::Home));
        assert_eq!("two".parse::<Pairs>(), Err(BadWord));
    }
}
