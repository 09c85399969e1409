//! Proposals: who could help with what, asked by the house or by staff, and what people say.
//! One more operation: its file, and a line here.

pub mod accept;
mod batch;
pub mod by_hand;
pub mod decline;
mod known;
mod note;
pub mod of_case;
pub mod own;
mod reasons;
pub mod summary;

pub use huiyin_insight::matching::{MATCHING_RULES, Reason, Rules};
pub use huiyin_store::askings::Waiting;

pub(crate) use batch::{at_once, sweep};
pub(crate) use note::note;
