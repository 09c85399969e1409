//! The letters that a kind may write, and how much each weighs.

use std::collections::BTreeSet;

use crate::telling::Importance;

use super::kind::Kind;
use super::matching::PROPOSED;

/// Whether a case bears no delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    Urgent,
    Usual,
}

impl Kind {
    /// How much a letter weighs: what asks for an act is urgent when the case is.
    pub fn importance(&self, letter: &str, urgency: Urgency) -> Importance {
        let said = self.weights.iter().find(|(name, _)| name == letter);
        match (said.map(|(_, importance)| *importance), urgency) {
            (Some(Importance::Act), Urgency::Urgent) => Importance::Urgent,
            (said, _) => said.unwrap_or(Importance::Info),
        }
    }

    /// Every letter that a step of this kind may write.
    pub fn letters(&self) -> BTreeSet<&str> {
        std::iter::once(&self.open)
            .chain(&self.steps)
            .flat_map(|step| &step.effects)
            .flat_map(|effect| effect.what.letters())
            .chain(self.matching.is_some().then_some(PROPOSED))
            .collect()
    }
}
