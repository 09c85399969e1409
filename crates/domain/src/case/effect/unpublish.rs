//! `unpublish = true`: the public page is taken down. `unpublish = ["thanks"]`: the public no
//! longer sees these fields of it.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::Publication;

/// The public no longer sees it, or these fields of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpublish {
    /// None: all of it.
    pub fields: Option<Vec<String>>,
}

impl EffectWord for Unpublish {
    const WORD: &'static str = "unpublish";

    fn parse(node: &Node<'_, '_>) -> Option<Unpublish> {
        if !node.is_list() {
            return node.one_way("unpublish").map(|()| Unpublish { fields: None });
        }
        let list = node.list("unpublish").into_iter();
        let fields: Vec<String> = list.filter_map(|node| node.text("a field")).collect();
        (!fields.is_empty()).then_some(Unpublish { fields: Some(fields) })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        for field in self.fields.iter().flatten() {
            if !checking.kind.public.fields.contains(field) {
                checking.say(format!("[public] never shows `{field}`"), None);
            }
        }
    }

    fn apply(&self, _moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        draft.decision.publication = Some(match &self.fields {
            Some(fields) => Publication::Less(fields.clone()),
            None => Publication::Hide,
        });
        Ok(())
    }
}
