//! Who may have a room, when, and for how long. Whether it is taken already is known to the
//! caller, and guarded by the database besides.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::worded::worded;

/// Rooms are given by quarters of an hour.
pub const SLOT_MINUTES: i64 = 15;
const SLOT_S: i64 = SLOT_MINUTES * 60;

worded! {
    /// Who may book a room.
    Who {
        /// Anybody who has signed in, and staff on behalf of others.
        Everybody = "everybody",
        Staff = "staff",
    }
}

worded! {
    /// Whether somebody looks at a booking first.
    Approval {
        AtOnce = "at-once",
        Asked = "asked",
    }
}

/// What holds for a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    pub who: Who,
    pub approval: Approval,
    /// The longest time.
    pub minutes_max: i64,
    /// How far ahead.
    pub days_max: i64,
    /// How many one person may have before them at once.
    pub open_max: i64,
    /// What else whoever comes should know.
    pub text: String,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            who: Who::Everybody,
            approval: Approval::AtOnce,
            minutes_max: 120,
            days_max: 30,
            open_max: 3,
            text: String::new(),
        }
    }
}

/// The hours that somebody would like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// How many people will come.
    pub heads: i64,
}

/// What is known besides.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub now: Timestamp,
    pub calendar: &'a Calendar,
    /// How many people the room holds.
    pub seats: i64,
    /// How many bookings the person has before them; none for staff, who book for others.
    pub own_open: Option<i64>,
}

/// Why a room is not given, in the order in which it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookingRefusal {
    StaffOnly,
    Over,
    OffTheQuarter,
    TooLong { minutes_max: i64 },
    TooFar { days_max: i64 },
    Shut,
    TooMany { seats: i64 },
    HasEnough { open_max: i64 },
}

/// The number of the quarter of an hour in which an instant lies.
pub fn slot_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(SLOT_S)
}

/// Every quarter of an hour between two instants.
pub fn slots(starts_at: Timestamp, ends_at: Timestamp) -> std::ops::Range<i64> {
    slot_of(starts_at)..slot_of(ends_at)
}

/// Whether the rules of a room allow it.
pub fn check(rules: &Rules, ask: &Ask, known: &Known<'_>) -> Result<(), BookingRefusal> {
    let &Ask {
        starts_at,
        ends_at,
        heads,
    } = ask;
    let is_staff = known.own_open.is_none();
    let length = ends_at.duration_since(starts_at);
    let on_the_quarter =
        |at: Timestamp| at.as_second().rem_euclid(SLOT_S) == 0 && at.subsec_nanosecond() == 0;
    let ahead = SignedDuration::from_hours(24 * rules.days_max);
    if rules.who == Who::Staff && !is_staff {
        return Err(BookingRefusal::StaffOnly);
    }
    if starts_at <= known.now {
        return Err(BookingRefusal::Over);
    }
    if !on_the_quarter(starts_at) || !on_the_quarter(ends_at) || length <= SignedDuration::ZERO {
        return Err(BookingRefusal::OffTheQuarter);
    }
    if length.as_mins() > rules.minutes_max && !is_staff {
        return Err(BookingRefusal::TooLong {
            minutes_max: rules.minutes_max,
        });
    }
    if starts_at.duration_since(known.now) > ahead && !is_staff {
        return Err(BookingRefusal::TooFar {
            days_max: rules.days_max,
        });
    }
    if !is_open_throughout(known.calendar, starts_at, ends_at) {
        return Err(BookingRefusal::Shut);
    }
    if heads < 1 || heads > known.seats {
        return Err(BookingRefusal::TooMany { seats: known.seats });
    }
    match known.own_open {
        Some(open) if open >= rules.open_max => Err(BookingRefusal::HasEnough {
            open_max: rules.open_max,
        }),
        _ => Ok(()),
    }
}

fn is_open_throughout(calendar: &Calendar, starts_at: Timestamp, ends_at: Timestamp) -> bool {
    slots(starts_at, ends_at).all(|slot| {
        let at = Timestamp::from_second(slot * SLOT_S);
        at.is_ok_and(|at| calendar.is_open(at))
    })
}
