//! What waits on the phone: the list of it, and what the phone asks before it sends.

pub mod app;
pub mod files;
pub mod state;
pub mod waiting;
