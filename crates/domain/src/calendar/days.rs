//! Special days: days off, and rest days on which people work.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::hours::Hours;
use crate::names::Names;

/// What a special day is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Nobody works.
    Off,
    /// People work: within these hours, or else within those of the weekday (those of an
    /// ordinary workday when the weekday has none). So a swapped workday works.
    Working(Option<Hours>),
}

impl What {
    /// The word for it in files and columns.
    pub fn word(&self) -> &'static str {
        match self {
            What::Off => "off",
            What::Working(_) => "working",
        }
    }

    /// From a column's word and hours; none when they do not fit together.
    pub fn from_parts(word: &str, hours: Option<Hours>) -> Option<What> {
        match (word, hours) {
            ("off", None) => Some(What::Off),
            ("working", hours) if hours.as_ref().is_none_or(|hours| !hours.is_empty()) => {
                Some(What::Working(hours))
            }
            _ => None,
        }
    }

    /// Hours of its own.
    pub fn hours(&self) -> Option<&Hours> {
        match self {
            What::Off => None,
            What::Working(hours) => hours.as_ref(),
        }
    }
}

/// A day that is not like others of its weekday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialDay {
    pub date: Date,
    pub what: What,
    /// What it is called; may be empty.
    pub names: Names,
}

/// One layer of special days; one for each date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Days(BTreeMap<Date, SpecialDay>);

impl Days {
    /// Adds a day, or puts it in the place of the one that has its date.
    pub fn put(&mut self, day: SpecialDay) {
        self.0.insert(day.date, day);
    }

    pub fn get(&self, date: Date) -> Option<&SpecialDay> {
        self.0.get(&date)
    }

    /// All of them by date.
    pub fn iter(&self) -> impl Iterator<Item = &SpecialDay> {
        self.0.values()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Lays another layer over this one.
    pub fn cover(&mut self, upper: &Days) {
        self.0
            .extend(upper.iter().map(|day| (day.date, day.clone())));
    }
}

impl FromIterator<SpecialDay> for Days {
    fn from_iter<I: IntoIterator<Item = SpecialDay>>(days: I) -> Days {
        Days(days.into_iter().map(|day| (day.date, day)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_hours_fit_together() {
        let hours = || Some("9-12".parse::<Hours>().unwrap());
        assert_eq!(What::from_parts("off", None), Some(What::Off));
        assert_eq!(What::from_parts("off", hours()), None);
        assert_eq!(What::from_parts("working", Some(Hours::NONE)), None);
        assert_eq!(What::from_parts("rest", None), None);
        for what in [What::Off, What::Working(None), What::Working(hours())] {
            let again = What::from_parts(what.word(), what.hours().cloned());
            assert_eq!(again, Some(what));
        }
    }
}
