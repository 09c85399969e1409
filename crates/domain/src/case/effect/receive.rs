//! `receive = "result"`: what came out of the errand, as the text says, is a paper of the person
//! too: whoever fetched it holds it, and must hand it out.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::Value;

/// A paper more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receive {
    pub field: String,
}

impl EffectWord for Receive {
    const WORD: &'static str = "receive";

    fn parse(node: &Node<'_, '_>) -> Option<Receive> {
        let field = node.text("a field")?;
        Some(Receive { field })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.field, &["text"]);
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let said = moment.values.get(&self.field).and_then(Value::as_text);
        if let (Some(said), Some(errand)) = (said, &moment.facts.errand) {
            let number = errand.papers.keys().last().map_or(1, |last| last + 1);
            draft.decision.paper_received = Some((number, said.to_owned()));
            draft.tell("received", number.into());
        }
        Ok(())
    }
}
