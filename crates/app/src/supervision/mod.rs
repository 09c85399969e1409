//! Looked at from above: the three rates, who is called about an answer, which answers are read.

pub mod follow_ups;
pub mod inspections;
pub mod rates;
pub mod rules;
