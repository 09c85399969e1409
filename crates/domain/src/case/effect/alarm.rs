//! `alarm = "minutes"`: whoever sets out says in how many minutes they are back; the clock runs
//! to exactly then.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::{Value, after_minutes};

/// The clock runs for as many minutes as were named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    pub field: String,
}

impl EffectWord for Alarm {
    const WORD: &'static str = "alarm";

    fn parse(node: &Node<'_, '_>) -> Option<Alarm> {
        node.text("alarm").map(|field| Alarm { field })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.field, &["number"]);
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        if let Some(Value::Number(minutes)) = moment.values.get(&self.field) {
            draft.orders.promised = Some(after_minutes(moment.now, *minutes));
        }
        Ok(())
    }
}
