//! Supervision: what will be late and why, who has opened what, and what was ruled.

pub mod adopt;
pub mod board;
pub mod opened;
pub mod precedents;
pub mod screen;
