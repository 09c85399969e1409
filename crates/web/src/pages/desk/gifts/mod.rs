//! Gifts at the desk: writing one down, saying where it went, its receipt.

pub mod enter;
pub mod receipt;
pub mod show;
