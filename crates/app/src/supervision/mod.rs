//! Looked at from above: the three rates, and who is called about an answer.

pub mod follow_ups;
pub mod rates;
pub mod rules;
