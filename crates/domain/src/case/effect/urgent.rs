//! `urgent = true`, or `{ field = "urgent" }`: the case is urgent; its clocks are the short ones.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::Value;

/// The case is urgent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Urgent {
    Always,
    /// When the field says yes, or is the choice `urgent`.
    Field(String),
}

impl Urgent {
    /// The field that says so, when one does.
    pub fn field(&self) -> Option<&str> {
        match self {
            Urgent::Always => None,
            Urgent::Field(field) => Some(field),
        }
    }
}

impl EffectWord for Urgent {
    const WORD: &'static str = "urgent";

    fn parse(node: &Node<'_, '_>) -> Option<Urgent> {
        if !node.is_table() {
            return node.one_way("urgent").map(|()| Urgent::Always);
        }
        let table = node.table("urgent")?;
        let field = table.need("field", "\"urgent\"")?.text("field");
        table.done();
        field.map(Urgent::Field)
    }

    fn check(&self, checking: &mut Checking<'_>) {
        if let Urgent::Field(field) = self {
            checking.asked(field, &["yes-no"]);
        }
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        draft.decision.after.urgent |= match self {
            Urgent::Always => true,
            Urgent::Field(field) => moment.values.get(field) == Some(&Value::YesNo(true)),
        };
        Ok(())
    }
}
