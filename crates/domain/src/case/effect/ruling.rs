//! `ruling = true`: to whom this step has given the case is a precedent. The next time the same
//! item comes from the same place, whoever dispatches is told.

use super::{Checking, Draft, Effect, EffectWord, Moment, Node, Refusal};

/// The owner from here on is a precedent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling;

impl EffectWord for Ruling {
    const WORD: &'static str = "ruling";

    fn parse(node: &Node<'_, '_>) -> Option<Ruling> {
        node.one_way("ruling").map(|()| Ruling)
    }

    fn check(&self, checking: &mut Checking<'_>) {
        let mut before = checking.step.effects.iter();
        let mut before = before.by_ref().take_while(|other| other.what != Effect::Ruling(Ruling));
        if !before.any(|other| matches!(other.what, Effect::Assign(_))) {
            let what = "nobody is made the owner before the ruling".to_owned();
            let instead = "put an assign before it, such as { assign = { field = \"unit\" } }";
            checking.say(what, Some(instead.to_owned()));
        }
    }

    fn apply(&self, _moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        draft.decision.ruled_for = draft.decision.after.owner.unit();
        Ok(())
    }
}
