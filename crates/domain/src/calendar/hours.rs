//! The hours of one day: `09:00-12:00 14:00-18:00`.

use serde::{Deserialize, Serialize};

const MINUTES_OF_DAY: u16 = 24 * 60;
/// Nobody opens and closes more often in a day.
const INTERVALS_MAX: usize = 8;

/// From a minute of the day up to another, the later one not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    from: u16,
    to: u16,
}

impl Interval {
    /// The minute of the day at which it opens.
    pub fn from(self) -> u16 {
        self.from
    }

    /// The minute of the day at which it closes; 1440 is the end of the day.
    pub fn to(self) -> u16 {
        self.to
    }
}

impl std::fmt::Display for Interval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (from, to) = (self.from, self.to);
        let (open, close) = ((from / 60, from % 60), (to / 60, to % 60));
        write!(f, "{:02}:{:02}-", open.0, open.1)?;
        write!(f, "{:02}:{:02}", close.0, close.1)
    }
}

/// When a day is open: intervals in order, none touching the next. Empty is a day off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hours(Vec<Interval>);

/// Why a text is not the hours of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadHours {
    #[error("not hours: write them as 09:00-12:00 14:00-18:00")]
    Unreadable,
    #[error("an interval ends before it begins")]
    Backwards,
    #[error("two intervals overlap")]
    Overlap,
    #[error("more than {INTERVALS_MAX} intervals")]
    TooMany,
}

impl Hours {
    /// Closed all day.
    pub const NONE: Hours = Hours(Vec::new());

    /// Whether the day is off.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The intervals, earliest first.
    pub fn intervals(&self) -> &[Interval] {
        &self.0
    }

    /// How many minutes the day is open.
    pub fn minutes(&self) -> u32 {
        let minutes = |interval: &Interval| u32::from(interval.to - interval.from);
        self.0.iter().map(minutes).sum()
    }

    fn new(mut intervals: Vec<Interval>) -> Result<Hours, BadHours> {
        if intervals.iter().any(|one| one.from >= one.to) {
            return Err(BadHours::Backwards);
        }
        intervals.sort_unstable();
        let mut joined: Vec<Interval> = Vec::with_capacity(intervals.len());
        for next in intervals {
            match joined.last_mut() {
                Some(last) if next.from < last.to => return Err(BadHours::Overlap),
                Some(last) if next.from == last.to => last.to = next.to,
                _ => joined.push(next),
            }
        }
        match joined.len() > INTERVALS_MAX {
            true => Err(BadHours::TooMany),
            false => Ok(Hours(joined)),
        }
    }
}

impl std::str::FromStr for Hours {
    type Err = BadHours;

    /// Forgives what a keyboard for Chinese writes, and missing minutes: `9－12、14：30－18`.
    fn from_str(text: &str) -> Result<Hours, BadHours> {
        let plain: String = text
            .chars()
            .map(|c| match c {
                '：' => ':',
                '–' | '—' | '－' | '~' | '～' | '至' => '-',
                ',' | '，' | ';' | '；' | '、' => ' ',
                c => char_of_width(c),
            })
            .collect();
        // A hyphen may stand between spaces.
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = plain.replace(" -", "-").replace("- ", "-");
        let read = |text: &str| {
            let (from, to) = text.split_once('-').ok_or(BadHours::Unreadable)?;
            Ok(Interval {
                from: minute(from).ok_or(BadHours::Unreadable)?,
                to: minute(to).ok_or(BadHours::Unreadable)?,
            })
        };
        let intervals: Result<Vec<Interval>, BadHours> =
            plain.split_whitespace().map(read).collect();
        Hours::new(intervals?)
    }
}

/// A full-width digit as a plain one.
fn char_of_width(c: char) -> char {
    match c {
        '０'..='９' => {
            char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c)
        }
        c => c,
    }
}

/// `9`, `09:00` or `24:00` as a minute of the day.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':').unwrap_or((text, "0"));
    let digits = |text: &str| {
        let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    let at = hour * 60 + minute;
    (minute < 60 && at <= MINUTES_OF_DAY).then_some(at)
}

impl std::fmt::Display for Hours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, interval) in self.0.iter().enumerate() {
            let space = if place == 0 { "" } else { " " };
            write!(f, "{space}{interval}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for Hours {
    type Error = BadHours;
    fn try_from(text: String) -> Result<Hours, BadHours> {
        text.parse()
    }
}

impl From<Hours> for String {
    fn from(hours: Hours) -> String {
        hours.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_write_them() {
        for (text, expected) in [
            ("09:00-12:00 14:00-18:00", "09:00-12:00 14:00-18:00"),
            ("14-18, 9:00 – 12", "09:00-12:00 14:00-18:00"),
            (
                "９：３０至１２：００、14：00～18：00",
                "09:30-12:00 14:00-18:00",
            ),
            ("00:00-12:00 12:00-24:00", "00:00-24:00"),
            (" ", ""),
        ] {
            let hours: Hours = text.parse().unwrap();
            assert_eq!(hours.to_string(), expected, "{text}");
            assert_eq!(hours.to_string().parse(), Ok(hours));
        }
        for (text, expected) in [
            ("soon", BadHours::Unreadable),
            ("9", BadHours::Unreadable),
            ("9-", BadHours::Unreadable),
            ("9:60-10", BadHours::Unreadable),
            ("9-24:01", BadHours::Unreadable),
            ("009-10", BadHours::Unreadable),
            ("-9-10", BadHours::Unreadable),
            ("12-9", BadHours::Backwards),
            ("9-9", BadHours::Backwards),
            ("9-12 11-13", BadHours::Overlap),
            (
                "0-1 2-3 4-5 6-7 8-9 10-11 12-13 14-15 16-17",
                BadHours::TooMany,
            ),
        ] {
            assert_eq!(text.parse::<Hours>(), Err(expected), "{text}");
        }
    }

    #[test]
    fn a_day_has_its_length() {
        let day: Hours = "9-12 14-18".parse().unwrap();
        assert_eq!((day.minutes(), Hours::NONE.minutes()), (7 * 60, 0));
        assert!(Hours::NONE.is_empty() && !day.is_empty());
    }
}
