//! What follows from a step: the closed list. One more: its variant here, its own file or its
//! lines in the file of its family, its word in [`Effect::WORDS`] and its lines in
//! `parse/effects.rs`.

mod assign;
mod calls;
mod close;
mod elsewhere;

pub(super) use calls::is_late;

use jiff::Timestamp;

use super::decision::{Acting, Conversion, NoticeDraft, Publication};
use super::facts::Facts;
use super::kind::Kind;
use super::refusal::Refusal;
use super::value::Values;
use super::view::{Call, CaseView};
use crate::id::UnitId;

/// To whom a case is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assignee {
    /// The unit of the duty list.
    Duty,
    /// The community that answers for the place.
    Place,
    /// The unit above the owner.
    Above,
    /// The person who takes the step.
    Actor,
    /// The unit of whoever takes the step.
    ActorUnit,
    /// Whoever had it before.
    Previous,
    /// The unit named in a field, if one is.
    Field(String),
}

/// Who gets a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whom {
    Petitioner,
    Owner,
    Previous,
    Called,
    Partners,
    Opener,
    Above,
}

/// What follows from a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The case gets this owner: the first in the list that there is.
    Assign { to: Vec<Assignee> },
    /// The units of the duty list (and of a field) help beside the owner.
    Assist { field: Option<String> },
    /// Units are whistled for; each gets the clock.
    Call { field: String, clock: String },
    /// The acting unit says where it stands.
    Report {
        state: super::view::CallState,
        until: Option<String>,
    },
    /// Whoever called says where a unit stands (`insisted`, `released`).
    Rule {
        field: String,
        state: super::view::CallState,
    },
    /// A called unit is rated.
    Rate { field: String, rating: String },
    /// Called units that should have come are marked late.
    MarkLate,
    /// The answer names its outcome; the case stays open until it is judged.
    Answer { field: String },
    /// The case is closed with this outcome, or the one chosen in a field.
    Close { outcome: OutcomeFrom },
    /// The closed case is open again.
    Reopen,
    /// Shown to everybody, with these fields.
    Publish { fields: Vec<String> },
    /// Taken down.
    Unpublish,
    /// Goes on as another kind.
    Convert { to: String },
    /// Follows another case, named in a field.
    Merge { field: String },
    /// Urgent, or not, as the yes-no field says (always, without a field).
    Urgent { field: Option<String> },
    /// The clock starts anew although the stage stays.
    RestartClock,
    /// Somebody gets a letter.
    Notify { whom: Whom, letter: String },
    /// The cases that follow this one take a step too.
    Followers { step: String },
}

/// Where the outcome of a closing comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutcomeFrom {
    Named(String),
    Field(String),
    /// The one that the case has already: what was answered.
    Kept,
}

/// The case while a step's effects are applied to it.
pub(super) struct Draft<'a> {
    pub kind: &'a Kind,
    pub facts: &'a Facts,
    pub acting: &'a Acting,
    pub says: &'a Values,
    /// Units that the matter complains of.
    pub accused: Vec<UnitId>,
    pub now: Timestamp,
    pub after: CaseView,
    pub calls_changed: Vec<Call>,
    pub notices: Vec<NoticeDraft>,
    pub publication: Option<Publication>,
    pub conversion: Option<Conversion>,
    pub followers: Option<String>,
    pub restart_clock: bool,
}

impl Effect {
    /// Every word that may stand after `effect =`.
    pub const WORDS: [&'static str; 18] = [
        "assign",
        "assist",
        "call",
        "report",
        "rule",
        "rate",
        "mark-late",
        "answer",
        "close",
        "reopen",
        "publish",
        "unpublish",
        "convert",
        "merge",
        "urgent",
        "restart-clock",
        "notify",
        "followers",
    ];

    /// Applies the effect, or says why it cannot be.
    pub(super) fn apply(&self, draft: &mut Draft<'_>) -> Result<(), Refusal> {
        match self {
            Effect::Assign { to } => assign::assign(draft, to),
            Effect::Assist { field } => {
                calls::assist(draft, field.as_deref());
                Ok(())
            }
            Effect::Call { field, clock } => calls::call(draft, field, clock),
            Effect::Report { state, until } => calls::report(draft, *state, until.as_deref()),
            Effect::Rule { field, state } => calls::rule(draft, field, *state),
            Effect::Rate { field, rating } => calls::rate(draft, field, rating),
            Effect::MarkLate => {
                calls::mark_late(draft);
                Ok(())
            }
            Effect::Answer { field } => close::answer(draft, field),
            Effect::Close { outcome } => close::close(draft, outcome),
            Effect::Reopen => {
                close::reopen(draft);
                Ok(())
            }
            Effect::Publish { fields } => {
                elsewhere::publish(draft, fields);
                Ok(())
            }
            Effect::Unpublish => {
                draft.publication = Some(Publication::Hide);
                Ok(())
            }
            Effect::Convert { to } => elsewhere::convert(draft, to),
            Effect::Merge { field } => elsewhere::merge(draft, field),
            Effect::Urgent { field } => {
                elsewhere::urgent(draft, field.as_deref());
                Ok(())
            }
            Effect::RestartClock => {
                draft.restart_clock = true;
                Ok(())
            }
            Effect::Notify { whom, letter } => {
                elsewhere::notify(draft, *whom, letter);
                Ok(())
            }
            Effect::Followers { step } => {
                draft.followers = Some(step.clone());
                Ok(())
            }
        }
    }

    /// The letter it writes.
    pub fn letter(&self) -> Option<&str> {
        match self {
            Effect::Notify { letter, .. } => Some(letter),
            _ => None,
        }
    }

    /// The kind into which it converts.
    pub fn converts_to(&self) -> Option<&str> {
        match self {
            Effect::Convert { to } => Some(to),
            _ => None,
        }
    }
}
