//! Units that take part in a case: called, coming, there, released, rated, late.

use huiyin_domain::case::{CallRole, CallState, Owner, Value};
use huiyin_domain::id::UnitId;
use jiff::{SignedDuration, Timestamp};

use super::Call;
use super::effects::{Following, accused};
use super::hours::hours;
use super::rules::Effect;

/// The units that a field names.
fn units(value: Option<Value>) -> Vec<UnitId> {
    match value {
        Some(Value::Units(units)) => units,
        Some(Value::Unit(unit)) => vec![unit],
        _ => Vec::new(),
    }
}

impl Following<'_> {
    pub fn calls(&mut self, effect: &Effect<'_>) {
        let now = self.happened.now;
        let own = self.happened.doer.unit;
        let named = units(self.handed(effect.says("unit")));
        match effect.word {
            "call" | "assist" => self.summon(effect),
            "report" => {
                let state = effect.says.as_str().or(effect.says("state"));
                let minutes = match self.handed(effect.says("minutes")) {
                    Some(Value::Number(minutes)) => Some(minutes),
                    _ => None,
                };
                if let Some(call) = own.and_then(|unit| self.after.calls.get_mut(&unit)) {
                    call.state = state
                        .and_then(|word| word.parse().ok())
                        .unwrap_or(call.state);
                    call.due_at = minutes.map(|minutes| now + SignedDuration::from_mins(minutes));
                }
            }
            "settle" => {
                let due_at = effect.says("clock").map(|clock| self.call_due(clock));
                let state = effect.says("as").and_then(|word| word.parse().ok());
                for unit in named {
                    if let Some(call) = self.after.calls.get_mut(&unit) {
                        call.state = state.unwrap_or(call.state);
                        call.due_at = due_at;
                    }
                }
            }
            "rate" => {
                let rating = match self.handed(effect.says("rating")) {
                    Some(Value::Rating(rating)) => Some(rating),
                    _ => None,
                };
                for unit in named {
                    if let Some(call) = self.after.calls.get_mut(&unit) {
                        call.rating = rating;
                    }
                }
            }
            _ => {
                let role = effect.says.as_str().and_then(|word| word.parse().ok());
                let late = self.after.calls.values_mut();
                for call in late.filter(|call| Some(call.role) == role && call.is_late(now)) {
                    call.late_at = Some(now);
                    call.due_at = None;
                }
            }
        }
    }

    fn summon(&mut self, effect: &Effect<'_>) {
        let role = match effect.word {
            "call" => CallRole::Summoned,
            _ => CallRole::Assisting,
        };
        let (place, item) = self.where_and_what();
        let asked = match effect.says("units") {
            Some("duty") => {
                let duty = self.model.map.duty(item.as_ref(), &place);
                duty.map(|duty| duty.assisting.clone()).unwrap_or_default()
            }
            field => units(self.handed(field)),
        };
        let known = self
            .before
            .map(|before| before.values.clone())
            .unwrap_or_default();
        let accused = accused(self.rules, self.happened.handed, &known);
        let due_at = effect.says("clock").map(|clock| self.call_due(clock));
        for unit in asked {
            let owns = role == CallRole::Assisting && self.after.owner == Owner::Unit(unit);
            let is_over = |call: &Call| matches!(call.state, CallState::Released | CallState::Done);
            let is_free = self.after.calls.get(&unit).is_none_or(is_over);
            if owns || accused.contains(&unit) || !is_free {
                continue;
            }
            let call = Call {
                role,
                state: CallState::Waiting,
                due_at,
                late_at: None,
                rating: None,
            };
            self.after.calls.insert(unit, call);
        }
    }

    fn call_due(&self, clock: &str) -> Timestamp {
        let limit = self.limit(self.rules.clock(clock));
        hours().due(self.happened.now, limit)
    }

    /// Nobody is awaited any more when a case is closed.
    pub fn release(&mut self) {
        if self.after.closed_at.is_none() {
            return;
        }
        for call in self
            .after
            .calls
            .values_mut()
            .filter(|call| call.is_awaited())
        {
            call.state = CallState::Released;
            call.due_at = None;
        }
    }
}
