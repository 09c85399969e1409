//! `unpublish = true`: the public page is taken down.

use super::{Draft, EffectWord, Moment, Node, Refusal};
use crate::case::Publication;

/// The public no longer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpublish;

impl EffectWord for Unpublish {
    const WORD: &'static str = "unpublish";

    fn parse(node: &Node<'_, '_>) -> Option<Unpublish> {
        node.one_way("unpublish").map(|()| Unpublish)
    }

    fn apply(&self, _moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        draft.decision.publication = Some(Publication::Hide);
        Ok(())
    }
}
