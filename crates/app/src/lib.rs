//! What can be done: one file per operation, and the jobs.
//!
//! Every operation reads: permit → load → decide → write → effects → commit. Pages, API,
//! jobs and the command line call it; none repeats it. To add one: `<noun>/<verb>.rs`, a
//! line in `<noun>/mod.rs`, its handler, its line in the table of routes.

pub mod config;
pub mod error;
pub mod files;
pub mod outside;

pub use config::Config;
pub use error::{Error, Refusal};
