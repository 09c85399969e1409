//! Cases and their kinds: what a case can be, and what follows from a step.
//!
//! A kind is data (a folder under `kinds/`). What its fields, rules and effects can do is said
//! by the closed lists in `field/`, `rule/` and `effect/`; `parse/` reads it, `check/` checks
//! it before anybody relies on it, [`decide`] says what follows from a step. See
//! `docs/kind-authors.md` for how to write one.

pub mod check;
mod decide;
mod decision;
mod effect;
mod entry;
mod facts;
mod fault;
mod field;
mod kind;
mod kinds;
mod parse;
mod refusal;
mod rule;
mod source;
mod value;
mod view;
mod who;

pub use decide::{Offer, decide, decide_open, steps_for};
pub use decision::{Acting, Conversion, Decision, NoticeDraft, Publication, Recipient};
pub use effect::{Assignee, Effect, OutcomeFrom, Whom};
pub use entry::{EntryShape, FIRST, Hash, entry_hash, text_hash};
pub use facts::{Facts, TargetCase, UnitFacts, item_and_place, units_named};
pub use fault::{Fault, Severity};
pub use field::{FieldType, Lines, clean};
pub use kind::{
    Asked, BadKindHash, Clock, ClockOf, Conditional, Field, Kind, KindHash, Outcome, PublicRule,
    See, Show, Stage, Step, Target, Weight, When,
};
pub use kinds::{Kinds, builtin_files};
pub use refusal::{Args, Class, FieldFault, Refusal};
pub use rule::Rule;
pub use source::{DEFINITION, KindFiles};
pub use value::{Input, Value, Values};
pub use view::{Call, CallRole, CallState, CaseView, ClockView, Owner};
pub use who::{Stands, Who};

/// The sentences of faults and refusals: language and Fluent text.
pub const REFUSAL_WORDS: [(&str, &str); 2] = [
    ("zh", include_str!("refusals.zh.ftl")),
    ("en", include_str!("refusals.en.ftl")),
];
