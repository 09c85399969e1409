//! The menus of services: what can be ordered where.

pub mod list;
pub mod put;
pub mod read;
