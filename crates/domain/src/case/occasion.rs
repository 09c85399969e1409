//! How cases are brought together on one day: from which stages, and by which steps. A kind
//! whose cases may be says it in `[occasion]`.

use super::kind::{Kind, Step};

/// What an occasion does to the cases that are put on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// Where a case stands that may be put on one.
    pub stages: Vec<String>,
    /// The step that notes the day, which whoever waits and whoever brings it are told.
    pub put: String,
    /// The step that takes it off again: the day was called off, or went by without it.
    pub off: String,
    /// The step that says that it was handed over there.
    pub deliver: String,
    /// The yes-no field of `put` and `off` that says whether somebody else brings it.
    pub others: String,
    /// The text field with what is brought, without names.
    pub what: String,
}

impl Occasion {
    /// Every step that it names.
    pub fn steps(&self) -> [&str; 3] {
        [&self.put, &self.off, &self.deliver]
    }

    /// Whether a case in this stage may be put on one, or handed over.
    pub fn takes(&self, stage: &str) -> bool {
        self.stages.iter().any(|known| known == stage)
    }
}

impl Step {
    /// The text that the step asks for first.
    pub fn says<'k>(&'k self, kind: &'k Kind) -> Option<&'k str> {
        let is_text = |name: &&str| {
            let field = kind.field(name);
            field.is_some_and(|field| field.kind.word() == "text")
        };
        self.fields
            .iter()
            .map(|asked| asked.field.as_str())
            .find(is_text)
    }
}
