//! Cases over the API; this is only the list.

pub mod advance;
pub mod chain;
pub mod comment;
pub mod elsewhere;
pub mod file;
pub mod history;
pub mod list;
pub mod open;
pub mod read;
pub mod steps;
