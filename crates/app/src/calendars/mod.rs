//! Working time: the hours of places, the special days of places and units, and files that
//! bring them in.

mod ics;
pub mod import;
pub mod look;
pub mod put;
pub mod put_day;

#[cfg(test)]
mod tests;
