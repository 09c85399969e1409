//! `extend = { until = "more_until", why = "more_why" }`: the clock, and what was promised with
//! it, run to the end of a later day, for a reason that is a choice. `as` as in `pause`.

use super::pause::{check_guard, check_reason, ordered};
use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::rule::Rule;
use crate::case::FieldFault;

/// There is more time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extend {
    pub until: String,
    pub why: String,
    /// The reason, when the step has only one.
    pub reason: Option<String>,
}

impl EffectWord for Extend {
    const WORD: &'static str = "extend";

    fn parse(node: &Node<'_, '_>) -> Option<Extend> {
        let table = node.table("extend")?;
        let until = table.need("until", "\"more_until\"").and_then(|node| node.text("until"));
        let why = table.need("why", "\"more_why\"").and_then(|node| node.text("why"));
        let reason = table.get("as").and_then(|node| node.text("as"));
        table.done();
        Some(Extend { until: until?, why: why?, reason })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.known(&self.until, &["date"]);
        check_reason(checking, &self.why, self.reason.as_deref());
        check_guard(checking, |rule| matches!(rule, Rule::NewReason(it) if it.of_extension));
        let tells = checking.step.effects.iter().any(|effect| effect.what.tells_petitioner());
        if !checking.kind.internal && !tells {
            let instead = Some("add { notify = { petitioner = \"…\" } }".to_owned());
            checking.say("nobody tells the person that it takes longer".to_owned(), instead);
        }
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let order = ordered(moment, &self.until, &self.why, self.reason.as_deref())?;
        let clock = moment.case.and_then(|case| case.clock.as_ref());
        if clock.is_some_and(|clock| order.until <= clock.due_at) {
            let fault = FieldFault::new(&self.until, "fault-not-later");
            return Err(Refusal::Invalid(vec![fault]));
        }
        draft.decision.after.memory.extended_for.insert(order.why.clone());
        draft.orders.extended = Some(order);
        Ok(())
    }
}
