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

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$said:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$said])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word for it in files, forms and the database.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($word => Ok($name::$variant),)+ _ => Err(()) }
            }
        }
    };
}
pub(crate) use words;

words! {
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

words! {
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

words! {
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

words! {
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
