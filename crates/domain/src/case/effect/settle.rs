//! `settle = { unit = "unit", from = ["objecting"], as = "released" }`: somebody says what
//! becomes of a called unit. With `clock` the unit gets new time.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal, call};
use crate::case::rule::parse_states;
use crate::case::{CallState, FieldFault};

/// Somebody says what becomes of a called unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settle {
    pub unit: String,
    pub from: Vec<CallState>,
    pub becomes: CallState,
    pub clock: Option<String>,
}

const BECOMES: &[(&str, CallState)] = &[
    ("released", CallState::Released),
    ("insisted", CallState::Insisted),
    ("present", CallState::Present),
];

impl EffectWord for Settle {
    const WORD: &'static str = "settle";

    fn parse(node: &Node<'_, '_>) -> Option<Settle> {
        let table = node.table("settle")?;
        let unit = table.need("unit", "\"unit\"").and_then(|node| node.text("unit"));
        let from = table.need("from", "[\"objecting\"]").map(|node| parse_states(&node));
        let becomes = table.need("as", "\"released\"").and_then(|node| node.one_of("as", BECOMES));
        let clock = table.get("clock").and_then(|node| node.text("clock"));
        table.done();
        Some(Settle { unit: unit?, from: from?, becomes: becomes?, clock })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.unit, &["unit"]);
        match &self.clock {
            Some(clock) => checking.call_clock(clock),
            None if self.becomes.is_awaited() => checking.say(
                "a unit that must come needs time for it".to_owned(),
                Some("write clock = \"…\"".to_owned()),
            ),
            None => {}
        }
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let after = &mut draft.decision.after;
        let clock = self.clock.as_ref().and_then(|clock| moment.kind.clock(clock));
        for unit in call::units_of(moment, &self.unit) {
            let due_at = clock.map(|clock| moment.call_due(clock, after, unit));
            let call = after.calls.iter_mut().find(|call| call.unit == unit);
            let Some(call) = call.filter(|call| self.from.contains(&call.state)) else {
                let fault = FieldFault::new(&self.unit, "fault-not-called");
                return Err(Refusal::Invalid(vec![fault]));
            };
            call.state = self.becomes;
            call.due_at = due_at;
        }
        Ok(())
    }
}
