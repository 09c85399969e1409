//! What a window does on one day: which times there are, or why there are none.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

use super::Setup;
use crate::calendar::{Calendar, Hours, What, Zone};
use crate::names::Names;
use crate::worded::worded;

worded! {
    /// What sort of service a time is.
    Service {
        Usual = "usual",
        Midday = "midday",
        Weekend = "weekend",
    }
}

/// A time that can be booked, whether or not somebody has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub service: Service,
}

/// Why there is no time on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// It is never open on this weekday.
    Weekday,
    /// A public holiday, or a day off of the place or the unit; with its name, where it has one.
    Holiday(Names),
    /// Closed for this once, as staff said why.
    Once(String),
}

/// A window on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayPlan {
    pub date: Date,
    /// The hours that are as usual, and those at midday.
    pub usual: Hours,
    pub midday: Hours,
    /// Whether the hours of a day at the weekend are service at the weekend.
    pub at_weekend: bool,
    pub closed: Option<Closed>,
}

impl DayPlan {
    /// The plan of a day, by the calendar of the place and the unit; `once` is why it is closed
    /// this once.
    pub fn of(setup: &Setup, calendar: &Calendar, date: Date, once: Option<&str>) -> DayPlan {
        let weekday = date.weekday();
        let is_weekend = matches!(weekday, Weekday::Saturday | Weekday::Sunday);
        let own = index(weekday);
        let mut plan = DayPlan {
            date,
            usual: setup.week[own].clone(),
            midday: setup.midday[own].clone(),
            at_weekend: is_weekend,
            closed: None,
        };
        let special = calendar.day(date).special;
        match special.map(|day| (&day.what, &day.names)) {
            Some((What::Off, names)) => plan.shut(Closed::Holiday(names.clone())),
            Some((What::Working(hours), _)) => plan.work(setup, hours.as_ref()),
            None => {}
        }
        if let Some(reason) = once {
            plan.shut(Closed::Once(reason.to_owned()));
        }
        if plan.closed.is_none() && plan.usual.is_empty() && plan.midday.is_empty() {
            plan.closed = Some(Closed::Weekday);
        }
        plan
    }

    fn shut(&mut self, why: Closed) {
        self.usual = Hours::NONE;
        self.midday = Hours::NONE;
        self.closed = Some(why);
    }

    /// A day on which people work although it would be a rest day: it has the hours of a
    /// workday, or those that its place has said.
    fn work(&mut self, setup: &Setup, hours: Option<&Hours>) {
        if let Some(hours) = hours {
            self.usual = hours.clone();
            self.midday = Hours::NONE;
        } else if self.at_weekend {
            let workday = (0..5).find(|&day| !setup.week[day].is_empty());
            if let Some(workday) = workday {
                self.usual = setup.week[workday].clone();
                self.midday = setup.midday[workday].clone();
            }
        }
        self.at_weekend = false;
    }

    /// Whether it is open throughout, by its usual hours or those at midday.
    pub fn covers(&self, zone: &Zone, (from, to): (Timestamp, Timestamp)) -> bool {
        let both = format!("{} {}", self.usual, self.midday);
        let all: Hours = both.parse().unwrap_or_default();
        all.intervals().iter().any(|one| {
            let ends = (
                zone.first(self.date, one.from()),
                zone.first(self.date, one.to()),
            );
            matches!(ends, (Some(open), Some(close)) if open <= from && to <= close)
        })
    }

    /// The times of the day in their order. What is left of an interval and too short for one
    /// more is none.
    pub fn slots(&self, minutes: i64, calendar: &Calendar) -> Vec<Slot> {
        let usual = match self.at_weekend {
            true => Service::Weekend,
            false => Service::Usual,
        };
        let midday = match self.at_weekend {
            true => Service::Weekend,
            false => Service::Midday,
        };
        let length = u16::try_from(minutes.max(1)).unwrap_or(u16::MAX);
        let mut slots = Vec::new();
        for (hours, service) in [(&self.usual, usual), (&self.midday, midday)] {
            for interval in hours.intervals() {
                let mut from = interval.from();
                while from.saturating_add(length) <= interval.to() {
                    let to = from + length;
                    let zone = calendar.zone();
                    let ends = (zone.first(self.date, from), zone.first(self.date, to));
                    if let (Some(starts_at), Some(ends_at)) = ends {
                        slots.push(Slot {
                            starts_at,
                            ends_at,
                            service,
                        });
                    }
                    from = to;
                }
            }
        }
        slots.sort_by_key(|slot| slot.starts_at);
        slots
    }
}

fn index(weekday: Weekday) -> usize {
    usize::from(weekday.to_monday_zero_offset().unsigned_abs())
}
