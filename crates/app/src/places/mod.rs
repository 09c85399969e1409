//! Places: look at the tree, add and change places, bring them in from a file.

pub mod close;
pub mod import;
pub mod look;
pub mod put;
