//! `papers = { field = "papers_in", move = "hand-over" }`: the papers that were ticked go from one
//! hand to the next. Each must be where it goes from, and every move is told in the entry.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::Value;
use crate::case::decision::PaperMoved;
use crate::case::refusal::FieldFault;
use crate::procedure::Move;

/// The papers that were ticked change hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Papers {
    pub field: String,
    pub what: Move,
}

impl EffectWord for Papers {
    const WORD: &'static str = "papers";

    fn parse(node: &Node<'_, '_>) -> Option<Papers> {
        let words: Vec<(&str, Move)> = Move::ALL.iter().map(|&one| (one.word(), one)).collect();
        let table = node.table("papers")?;
        let field = table.need("field", "\"papers\"")?.text("a field");
        let what = table.need("move", "\"hand-over\"")?.one_of("the move", &words);
        table.done();
        Some(Papers {
            field: field?,
            what: what?,
        })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.field, &["papers"]);
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let Some(Value::Choices(numbers)) = moment.values.get(&self.field) else {
            return Ok(());
        };
        let fault = || Refusal::Invalid(vec![FieldFault::new(&self.field, "fault-not-paper")]);
        let errand = moment.facts.errand.as_ref().ok_or_else(fault)?;
        for number in numbers {
            let number: u32 = number.parse().map_err(|_| fault())?;
            let moved = draft.decision.papers_moved.iter().rev();
            let moved = moved.filter(|moved| moved.paper == number);
            let state = moved.map(|moved| moved.to).next();
            let state = state.or_else(|| errand.papers.get(&number).copied());
            let to = self.what.from(state.ok_or_else(fault)?).map_err(|_| fault())?;
            draft.decision.papers_moved.push(PaperMoved {
                paper: number,
                what: self.what,
                to,
            });
        }
        let told = draft.decision.papers_moved.iter();
        let told: Vec<_> = told
            .map(|moved| serde_json::json!([moved.paper, moved.what.word()]))
            .collect();
        draft.tell("papers", told.into());
        Ok(())
    }
}
