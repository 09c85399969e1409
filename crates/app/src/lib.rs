//! What can be done: one file per operation, and the jobs.

pub mod files;
pub mod outside;
