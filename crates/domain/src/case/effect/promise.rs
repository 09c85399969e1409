//! `promise = "until"`: the owner names a day; the clock runs to the end of it.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::Value;

/// The clock runs to the end of a named day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    pub field: String,
}

impl EffectWord for Promise {
    const WORD: &'static str = "promise";

    fn parse(node: &Node<'_, '_>) -> Option<Promise> {
        node.text("promise").map(|field| Promise { field })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.field, &["date"]);
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        if let Some(Value::Date(date)) = moment.values.get(&self.field) {
            draft.orders.promised = moment.end_of(*date);
        }
        Ok(())
    }
}
