//! Cases: what a kind may say, and what follows from a step.
//!
//! A kind is data, read from a folder (`kinds/<slug>/`). Its vocabulary is closed and stands in
//! `field/`, `rule/` and `effect/`, one file for each word. [`decide`] is the one place where a
//! case moves; it is pure, and pages, API, jobs and stories all go through it.

mod chain;
mod check;
mod checking;
mod clock;
mod collection;
mod decide;
mod decision;
mod definition;
mod diagram;
mod effect;
mod entry;
mod facts;
mod fault;
mod field;
mod finding;
mod instead;
mod kind;
mod kind_hash;
mod kinds;
mod letters;
mod matching;
mod moment;
mod occasion;
mod offer;
mod passing;
mod refusal;
#[cfg(test)]
mod refusal_tests;
mod rule;
mod run;
mod shape;
mod source;
mod story;
mod supervision;
mod terms;
mod time;
mod timing;
mod title;

mod value;
mod view;
mod who;
mod words;

pub use chain::{Broken, Head, Link, follow};
pub use check::{Report, check_folder, keeps_promise};
pub use clock::{Allowance, Clock, ClockOf, Keeps, Last, TermRule, Warning};
pub use collection::Collection;
pub use decide::{Scene, decide, decide_open};
pub use decision::{
    Acting, Conversion, Decision, ErrandBegun, NoticeDraft, PaperMoved, Publication, Recipient,
};
pub(crate) use definition::reader;
pub use diagram::diagram;
pub use effect::Effect;
pub use entry::{EntryShape, FIRST, Hash, entry_hash, text_hash};
pub use facts::{
    ErrandFacts, Facts, ProcedureFacts, ServiceFacts, TargetCase, UnitFacts, accused_units,
    item_and_place, procedure_named, service_named, units_named,
};
pub use fault::{Fault, Severity};
pub use field::{FAULT_KEYS, FieldType, JsonShape, PetitionerPart, Trouble, clean_text};
pub use finding::Finding;
pub use instead::{Belongs, Instead};
pub use kind::{
    Asked, BadKindHash, Event, Field, Kind, KindHash, Outcome, PublicRule, ReasonOf, See, Show,
    Stage, Step, Target, Urgency, Weight,
};
pub use kinds::{Kinds, builtin_files};
pub use matching::{Matching, Meaning, PROPOSED};
pub use moment::after_minutes;
pub use occasion::Occasion;
pub use offer::{Offer, steps_for};
pub use refusal::{Args, Class, FieldFault, Refusal};
pub use rule::Rule;
pub use source::KindFiles;
pub use supervision::{CONTENT, FollowUpSteps, Judged, SOLVED, Supervision};
pub use time::{Measure, due};
pub use timing::{ClockView, Kept, Memory, Pause, Term, as_micros};
pub use value::{Input, Value, Values};
pub use view::{Call, CallRole, CallState, CaseView, Owner};
pub use who::{Relation, Who, is_open_to};
pub use words::{LETTER_ARGS, REFUSAL_WORDS, WordNeed};
