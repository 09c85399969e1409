//! Meetings: the weekly review and the monthly joint meeting, made of what rounds found.
//!
//! One more thing to do: its file, a line below, its handler and its line in the routes.

pub mod hold;
pub mod look;

#[cfg(test)]
mod tests;
