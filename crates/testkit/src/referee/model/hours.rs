//! Working time, counted minute by minute: slow to make, simple to believe.
//!
//! A table says for each minute of the years how many open minutes came before it. It knows of
//! the public holidays by their dates, and of hours what every office door says.

use std::sync::LazyLock;
use std::time::Duration;

use huiyin_domain::calendar::{Nation, What};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan};

/// Years that the table covers; whatever a seed plays lies within them.
const FIRST: Date = date(2024, 1, 1);
const DAYS: i64 = 8 * 366;
const MINUTE_US: i64 = 60_000_000;
const DAY_MINUTES: i64 = 24 * 60;
/// From what minute of the day to what other it is open.
const OPEN: [(i64, i64); 2] = [(9 * 60, 12 * 60), (14 * 60, 18 * 60)];
/// How far the clocks of the town are ahead of Greenwich.
const AHEAD_MINUTES: i64 = 8 * 60;

static TABLE: LazyLock<Hours> = LazyLock::new(Hours::make);

/// How a limit is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Natural,
    Working,
}

/// A limit as the kinds write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    Minutes(Way, i64),
    WorkingDays(i64),
}

/// The table.
pub struct Hours {
    /// Microseconds since 1970 of the first midnight.
    begins_us: i64,
    /// How many open minutes lie before each minute.
    before: Vec<u32>,
    works: Vec<bool>,
}

pub fn hours() -> &'static Hours {
    &TABLE
}

impl Limit {
    /// Reads `30m`, `4h`, `3d`, `90wm`, `7wh`, `5wd`.
    pub fn read(text: &str) -> Limit {
        let digits = text.trim_end_matches(|c: char| c.is_alphabetic());
        let number: i64 = digits.parse().expect("a limit begins with a number");
        match &text[digits.len()..] {
            "m" => Limit::Minutes(Way::Natural, number),
            "h" => Limit::Minutes(Way::Natural, number * 60),
            "d" => Limit::Minutes(Way::Natural, number * DAY_MINUTES),
            "wm" => Limit::Minutes(Way::Working, number),
            "wh" => Limit::Minutes(Way::Working, number * 60),
            "wd" => Limit::WorkingDays(number),
            other => panic!("no limit ends in {other}"),
        }
    }

    pub fn way(self) -> Way {
        match self {
            Limit::Minutes(way, _) => way,
            Limit::WorkingDays(_) => Way::Working,
        }
    }

    /// Twice as long each time in a row, and never much longer than a year.
    pub fn in_round(self, round: u32) -> Limit {
        let twice = |length: i64, most: i64| {
            let longer = length.saturating_mul(1_i64.checked_shl(round).unwrap_or(i64::MAX));
            longer.min(length.max(most))
        };
        match self {
            Limit::Minutes(way, minutes) => Limit::Minutes(way, twice(minutes, 366 * DAY_MINUTES)),
            Limit::WorkingDays(days) => Limit::WorkingDays(twice(days, 261)),
        }
    }
}

impl Hours {
    fn make() -> Hours {
        let mut before = Vec::new();
        let mut works = Vec::new();
        let mut open = 0_u32;
        for number in 0..DAYS {
            let day = FIRST.saturating_add(number.days());
            let is_working = is_working(day);
            works.push(is_working);
            for minute in 0..DAY_MINUTES {
                before.push(open);
                let is_open = OPEN.iter().any(|&(from, to)| (from..to).contains(&minute));
                open += u32::from(is_working && is_open);
            }
        }
        let midnight = FIRST.at(0, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
        let midnight = midnight.expect("a day begins").timestamp();
        Hours {
            begins_us: midnight.as_microsecond() - AHEAD_MINUTES * MINUTE_US,
            before,
            works,
        }
    }

    /// The minute of the table in which an instant lies, and the microseconds since it began.
    fn minute(&self, at: Timestamp) -> (usize, i64) {
        let us = at.as_microsecond() - self.begins_us;
        let minute =
            usize::try_from(us.div_euclid(MINUTE_US)).expect("seeds play within the table");
        (minute, us.rem_euclid(MINUTE_US))
    }

    fn at(&self, minute: usize, us: i64) -> Timestamp {
        let minutes = i64::try_from(minute).expect("the table is short");
        Timestamp::from_microsecond(self.begins_us + minutes * MINUTE_US + us)
            .expect("the table lies within what can be written")
    }

    fn is_open(&self, minute: usize) -> bool {
        self.before[minute + 1] > self.before[minute]
    }

    /// Open microseconds before an instant.
    fn open_us(&self, at: Timestamp) -> i64 {
        let (minute, us) = self.minute(at);
        let part = if self.is_open(minute) { us } else { 0 };
        i64::from(self.before[minute]) * MINUTE_US + part
    }

    /// The day of an instant, in the town.
    pub fn day(&self, at: Timestamp) -> Date {
        let (minute, _) = self.minute(at);
        let days = i64::try_from(minute).expect("the table is short") / DAY_MINUTES;
        FIRST.saturating_add(days.days())
    }

    /// The last minute of a day.
    pub fn end_of(&self, day: Date) -> Timestamp {
        let days = day.duration_since(FIRST).as_hours() / 24;
        let minute = usize::try_from((days + 1) * DAY_MINUTES - 1);
        self.at(minute.expect("seeds play within the table"), 0)
    }

    /// How much time lies between two instants, as it is counted.
    pub fn between(&self, way: Way, from: Timestamp, to: Timestamp) -> Duration {
        let us = match way {
            _ if to <= from => 0,
            Way::Natural => to.as_microsecond() - from.as_microsecond(),
            Way::Working => self.open_us(to) - self.open_us(from),
        };
        Duration::from_micros(us.unsigned_abs())
    }

    /// The first instant at which so much time has passed.
    pub fn after(&self, way: Way, from: Timestamp, time: Duration) -> Timestamp {
        let us = i64::try_from(time.as_micros()).expect("limits are short");
        match way {
            Way::Natural => from + SignedDuration::from_micros(us),
            Way::Working if us == 0 => from,
            Way::Working => {
                let wanted = self.open_us(from) + us;
                let full = u32::try_from((wanted - 1) / MINUTE_US).expect("limits are short");
                // The minute in which the wanted open microsecond lies: the last one that has no
                // more open minutes before it.
                let minute = self.before.partition_point(|open| *open <= full) - 1;
                self.at(minute, wanted - i64::from(full) * MINUTE_US)
            }
        }
    }

    /// When a limit ends that begins at `from`. Of working days the first is not counted, and
    /// the last ends when its doors close.
    pub fn due(&self, from: Timestamp, limit: Limit) -> Timestamp {
        let mut left = match limit {
            Limit::Minutes(way, minutes) => {
                let time = Duration::from_secs(minutes.unsigned_abs() * 60);
                return self.after(way, from, time);
            }
            Limit::WorkingDays(days) => days,
        };
        let (minute, _) = self.minute(from);
        let length = usize::try_from(DAY_MINUTES).expect("a day is short");
        let mut day = minute / length;
        while left > 0 {
            day += 1;
            left -= i64::from(self.works[day]);
        }
        self.at(day * length, OPEN[1].1 * MINUTE_US)
    }
}

fn is_working(day: Date) -> bool {
    let special = Nation::China.days().get(day).map(|day| &day.what);
    match special {
        Some(What::Off) => false,
        Some(What::Working(_)) => true,
        None => day.weekday().to_monday_zero_offset() < 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("{text}+08:00").parse().unwrap()
    }

    #[test]
    fn working_time_is_counted_by_the_minute() {
        let hours = hours();
        let friday = at("2026-03-06T17:30:00");
        let hour = Duration::from_secs(3600);
        assert_eq!(
            hours.after(Way::Working, friday, hour),
            at("2026-03-09T09:30:00")
        );
        assert_eq!(
            hours.after(Way::Working, friday, hour / 2),
            at("2026-03-06T18:00:00")
        );
        assert_eq!(
            hours.between(Way::Working, friday, at("2026-03-09T09:30:00")),
            hour
        );
        // The National Day of 2025 was a week off, and a Saturday after it was worked.
        let before = at("2025-09-30T10:00:00");
        assert_eq!(
            hours.due(before, Limit::read("1wd")),
            at("2025-10-09T18:00:00")
        );
        assert_eq!(hours.end_of(date(2026, 3, 6)), at("2026-03-06T23:59:00"));
        assert_eq!(hours.day(friday), date(2026, 3, 6));
    }
}
