//! `reopen = true`: a closed case goes on; its answer no longer stands.

use super::{Draft, EffectWord, Moment, Node, Refusal};

/// The case is open again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopen;

impl EffectWord for Reopen {
    const WORD: &'static str = "reopen";

    fn parse(node: &Node<'_, '_>) -> Option<Reopen> {
        node.one_way("reopen").map(|()| Reopen)
    }

    fn apply(&self, _moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        draft.decision.after.closed_at = None;
        draft.decision.after.outcome = None;
        Ok(())
    }
}
