//! Working time: when the people who must act are there.
//!
//! A [`Calendar`] is a time zone, the hours of each weekday, and dated special days in
//! layers: those of the nation, over them those of a place, over them those of one unit.
//! It says whether it is open, when it opens next, and counts working hours and working
//! days. What counts as a working day, and after which law, stands in `docs/calendar.md`.
//!
//! Natural time needs no calendar; [`Span`] holds all three, as a norm writes them.
//! To add the days of one more nation: see the head of `nation.rs`.

mod count;
mod days;
mod hours;
mod nation;
mod own;
mod span;
mod week;
mod zone;

#[cfg(test)]
mod count_tests;

pub use count::{Calendar, Day, HORIZON_DAYS, TooFar};
pub use days::{Days, SpecialDay, What};
pub use hours::{BadHours, Hours, Interval};
pub use nation::{Nation, Notice, missing_year};
pub use own::{PlaceHours, Whose};
pub use span::{BadSpan, Span};
pub use week::{BadWeek, Week};
pub use zone::{BadZone, Zone};
