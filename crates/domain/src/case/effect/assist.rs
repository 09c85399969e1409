//! `assist = { units = "assisting", clock = "assist" }`: units help the owner. `units` is a
//! field of the step, or `duty` for the assisting units of the duty list.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal, call};
use crate::case::view::CallRole;

/// Units help the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assist {
    pub units: String,
    pub clock: String,
}

/// The word that stands for the duty list instead of a field.
const DUTY: &str = "duty";

impl EffectWord for Assist {
    const WORD: &'static str = "assist";

    fn parse(node: &Node<'_, '_>) -> Option<Assist> {
        let table = node.table("assist")?;
        let units = table.need("units", "\"assisting\"").and_then(|node| node.text("units"));
        let clock = table.need("clock", "\"assist\"").and_then(|node| node.text("clock"));
        table.done();
        Some(Assist { units: units?, clock: clock? })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        if self.units != DUTY {
            checking.asked(&self.units, &["units", "unit"]);
        }
        checking.call_clock(&self.clock);
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let units = match (self.units.as_str(), &moment.facts.duty) {
            (DUTY, Some(duty)) => duty.assisting.clone(),
            (DUTY, None) => Vec::new(),
            (field, _) => call::units_of(moment, field),
        };
        call::summon(moment, draft, &units, CallRole::Assisting, &self.clock);
        Ok(())
    }
}
