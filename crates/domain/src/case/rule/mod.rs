//! What must hold before a step: the closed list. One more: its own file with `holds`, its
//! variant here, its lines in [`Rule::WORDS`] and `parse/rules.rs`, its sentence in
//! `refusals.<lang>.ftl`.

mod calls;
mod claims;
mod consent;
mod future;
mod taken;
mod tiers;
mod within;

use jiff::Timestamp;

use super::facts::Facts;
use super::refusal::{Args, Class, Refusal};
use super::value::Values;
use super::view::CaseView;
use crate::access::Actor;

/// What must hold before a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// A step has been taken at most so often.
    TakenAtMost { step: String, times: u32 },
    /// A step has been taken at least so often.
    TakenAtLeast { step: String, times: u32 },
    /// The case was closed no longer ago than this.
    WithinDays { days: i64 },
    /// The date lies ahead.
    Future { field: String },
    /// Pictures only when a yes-no field says yes.
    Consent { files: String, field: String },
    /// The actor owns fewer open cases than this.
    Claims { max: u32 },
    /// The actor is not whoever brought it in.
    NotPetitioner,
    /// Every summoned unit is there, is done or was released.
    AllReported,
    /// Every summoned unit that came has been rated.
    AllRated,
    /// The unit named is one that was called.
    Called { field: String },
    /// The units named are ones that this opener may whistle for: one tier up.
    Tiers { field: String },
}

/// What a rule looks at.
pub struct Looked<'a> {
    pub case: Option<&'a CaseView>,
    pub values: &'a Values,
    pub actor: &'a Actor,
    pub facts: &'a Facts,
    pub now: Timestamp,
}

impl Rule {
    /// Every word that may stand after `rule =`.
    pub const WORDS: [&'static str; 11] = [
        "taken-at-most",
        "taken-at-least",
        "within-days",
        "future",
        "consent",
        "claims",
        "not-petitioner",
        "all-reported",
        "all-rated",
        "called",
        "tiers",
    ];

    /// The word of this rule: the key of its sentence.
    pub fn word(&self) -> &'static str {
        match self {
            Rule::TakenAtMost { .. } => "taken-at-most",
            Rule::TakenAtLeast { .. } => "taken-at-least",
            Rule::WithinDays { .. } => "within-days",
            Rule::Future { .. } => "future",
            Rule::Consent { .. } => "consent",
            Rule::Claims { .. } => "claims",
            Rule::NotPetitioner => "not-petitioner",
            Rule::AllReported => "all-reported",
            Rule::AllRated => "all-rated",
            Rule::Called { .. } => "called",
            Rule::Tiers { .. } => "tiers",
        }
    }

    /// Whether the rule can be judged before anything is handed in, so that a step which
    /// cannot be taken is not offered.
    pub fn is_known_beforehand(&self) -> bool {
        !matches!(
            self,
            Rule::Future { .. } | Rule::Consent { .. } | Rule::Called { .. } | Rule::Tiers { .. }
        )
    }

    /// Why the rule does not hold, if it does not.
    pub fn refusal(&self, looked: &Looked<'_>) -> Option<Refusal> {
        let (holds, class, args): (bool, Class, Args) = match self {
            Rule::TakenAtMost { step, times } => (
                taken::times(looked, step) <= *times,
                Class::Conflict,
                taken::args(step, *times),
            ),
            Rule::TakenAtLeast { step, times } => (
                taken::times(looked, step) >= *times,
                Class::Conflict,
                taken::args(step, *times),
            ),
            Rule::WithinDays { days } => (
                within::holds(looked, *days),
                Class::Gone,
                vec![("days", days.to_string())],
            ),
            Rule::Future { field } => (future::holds(looked, field), Class::Invalid, Args::new()),
            Rule::Consent { files, field } => (
                consent::holds(looked, files, field),
                Class::Invalid,
                Args::new(),
            ),
            Rule::Claims { max } => (
                claims::holds(looked, *max),
                Class::Conflict,
                vec![("max", max.to_string())],
            ),
            Rule::NotPetitioner => (
                claims::is_somebody_else(looked),
                Class::NotPermitted,
                Args::new(),
            ),
            Rule::AllReported => (calls::all_reported(looked), Class::Conflict, Args::new()),
            Rule::AllRated => (calls::all_rated(looked), Class::Conflict, Args::new()),
            Rule::Called { field } => {
                (calls::is_called(looked, field), Class::Invalid, Args::new())
            }
            Rule::Tiers { field } => (tiers::holds(looked, field), Class::Invalid, Args::new()),
        };
        (!holds).then(|| Refusal::Rule {
            rule: self.word(),
            class,
            args,
        })
    }
}
