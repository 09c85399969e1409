//! What we test with: a fictional town, its people, and the life they lead.
//!
//! [`town`] makes a county that exists nowhere, [`actors`] lets tests speak as its people act,
//! [`life`] lets them act by themselves. Everything follows from a seed: no clock and no chance
//! of the machine. Demo, random tests and load come from the same town.

pub mod actors;
pub mod asking;
pub mod cooking;
pub mod delivering;
pub mod erranding;
pub mod gathered;
pub mod gathering;
pub mod giving;
pub mod housing;
pub mod life;
pub mod line;
pub mod partnering;
pub mod prefecture;
pub mod referee;
pub mod rounding;
pub mod settle;
pub mod tasking;
pub mod teaming;
pub mod town;
pub mod visiting;
pub mod volunteering;
pub mod windowing;
