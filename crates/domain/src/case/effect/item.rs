//! `item = "item"`: what item of the duty list it is, is known (better).

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::Value;

/// The item is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub field: String,
}

impl EffectWord for Item {
    const WORD: &'static str = "item";

    fn parse(node: &Node<'_, '_>) -> Option<Item> {
        node.text("item").map(|field| Item { field })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.field, &["item"]);
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        if let Some(Value::Item(named)) = moment.values.get(&self.field) {
            draft.decision.after.item = Some(named.clone());
        }
        Ok(())
    }
}
