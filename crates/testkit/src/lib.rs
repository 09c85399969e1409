//! What we test with: a fictional town, its people, and the life they lead.
//!
//! [`town`] makes a county that exists nowhere. Everything in it follows from a seed: no
//! clock and no chance of the machine. Demo, random tests and load come from the same town.

pub mod town;
