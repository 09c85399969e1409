//! Windows at the desk: the list, how one is set up, and who comes today.

pub mod list;
pub mod setup;
pub mod today;
