//! Kinds over the API; this is only the list.

pub mod list;
pub mod read;
