//! `unmerge = true`: the case stands for itself again.

use super::{Draft, EffectWord, Moment, Node, Refusal};

/// The case no longer follows another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmerge;

impl EffectWord for Unmerge {
    const WORD: &'static str = "unmerge";

    fn parse(node: &Node<'_, '_>) -> Option<Unmerge> {
        node.one_way("unmerge").map(|()| Unmerge)
    }

    fn apply(&self, _moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        draft.decision.after.merged_into = None;
        Ok(())
    }
}
