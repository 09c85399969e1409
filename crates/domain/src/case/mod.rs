//! Cases: what a kind may say, and what follows from a step.

mod decision;
mod entry;
mod kind;
mod refusal;
mod value;
mod view;

pub use decision::{Acting, Conversion, Decision, NoticeDraft, Publication, Recipient};
pub use entry::{EntryShape, FIRST, Hash, entry_hash, text_hash};
pub use kind::{BadKindHash, KindHash};
pub use refusal::{Args, Class, FieldFault, Refusal};
pub use value::{Input, Value, Values};
pub use view::{Call, CallRole, CallState, CaseView, ClockView, Owner};
