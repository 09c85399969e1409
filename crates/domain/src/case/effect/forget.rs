//! `forget = ["wait_why", "wait_until"]`: what was asked for and is settled now no longer belongs
//! to the matter. The history has it.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};

/// Values leave the matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forget {
    pub fields: Vec<String>,
}

impl EffectWord for Forget {
    const WORD: &'static str = "forget";

    fn parse(node: &Node<'_, '_>) -> Option<Forget> {
        let fields = node.list("forget").into_iter();
        let fields = fields.filter_map(|node| node.text("a field")).collect();
        Some(Forget { fields })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        for field in &self.fields {
            checking.known(field, &[]);
            if checking.kind.open.asks(field).is_some() {
                let what = format!("`{field}` is what was brought in");
                checking.say(what, Some("leave it where it is".to_owned()));
            }
        }
    }

    fn apply(&self, _moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        for field in &self.fields {
            draft.decision.after.values.remove(field);
            draft.decision.values_set.remove(field);
        }
        Ok(())
    }
}
