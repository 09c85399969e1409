//! Units: list, add, change, close, bring in from a file, and found one for each place.

pub mod close;
pub mod found;
pub mod import;
pub mod list;
pub mod put;
