//! Windows at the desk: the list, how one is set up, and who comes today.

pub mod list;
mod preview;
pub mod setup;
pub mod today;
