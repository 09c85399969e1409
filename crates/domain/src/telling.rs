//! When and by what way somebody is told of something.
//!
//! How much a letter weighs is said by the kind; by what way and when it reaches a reader is
//! said by the reader. Whoever said nothing gets what is usual. One more way: a variant of
//! [`Channel`], its place in [`Channel::ALL`], and the sender in `app`.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::planted::{self, Fault};
use crate::worded::worded;

/// What happens within so short a time is told in one message.
pub const TOGETHER: SignedDuration = SignedDuration::from_mins(3);

worded! {
    /// How much a letter weighs for whoever reads it.
    Importance {
        /// Something is late or dangerous.
        Urgent = "urgent",
        /// The reader has something to do.
        Act = "act",
        /// Good to know.
        Info = "info",
    }
}

worded! {
    /// By what way.
    Channel {
        /// On a page of the product.
        Product = "product",
        Mail = "mail",
        Sms = "sms",
    }
}

worded! {
    /// How soon.
    Pace {
        /// As it happens.
        Now = "now",
        /// Once a day, with everything else.
        Daily = "daily",
        Never = "never",
    }
}

/// The hours in which nobody wants to be disturbed; none when both ends are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    pub from: Time,
    pub until: Time,
}

impl Quiet {
    /// Nine in the evening to eight in the morning.
    pub const USUAL: Quiet = Quiet {
        from: Time::constant(21, 0, 0, 0),
        until: Time::constant(8, 0, 0, 0),
    };

    /// Whether it is quiet at this time of the day.
    pub fn holds(&self, time: Time) -> bool {
        match self.from <= self.until {
            true => self.from <= time && time < self.until,
            false => self.from <= time || time < self.until,
        }
    }
}

/// How soon by each way, for letters of one weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paces {
    pub product: Pace,
    pub mail: Pace,
    pub sms: Pace,
}

/// How somebody wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    pub urgent: Paces,
    pub act: Paces,
    pub info: Paces,
    /// At what time of the day the daily message comes.
    pub daily_at: Time,
    pub quiet: Quiet,
}

/// Who reads: what is usual differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Somebody at their work, who is told of many cases.
    Staff,
    /// Somebody who is told of their own matters.
    Residents,
}

/// What speaks for disturbing somebody, or against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Circumstance {
    /// It answers what the reader did a moment ago.
    Answering,
    /// The reader is on duty.
    OnDuty,
    Otherwise,
}

/// When something happened, and when it is asked who is told.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    pub happened: Timestamp,
    pub now: Timestamp,
    /// In which days and hours are counted.
    pub zone: &'a TimeZone,
}

impl Preferences {
    /// What somebody gets who said nothing.
    pub fn usual(audience: Audience) -> Preferences {
        let all = |pace| Paces {
            product: Pace::Now,
            mail: pace,
            sms: pace,
        };
        let info = match audience {
            Audience::Staff => Paces {
                sms: Pace::Never,
                ..all(Pace::Daily)
            },
            Audience::Residents => all(Pace::Now),
        };
        Preferences {
            urgent: all(Pace::Now),
            act: all(Pace::Now),
            info,
            daily_at: Time::constant(8, 30, 0, 0),
            quiet: Quiet::USUAL,
        }
    }

    fn paces(&self, importance: Importance) -> &Paces {
        match importance {
            Importance::Urgent => &self.urgent,
            Importance::Act => &self.act,
            Importance::Info => &self.info,
        }
    }

    pub fn pace(&self, importance: Importance, channel: Channel) -> Pace {
        let paces = self.paces(importance);
        match channel {
            Channel::Product => paces.product,
            Channel::Mail => paces.mail,
            Channel::Sms => paces.sms,
        }
    }

    pub fn set_pace(&mut self, importance: Importance, channel: Channel, pace: Pace) {
        let paces = match importance {
            Importance::Urgent => &mut self.urgent,
            Importance::Act => &mut self.act,
            Importance::Info => &mut self.info,
        };
        match channel {
            Channel::Product => paces.product = pace,
            Channel::Mail => paces.mail = pace,
            Channel::Sms => paces.sms = pace,
        }
    }

    /// When a letter goes out by this way; none when it does not. What is not urgent waits a
    /// little, so that what happens together is told together, and nothing goes out in quiet
    /// hours but what answers the reader, and what is urgent to somebody on duty.
    pub fn due(
        &self,
        (importance, channel): (Importance, Channel),
        circumstance: Circumstance,
        moment: &Moment<'_>,
    ) -> Option<Timestamp> {
        let &Moment {
            happened,
            now,
            zone,
        } = moment;
        let awake = |at: Timestamp| Some(self.waking(at.max(now), zone));
        let pace = self.pace(importance, channel);
        match (pace, circumstance, importance) {
            (Pace::Never, ..) => None,
            (_, Circumstance::Answering, _) => Some(now),
            (Pace::Daily, ..) => awake(next(happened, self.daily_at, zone)),
            (Pace::Now, Circumstance::OnDuty, Importance::Urgent) => Some(now),
            (Pace::Now, _, Importance::Urgent) => awake(happened),
            (Pace::Now, ..) => awake(later(happened, TOGETHER)),
        }
    }

    /// The instant itself, or the end of the quiet hours in which it lies. Where clocks skip that
    /// end and what they show instead is quiet too, the end after it.
    pub fn waking(&self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        let quiet = |at: Timestamp| self.quiet.holds(at.to_zoned(zone.clone()).time());
        if !quiet(at) || planted::is(Fault::NightWoken) {
            return at;
        }
        let end = next(at, self.quiet.until, zone);
        match quiet(end) {
            true => next(
                later(end, SignedDuration::from_mins(1)),
                self.quiet.until,
                zone,
            ),
            false => end,
        }
    }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(at)
}

/// The next instant, from `at` on, at which clocks here show `time`. Where clocks skip it, the
/// instant at which they show the time that comes instead.
fn next(at: Timestamp, time: Time, zone: &TimeZone) -> Timestamp {
    let here = at.to_zoned(zone.clone()).date();
    let days = [Some(here), here.tomorrow().ok()];
    let at_time = |date: jiff::civil::Date| {
        let ambiguous = zone.to_ambiguous_timestamp(date.to_datetime(time));
        ambiguous.later().ok()
    };
    let mut instants = days.into_iter().flatten().filter_map(at_time);
    instants.find(|&instant| instant >= at).unwrap_or(at)
}

#[cfg(test)]
#[path = "telling_tests.rs"]
mod tests;
