//! `procedure_time = true`: the clock of the stage to which it leads ends when the working days are
//! over that the procedure promises.

use super::{Draft, EffectWord, Moment, Node, Refusal};
use crate::calendar::Span;
use crate::case::time;

/// As long as the procedure promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureTime;

impl EffectWord for ProcedureTime {
    const WORD: &'static str = "procedure_time";

    fn parse(node: &Node<'_, '_>) -> Option<ProcedureTime> {
        node.one_way("procedure_time").map(|()| ProcedureTime)
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let Some(errand) = &moment.facts.errand else {
            return Ok(());
        };
        let days: Result<Span, _> = format!("{}wd", errand.days.max(1)).parse();
        if let Ok(days) = days {
            let calendar = moment.calendar_of(draft.decision.after.owner);
            draft.orders.promised = Some(time::due(calendar, moment.now, days));
        }
        Ok(())
    }
}
