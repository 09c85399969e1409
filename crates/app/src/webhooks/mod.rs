//! Webhooks: addresses elsewhere that are told what happens to cases, never of whom.
//!
//! An event is written into the outbox with the step that causes it, once for each address that
//! asks for it; a job carries it. To add a type of event: a variant of [`event::EventType`].

pub mod create;
pub mod event;
pub mod list;
pub(crate) mod off;
pub mod turn;

#[cfg(test)]
mod tests;
