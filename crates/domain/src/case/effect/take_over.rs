//! `take_over = true`: from here on it is the owner's; nobody gets it back.

use super::{Draft, EffectWord, Moment, Node, Refusal};

/// The owner accepts for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeOver;

impl EffectWord for TakeOver {
    const WORD: &'static str = "take_over";

    fn parse(node: &Node<'_, '_>) -> Option<TakeOver> {
        node.one_way("take_over").map(|()| TakeOver)
    }

    fn apply(&self, _moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        draft.decision.after.previous_owner = None;
        Ok(())
    }
}
