//! Version 1 of the API: one file for each operation, under its noun.
//!
//! To add an operation: its handler with `#[utoipa::path]` in a file of its own, its row in
//! `routes.rs`, its line in `document.rs`; then the committed document is written anew by
//! `HUIYIN_WRITE=1 cargo test -p huiyin-web document`.

mod body;
mod caller;
pub mod cases;
mod cursor;
pub mod document;
pub mod files;
mod headers;
pub mod installations;
pub mod items;
pub mod kinds;
pub mod me;
pub mod places;
mod query;
mod shapes;
mod tongue;
pub mod tracked;
pub mod units;
mod values;

pub use shapes::{FieldProblem, ProblemShape};
