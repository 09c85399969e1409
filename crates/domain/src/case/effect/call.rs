//! `call = { units = "units", clock = "report_in" }`: units are whistled for and must report in,
//! each with its own clock.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::view::{self, CallRole, CallState};
use crate::case::{Owner, Value};
use crate::id::UnitId;

/// Units must report in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub units: String,
    pub clock: String,
}

impl EffectWord for Call {
    const WORD: &'static str = "call";

    fn parse(node: &Node<'_, '_>) -> Option<Call> {
        let table = node.table("call")?;
        let units = table.need("units", "\"units\"").and_then(|node| node.text("units"));
        let clock = table.need("clock", "\"report_in\"").and_then(|node| node.text("clock"));
        table.done();
        Some(Call { units: units?, clock: clock? })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.asked(&self.units, &["units", "unit"]);
        checking.call_clock(&self.clock);
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let units = units_of(moment, &self.units);
        summon(moment, draft, &units, CallRole::Summoned, &self.clock);
        Ok(())
    }
}

/// The units named in a field.
pub(super) fn units_of(moment: &Moment<'_>, field: &str) -> Vec<UnitId> {
    match moment.values.get(field) {
        Some(Value::Units(units)) => units.clone(),
        Some(Value::Unit(unit)) => vec![*unit],
        _ => Vec::new(),
    }
}

/// Adds calls for units that take no part yet. Who has the case helps anyway, and a unit that
/// is complained of is never asked.
pub(super) fn summon(
    moment: &Moment<'_>,
    draft: &mut Draft,
    units: &[UnitId],
    role: CallRole,
    clock: &str,
) {
    let after = &mut draft.decision.after;
    let clock = moment.kind.clock(clock);
    for &unit in units {
        let helps_anyway = role == CallRole::Assisting && after.owner == Owner::Unit(unit);
        if helps_anyway || !moment.is_fit(unit) {
            continue;
        }
        let fresh = view::Call {
            unit,
            role,
            state: CallState::Waiting,
            due_at: clock.map(|clock| moment.call_due(clock, after, unit)),
            late_at: None,
            rating: None,
        };
        match after.calls.iter_mut().find(|call| call.unit == unit) {
            None => after.calls.push(fresh),
            Some(call) if matches!(call.state, CallState::Released | CallState::Done) => *call = fresh,
            Some(_) => {}
        }
    }
}
