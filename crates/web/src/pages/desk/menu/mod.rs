//! The menus that a community looks after: the lines, and the form of one.

pub mod edit;
pub mod list;
