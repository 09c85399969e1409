//! Venues: halls, canteens, day-care centres, rest stations; their rooms, and who may have one
//! when. A venue is not a place: a place is a node of the tree of areas, and a venue lies in one.
//!
//! One more category or one more thing that makes a venue easy to enter: a variant here and its
//! words in the pages.

mod repeat;
mod rules;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use repeat::{Pattern, Repeat};
pub use rules::{
    Approval, Ask, BookingRefusal, Known, Rules, SLOT_MINUTES, Who, check, slot_of, slots,
};

use crate::calendar::{Calendar, Nation, Week, Zone};
use crate::worded::worded;

worded! {
    /// What sort of venue it is.
    Category {
        Hall = "hall",
        Canteen = "canteen",
        DayCare = "day-care",
        RestStation = "rest-station",
        Reading = "reading",
        Sports = "sports",
        Other = "other",
    }
}

worded! {
    /// What makes a venue easy to enter and to use.
    Access {
        Step = "step-free",
        Lift = "lift",
        Toilet = "toilet",
        Hearing = "hearing",
        Parking = "parking",
        Baby = "baby",
    }
}

worded! {
    /// Where a booking stands.
    BookingState {
        /// Its hours are kept free until somebody decides.
        Asked = "asked",
        Held = "held",
        Declined = "declined",
        /// Nobody decided in time.
        Lapsed = "lapsed",
        Cancelled = "cancelled",
    }
}

impl BookingState {
    /// Whether it keeps others out.
    pub fn is_open(self) -> bool {
        matches!(self, BookingState::Asked | BookingState::Held)
    }
}

worded! {
    /// Whether a venue is open on public holidays.
    Holidays {
        Open = "open",
        Closed = "closed",
    }
}

/// What everybody may know of a venue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub address: String,
    pub text: String,
    /// Whom to ask, as it is published: a telephone of the house, never of a person.
    pub contact: String,
    pub access: Vec<Access>,
    pub week: Week,
    pub holidays: Holidays,
}

/// Whether it is open, and when that changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    OpenUntil(Timestamp),
    /// None when it does not open within the time that anybody plans.
    ClosedUntil(Option<Timestamp>),
}

impl About {
    /// When it is open.
    pub fn calendar(&self, zone: Zone) -> Calendar {
        let holidays = match self.holidays {
            Holidays::Open => None,
            Holidays::Closed => Some(Nation::China.days()),
        };
        let layers: Vec<_> = holidays.into_iter().collect();
        Calendar::new(zone, self.week.clone(), &layers)
    }
}

/// Whether a calendar is open now, and until when.
pub fn opening(calendar: &Calendar, now: Timestamp) -> Opening {
    if !calendar.is_open(now) {
        return Opening::ClosedUntil(calendar.next_opening(now).ok());
    }
    let zone = calendar.zone();
    let today = zone.date(now);
    let close = calendar.day(today).hours.intervals().iter();
    let close = close.filter_map(|interval| zone.first(today, interval.to()));
    match close.filter(|&close| close > now).min() {
        Some(close) => Opening::OpenUntil(close),
        None => Opening::ClosedUntil(None),
    }
}

#[cfg(test)]
mod tests;
