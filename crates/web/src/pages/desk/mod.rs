//! The desk: where the staff works. One page per file, its template beside it.
//!
//! To add a page: its handler and template here, its row in `routes.rs`, its words in
//! `words/desk.*.ftl`.

pub mod help;
pub mod invite;
pub mod saying;
pub mod sign_in;
