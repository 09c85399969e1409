//! The list of items and the duty list: who answers for what, where, and how fast.

pub mod import;
pub mod import_items;
pub mod item;
pub mod limit;
pub mod list;
pub mod put;
pub mod remove;
