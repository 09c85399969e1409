//! Supervision: what will be late and why, who has opened what, what was ruled; the three rates,
//! who is called about an answer, which answers are read.

pub mod adopt;
pub mod board;
pub mod follow_ups;
pub mod inspections;
pub mod opened;
pub mod precedents;
pub mod rates;
pub mod rules;
pub mod screen;
