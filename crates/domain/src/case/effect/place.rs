//! `place = "place"`: where it is, is known (better).

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::Value;

/// The place is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub field: String,
}

impl EffectWord for Place {
    const WORD: &'static str = "place";

    fn parse(node: &Node<'_, '_>) -> Option<Place> {
        node.text("place").map(|field| Place { field })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.field, &["place"]);
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        if let Some(Value::Place(named)) = moment.values.get(&self.field) {
            draft.decision.after.place = named.clone();
        }
        Ok(())
    }
}
