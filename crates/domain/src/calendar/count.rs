//! The calendar that holds for one place and unit, and the counting of its time.

use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::planted::{self, Fault};

use super::days::{Days, SpecialDay, What};
use super::hours::Hours;
use super::span::Span;
use super::week::Week;
use super::zone::Zone;

/// How many days are looked at before giving up: twenty years, twice the longest limit.
pub const HORIZON_DAYS: u32 = 20 * 366;

/// The answer lies further ahead than anybody plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not within twenty years of working days")]
pub struct TooFar;

/// Time zone, hours of the week and special days, all layers laid over one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    zone: Zone,
    week: Week,
    days: Days,
}

/// What a calendar says of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<'a> {
    pub date: Date,
    pub hours: &'a Hours,
    /// Why it is not like others of its weekday.
    pub special: Option<&'a SpecialDay>,
}

/// Open from one instant up to another.
struct Stretch {
    open: Timestamp,
    close: Timestamp,
}

impl Calendar {
    /// Lays the layers over one another, the widest first: nation, places, unit. A week is
    /// open on some weekday, so every calendar opens again.
    pub fn new(zone: Zone, week: Week, layers: &[&Days]) -> Calendar {
        let mut days = Days::default();
        for layer in layers {
            days.cover(layer);
        }
        Calendar { zone, week, days }
    }

    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    pub fn week(&self) -> &Week {
        &self.week
    }

    /// The hours of a day, and what is special about it.
    pub fn day(&self, date: Date) -> Day<'_> {
        let special = self.days.get(date);
        let special = special.filter(|_| !planted::is(Fault::HolidayWorked));
        let hours = match special.map(|day| &day.what) {
            None => self.week.on(date.weekday()),
            Some(What::Off) => const { &Hours::NONE },
            Some(What::Working(Some(hours))) => hours,
            Some(What::Working(None)) => self.week.worked(date.weekday()),
        };
        Day {
            date,
            hours,
            special,
        }
    }

    /// Whether a day is a working day: it is open at some instant.
    pub fn is_working(&self, date: Date) -> bool {
        self.stretches(date).next().is_some()
    }

    /// Whether it is open.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let today = self.date(at);
        self.stretches(today)
            .any(|stretch| stretch.open <= at && at < stretch.close)
    }

    /// The first instant from `at` on at which it is open: `at` itself when it is.
    pub fn next_opening(&self, at: Timestamp) -> Result<Timestamp, TooFar> {
        let mut ahead = self.ahead(self.date(at));
        let next = ahead.find(|stretch| stretch.close > at);
        next.map(|stretch| stretch.open.max(at)).ok_or(TooFar)
    }

    /// The first instant at which so much working time has passed since `from`.
    pub fn add_working(&self, from: Timestamp, working: Duration) -> Result<Timestamp, TooFar> {
        let mut left = SignedDuration::try_from(working).map_err(|_| TooFar)?;
        if left.is_zero() {
            return Ok(from);
        }
        for stretch in self.ahead(self.date(from)) {
            let begin = stretch.open.max(from);
            let open = stretch.close.duration_since(begin);
            if open.is_negative() {
                continue;
            }
            if left <= open {
                return begin.checked_add(left).map_err(|_| TooFar);
            }
            left -= open;
        }
        Err(TooFar)
    }

    /// How much working time lies between two instants; none when `to` is not later.
    pub fn working_between(&self, from: Timestamp, to: Timestamp) -> Result<Duration, TooFar> {
        if to <= from {
            return Ok(Duration::ZERO);
        }
        let (first, last) = (self.date(from), self.date(to));
        if last.duration_since(first) > SignedDuration::from_hours(24 * i64::from(HORIZON_DAYS)) {
            return Err(TooFar);
        }
        let parts = self.ahead(first).take_while(|stretch| stretch.open < to);
        let open =
            parts.map(|stretch| stretch.close.min(to).duration_since(stretch.open.max(from)));
        let sum: SignedDuration = open.filter(|open| open.is_positive()).sum();
        Ok(sum.unsigned_abs())
    }

    /// The end of a limit of so many working days.
    ///
    /// The day on which it begins is not counted, whatever its hour; it ends when the last
    /// of the counted days closes (Civil Code of China, articles 201 and 203). None at all
    /// end where they begin.
    pub fn add_working_days(&self, from: Timestamp, days: u32) -> Result<Timestamp, TooFar> {
        let mut left = days;
        let mut date = self.date(from);
        if left == 0 {
            return Ok(from);
        }
        for _ in 0..HORIZON_DAYS {
            date = date.tomorrow().map_err(|_| TooFar)?;
            if !self.is_working(date) {
                continue;
            }
            left -= 1;
            if left == 0 {
                let last = self.stretches(date).last();
                return last.map(|stretch| stretch.close).ok_or(TooFar);
            }
        }
        Err(TooFar)
    }

    /// How many working days come after the day of `from`, up to and with the day of `to`:
    /// what is left of a limit in working days.
    pub fn working_days_between(&self, from: Timestamp, to: Timestamp) -> Result<u32, TooFar> {
        let (mut date, mut count) = (self.date(from), 0);
        // What ends at midnight ends with the day before.
        let last = to.checked_sub(SignedDuration::from_nanos(1));
        let last = last.map_or(date, |last| self.date(last));
        for _ in 0..HORIZON_DAYS {
            if date >= last {
                return Ok(count);
            }
            date = date.tomorrow().map_err(|_| TooFar)?;
            count += u32::from(self.is_working(date));
        }
        Err(TooFar)
    }

    /// When a limit that begins at `from` ends; natural time passes day and night.
    pub fn due(&self, from: Timestamp, limit: Span) -> Result<Timestamp, TooFar> {
        match limit {
            Span::WorkingDays { days } => self.add_working_days(from, days),
            Span::Working { .. } => self.add_working(from, limit.length().unwrap_or_default()),
            Span::Natural { .. } => from
                .checked_add(limit.length().unwrap_or_default())
                .map_err(|_| TooFar),
        }
    }

    /// Whether the special days of a year have been put in: every list of them begins with
    /// New Year's Day.
    pub fn knows_year(&self, year: i16) -> bool {
        let new_year = Date::new(year, 1, 1);
        new_year.is_ok_and(|date| self.days.get(date).is_some())
    }

    /// The day that has begun last. Where clocks went back over midnight, the day that they
    /// show may have ended already.
    fn date(&self, at: Timestamp) -> Date {
        let shown = self.zone.date(at);
        let next = shown.tomorrow().ok();
        let begun = next.filter(|&next| self.zone.first(next, 0).is_some_and(|from| from <= at));
        begun.unwrap_or(shown)
    }

    fn ahead(&self, from: Date) -> impl Iterator<Item = Stretch> {
        std::iter::successors(Some(from), |date| date.tomorrow().ok())
            .take(HORIZON_DAYS as usize)
            .flat_map(|date| self.stretches(date))
    }

    fn stretches(&self, date: Date) -> impl Iterator<Item = Stretch> {
        let intervals = self.day(date).hours.intervals().iter();
        intervals.filter_map(move |interval| {
            let open = self.zone.first(date, interval.from())?;
            let close = self.zone.first(date, interval.to())?;
            // Where clocks go forward, an hour may not come at all.
            (open < close).then_some(Stretch { open, close })
        })
    }
}
