//! Windows of offices, and the times that people book at them: when a window is open, which
//! times that makes, and how long whoever comes now will wait.
//!
//! A window says for each weekday when it is open as usual, and when it is open at midday
//! besides. Public holidays close it, swapped workdays open it, and a single day can be closed
//! with a reason.

mod day;
mod wait;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use day::{Closed, DayPlan, Service, Slot};
pub use wait::wait_minutes;

use crate::calendar::{BadHours, Hours};
use crate::worded::worded;

/// Times are given by steps of five minutes, each of which is a row that nobody else can have.
pub const TICK_MINUTES: i64 = 5;
const TICK_S: i64 = TICK_MINUTES * 60;

pub const MINUTES_MAX: i64 = 120;
pub const SEATS_MAX: i64 = 20;
pub const DAYS_AHEAD_MAX: i64 = 60;
/// So many times one contact may have on one day.
pub const TURNS_MAX: i64 = 2;

worded! {
    /// Where an appointment stands.
    AppointmentState {
        Booked = "booked",
        /// The person is there and waits.
        Arrived = "arrived",
        Called = "called",
        Served = "served",
        /// Did not come.
        Missed = "missed",
        Cancelled = "cancelled",
        /// The window closes on that day: the person has to choose another time.
        Displaced = "displaced",
    }
}

worded! {
    /// What staff does with one tap.
    Tap {
        Arrive = "arrive",
        Call = "call",
        Serve = "serve",
        Miss = "miss",
        /// Takes the last tap back.
        Back = "back",
    }
}

/// What happened already, as far as a tap can be taken back to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    pub arrived: bool,
    pub called: bool,
}

impl AppointmentState {
    /// Whether it keeps a place at the window.
    pub fn is_open(self) -> bool {
        use AppointmentState::{Arrived, Booked, Called};
        matches!(self, Booked | Arrived | Called)
    }

    /// Where it stands after a tap; none when this cannot be tapped there.
    pub fn after(self, tap: Tap, before: Before) -> Option<AppointmentState> {
        use AppointmentState::{Arrived, Booked, Called, Missed, Served};
        match (tap, self) {
            (Tap::Arrive, Booked) => Some(Arrived),
            (Tap::Call, Arrived) => Some(Called),
            (Tap::Serve, Called) => Some(Served),
            (Tap::Miss, Booked | Arrived | Called) => Some(Missed),
            (Tap::Back, Served) => Some(Called),
            (Tap::Back, Missed) => Some(match before {
                Before { called: true, .. } => Called,
                Before { arrived: true, .. } => Arrived,
                _ => Booked,
            }),
            (Tap::Back, Called) => Some(Arrived),
            (Tap::Back, Arrived) => Some(Booked),
            _ => None,
        }
    }
}

/// How a window is set up. Public, all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// Where one finds it: floor and number.
    pub location: String,
    /// A telephone of the house, never of a person.
    pub contact: String,
    /// The usual hours of each weekday, Monday first; those of Saturday and Sunday are service
    /// at the weekend.
    pub week: [Hours; 7],
    /// Midday service besides.
    pub midday: [Hours; 7],
    /// How long one time lasts.
    pub minutes: i64,
    /// How many are served at the same time.
    pub seats: i64,
    pub days_ahead: i64,
    /// The slugs of the procedures that are done here; none: all.
    pub procedures: Vec<String>,
}

/// Why a window cannot be set up so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupFault {
    /// Midday overlaps the usual hours on this weekday.
    Overlap(usize),
    /// An interval of this weekday does not begin or end on a step of five minutes.
    OffTheStep(usize),
    NeverOpen,
    Minutes,
    Seats,
    DaysAhead,
}

impl Setup {
    /// What most halls do: Monday to Friday with midday, Saturday morning.
    pub fn usual() -> Setup {
        let hours = |text: &str| text.parse::<Hours>().expect("these are hours");
        let (mut week, mut midday) = ([const { Hours::NONE }; 7], [const { Hours::NONE }; 7]);
        week[..5].fill(hours("9-12 14-17"));
        midday[..5].fill(hours("12-14"));
        week[5] = hours("9-12");
        Setup {
            location: String::new(),
            contact: String::new(),
            week,
            midday,
            minutes: 20,
            seats: 1,
            days_ahead: 14,
            procedures: Vec::new(),
        }
    }

    /// All that is wrong with it.
    pub fn faults(&self) -> Vec<SetupFault> {
        let mut faults = Vec::new();
        for (weekday, (usual, midday)) in self.week.iter().zip(&self.midday).enumerate() {
            let both: Result<Hours, BadHours> = format!("{usual} {midday}").parse();
            if both.is_err() {
                faults.push(SetupFault::Overlap(weekday));
            }
            let mut all = usual.intervals().iter().chain(midday.intervals());
            let is_off = |minute: u16| i64::from(minute) % TICK_MINUTES != 0;
            if all.any(|one| is_off(one.from()) || is_off(one.to())) {
                faults.push(SetupFault::OffTheStep(weekday));
            }
        }
        if self.week.iter().chain(&self.midday).all(Hours::is_empty) {
            faults.push(SetupFault::NeverOpen);
        }
        let on_the_step = self.minutes % TICK_MINUTES == 0;
        if !(TICK_MINUTES..=MINUTES_MAX).contains(&self.minutes) || !on_the_step {
            faults.push(SetupFault::Minutes);
        }
        if !(1..=SEATS_MAX).contains(&self.seats) {
            faults.push(SetupFault::Seats);
        }
        if !(1..=DAYS_AHEAD_MAX).contains(&self.days_ahead) {
            faults.push(SetupFault::DaysAhead);
        }
        faults
    }

    /// Whether this is done here.
    pub fn does(&self, procedure: &str) -> bool {
        self.procedures.is_empty() || self.procedures.iter().any(|one| one == procedure)
    }
}

/// The steps of five minutes between two instants.
pub fn ticks(starts_at: jiff::Timestamp, ends_at: jiff::Timestamp) -> std::ops::Range<i64> {
    let tick = |at: jiff::Timestamp| at.as_second().div_euclid(TICK_S);
    tick(starts_at)..tick(ends_at)
}
