//! Places over the API; this is only the list.

pub mod at;
pub mod list;
pub mod read;
