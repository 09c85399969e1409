//! Why a step is refused. Variants stand in the order in which they are found: the first
//! that holds is the one that is told. Each has a row in `refusal_tests.rs` and a sentence in
//! `refusals.<lang>.ftl`; a rule's refusal has its sentence under the rule's own word.

/// What sort of refusal it is; the edges (HTTP, command line) make their answers from this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    NotFound,
    NotPermitted,
    Invalid,
    Conflict,
    TooMany,
    TooLarge,
    Gone,
}

/// What the sentence of a refusal is filled with.
pub type Args = Vec<(&'static str, String)>;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    pub field: String,
    /// The key of the sentence: `fault-required`, `fault-too-long`, …
    pub key: &'static str,
    pub args: Args,
}

impl FieldFault {
    /// A fault that needs no further words.
    pub fn new(field: &str, key: &'static str) -> FieldFault {
        FieldFault {
            field: field.to_owned(),
            key,
            args: Args::new(),
        }
    }

    /// What its sentence is filled with; some name the field.
    pub fn words(&self) -> Args {
        let mut words = self.args.clone();
        words.push(("field", self.field.clone()));
        words
    }

    /// The same fault with one more word for its sentence.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> FieldFault {
        self.args.push((name, value.to_string()));
        self
    }
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The kind has no such step.
    NoSuchStep { step: String },
    /// Somebody else may take this step, not this actor.
    NotYours { step: String },
    /// The step cannot be taken where the case stands.
    WrongStage { step: String, stage: String },
    /// The clock is still running.
    NotDue,
    /// Fields are missing or wrong; all of them at once.
    Invalid(Vec<FieldFault>),
    /// A rule of the step does not hold.
    Rule {
        rule: &'static str,
        class: Class,
        args: Args,
    },
    /// The matter complains of this unit, so it cannot be given the case.
    UnitAccused,
    /// There is no unit to which the case could be given.
    NobodyToOwn,
    /// The unit was not called, so nothing can be said of its part.
    NotCalled,
    /// The case named is not one with which this can be merged.
    TargetUnfit { why: &'static str },
    /// The kind into which the case should go is not there, or asks for more than is known.
    CannotConvert { to: String },
}

impl Refusal {
    /// What sort of refusal it is.
    pub fn class(&self) -> Class {
        match self {
            Refusal::NoSuchStep { .. } => Class::NotFound,
            Refusal::NotYours { .. } => Class::NotPermitted,
            Refusal::Invalid(_) => Class::Invalid,
            Refusal::Rule { class, .. } => *class,
            _ => Class::Conflict,
        }
    }

    /// The key of its sentence.
    pub fn key(&self) -> String {
        match self {
            Refusal::NoSuchStep { .. } => "refused-no-such-step".to_owned(),
            Refusal::NotYours { .. } => "refused-not-yours".to_owned(),
            Refusal::WrongStage { .. } => "refused-wrong-stage".to_owned(),
            Refusal::NotDue => "refused-not-due".to_owned(),
            Refusal::Invalid(_) => "refused-invalid".to_owned(),
            Refusal::Rule { rule, .. } => format!("refused-rule-{rule}"),
            Refusal::UnitAccused => "refused-unit-accused".to_owned(),
            Refusal::NobodyToOwn => "refused-nobody-to-own".to_owned(),
            Refusal::NotCalled => "refused-not-called".to_owned(),
            Refusal::TargetUnfit { why } => format!("refused-target-{why}"),
            Refusal::CannotConvert { .. } => "refused-cannot-convert".to_owned(),
        }
    }

    /// What the sentence is filled with.
    pub fn args(&self) -> Args {
        match self {
            Refusal::NoSuchStep { step } | Refusal::NotYours { step } => {
                vec![("step", step.clone())]
            }
            Refusal::WrongStage { step, stage } => {
                vec![("step", step.clone()), ("stage", stage.clone())]
            }
            Refusal::Rule { args, .. } => args.clone(),
            Refusal::CannotConvert { to } => vec![("to", to.clone())],
            _ => Args::new(),
        }
    }
}
