//! Collections: a unit brings many cases in one list, one a line and without names.
//!
//! One more thing to do: its file, a line below, its handler and its line in the routes.

pub mod bring;
pub mod lines;
pub mod look;

#[cfg(test)]
mod tests;
