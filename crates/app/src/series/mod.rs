//! What comes back by itself: a row begins with an order, and each next one is opened in time.

mod begin;
pub mod change;
pub(crate) mod open_next;
pub mod read;

pub(crate) use begin::{begin, end_with};
