//! Places: look at the tree, add and change places, bring them in from a file, find the one
//! that holds a point, show them on a map.

pub mod change;
pub mod close;
pub mod cover;
pub mod draw;
pub mod features;
pub mod history;
pub mod import;
pub mod locate;
pub mod look;
pub mod map;
pub mod put;
pub(crate) mod shelf;
pub mod tiles;
