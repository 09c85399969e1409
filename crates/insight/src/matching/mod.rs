//! Who could help whom: needs and helpers in, proposals with their reasons out.
//!
//! Pure, and nothing is learned: what a pairing costs stands in a file of rules
//! (`rules.toml`) that operators edit, and only that file changes it. The cheapest set of
//! pairings for all who need something together is found exactly, with prices that prove it
//! (`assign.rs`); `docs/matching.md` says it for those who edit the rules.
//! One more rule: its key in `rules.toml` and in `rules.rs`, its line in `price.rs`, and its
//! reason, if it speaks for somebody, in `reason.rs`.

mod assign;
mod batch;
mod model;
mod price;
mod reason;
mod rules;
mod rules_read;
mod search;

#[cfg(test)]
mod assign_tests;
#[cfg(test)]
mod batch_tests;
#[cfg(test)]
mod price_tests;
#[cfg(test)]
mod rules_tests;

pub use assign::{Assignment, Edge, Flaw, Graph, assign, greedy};
pub use batch::{Batch, Proposal, propose, propose_at_once};
pub use model::{
    DayPart, Helper, HelperId, Missed, Need, NeedId, Point, Reach, Ring, Slot, Slots, Urgency,
};
pub use price::{Never, Pairing, pair};
pub use reason::Reason;
pub use rules::{MATCHING_RULES, RuleFault, Rules};
