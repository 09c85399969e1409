//! Norms: how long something may take, as published, since when.

pub mod add;
