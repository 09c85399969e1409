//! `close = "withdrawn"`, or `{ field = "outcome" }`: the case is closed with an outcome that
//! says what really happened.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal, suggest};
use crate::case::{FieldFault, Value};

/// The case is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Close {
    Outcome(String),
    /// The field whose choice is the outcome.
    Field(String),
}

impl EffectWord for Close {
    const WORD: &'static str = "close";

    fn parse(node: &Node<'_, '_>) -> Option<Close> {
        if !node.is_table() {
            return node.text("close").map(Close::Outcome);
        }
        let table = node.table("close")?;
        let field = table.need("field", "\"outcome\"")?.text("field");
        table.done();
        field.map(Close::Field)
    }

    fn check(&self, checking: &mut Checking<'_>) {
        let kind = checking.kind;
        let known: Vec<&str> = kind.outcomes.iter().map(|o| o.name.as_str()).collect();
        let outcome = |word: &str, checking: &mut Checking<'_>| {
            if !known.contains(&word) {
                let what = format!("there is no outcome `{word}`");
                checking.say(what, Some(suggest(word, &known)));
            }
        };
        match self {
            Close::Outcome(word) => outcome(word, checking),
            Close::Field(field) => {
                checking.known(field, &["choice"]);
                let words = kind.field(field).map(|field| field.kind.words());
                for word in words.unwrap_or_default() {
                    outcome(word, checking);
                }
            }
        }
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let outcome = match self {
            Close::Outcome(word) => word.clone(),
            Close::Field(field) => match moment.value(field).and_then(Value::word) {
                Some(word) => word,
                None => {
                    let fault = FieldFault::new(field, "fault-required");
                    return Err(Refusal::Invalid(vec![fault]));
                }
            },
        };
        draft.decision.after.closed_at = Some(moment.now);
        draft.decision.after.outcome = Some(outcome);
        Ok(())
    }
}
