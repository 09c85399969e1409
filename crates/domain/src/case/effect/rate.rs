//! `rate = { unit = "unit", rating = "rating" }`: whoever called says how it was.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal, call};
use crate::case::{CallState, FieldFault, Value};

/// A called unit is rated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    pub unit: String,
    pub rating: String,
}

impl EffectWord for Rate {
    const WORD: &'static str = "rate";

    fn parse(node: &Node<'_, '_>) -> Option<Rate> {
        let table = node.table("rate")?;
        let unit = table.need("unit", "\"unit\"").and_then(|node| node.text("unit"));
        let rating = table.need("rating", "\"rating\"").and_then(|node| node.text("rating"));
        table.done();
        Some(Rate { unit: unit?, rating: rating? })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.unit, &["unit"]);
        checking.asked(&self.rating, &["rating"]);
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let rating = match moment.values.get(&self.rating) {
            Some(Value::Rating(rating)) => Some(*rating),
            _ => None,
        };
        for unit in call::units_of(moment, &self.unit) {
            let calls = &mut draft.decision.after.calls;
            let call = calls.iter_mut().find(|call| call.unit == unit);
            match call.filter(|call| call.state != CallState::Released) {
                Some(call) => call.rating = rating,
                None => {
                    let fault = FieldFault::new(&self.unit, "fault-not-called");
                    return Err(Refusal::Invalid(vec![fault]));
                }
            }
        }
        Ok(())
    }
}
