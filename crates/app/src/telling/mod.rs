//! Telling people: who is told of a notice, how they want it, what they read, who is on duty.
//!
//! A notice is written with the step that causes it. A job finds its readers and when each of
//! them is to be told by which way (a *telling*); a sweep puts what is due into one message for
//! each reader, and the message leaves through the outbox.

pub mod bell;
pub(crate) mod book;
pub mod duty;
pub(crate) mod letter;
pub(crate) mod message;
pub mod prefer;
pub(crate) mod readers;
pub(crate) mod tell;

#[cfg(test)]
mod tests;
