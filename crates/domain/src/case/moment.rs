//! The moment of a step: everything that its rules and effects may look at.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::access::Actor;
use crate::calendar::{Calendar, Span};
use crate::id::UnitId;
use crate::norm::{Norms, Question, Urgency};
use crate::place::PlaceCode;

use super::clock::{Allowance, Clock, TermRule};
use super::decision::{Acting, Decision};
use super::facts::Facts;
use super::kind::{Kind, Step, When};
use super::time;
use super::value::{Value, Values};
use super::view::{CaseView, Owner};

/// Everything that rules and effects may look at.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    pub kind: &'a Kind,
    pub step: &'a Step,
    /// The case before the step; none at opening.
    pub case: Option<&'a CaseView>,
    pub actor: &'a Actor,
    pub acting: &'a Acting,
    /// What was handed in, cleaned.
    pub values: &'a Values,
    pub place: &'a PlaceCode,
    pub facts: &'a Facts,
    pub now: Timestamp,
}

impl<'a> Moment<'a> {
    /// The value of a field: what is handed in, else what is known of the matter.
    pub fn value(&self, field: &str) -> Option<&'a Value> {
        let known = self.case.and_then(|case| case.values.get(field));
        self.values.get(field).or(known)
    }

    /// Whether a condition holds. `given` and `missing` ask whether there is any value.
    pub fn holds(&self, when: Option<&When>) -> bool {
        let Some(When { field, value }) = when else {
            return true;
        };
        let found = self.value(field).filter(|value| !value.is_empty());
        match value.as_str() {
            "given" => found.is_some(),
            "missing" => found.is_none(),
            word => found.and_then(Value::word).as_deref() == Some(word),
        }
    }

    /// Whether a unit may be given this case: it is not one complained of.
    pub fn is_fit(&self, unit: UnitId) -> bool {
        !self.facts.accused_units.contains(&unit)
    }

    /// The calendar by which time counts for an owner: that of the place, with the special days
    /// of the unit if it has any.
    pub fn calendar_of(&self, owner: Owner) -> &'a Calendar {
        self.facts.calendar(owner.unit())
    }

    /// How much time is given for a case as it is after the step, when it begins at `from`.
    pub fn limit(&self, given: &Given<'_>, after: &CaseView, from: Timestamp) -> Span {
        let Given {
            kind,
            name,
            allowance,
        } = *given;
        let request = kind.request_field.as_ref();
        let request = request.and_then(|field| after.values.get(field)?.word());
        let norm = |urgency| {
            let asked = Question {
                kind: &kind.slug,
                clock: name,
                item: after.item.as_ref(),
                request: request.as_deref(),
                urgency,
                day: self.day_of(from),
            };
            let norms = self.facts.norms.as_deref();
            let nothing = Norms::default();
            let norm = norms.unwrap_or(&nothing).limit(&allowance.norms, &asked);
            norm.filter(|_| allowance.by_norm)
        };
        let urgent = || norm(Urgency::Urgent).or(allowance.urgent);
        let duty = || {
            let duty = self.facts.duty.as_ref().filter(|_| allowance.by_duty);
            duty.and_then(|duty| duty.limit)
        };
        let urgent = if after.urgent { urgent() } else { None };
        let plain = || duty().or_else(|| norm(Urgency::Plain));
        urgent.or_else(plain).unwrap_or(allowance.time)
    }

    /// When the clock of a unit that is called now runs out.
    pub fn call_due(&self, clock: &Clock, after: &CaseView, unit: UnitId) -> Timestamp {
        let limit = self.limit(&Given::clock(self.kind, clock), after, self.now);
        time::due(self.facts.calendar(Some(unit)), self.now, limit)
    }

    /// The day that it is where the case lies.
    pub fn day_of(&self, at: Timestamp) -> Date {
        self.facts.calendar(None).zone().date(at)
    }

    /// The last minute of a day where the case lies.
    pub fn end_of(&self, day: Date) -> Option<Timestamp> {
        let zone = self.facts.calendar(None).zone();
        zone.first(day, 23 * 60 + 59)
    }
}

/// What has how much time: a clock or a term of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Given<'k> {
    pub kind: &'k Kind,
    pub name: &'k str,
    pub allowance: &'k Allowance,
}

impl<'k> Given<'k> {
    pub fn clock(kind: &'k Kind, clock: &'k Clock) -> Given<'k> {
        Given {
            kind,
            name: &clock.name,
            allowance: &clock.allowance,
        }
    }

    pub fn term(kind: &'k Kind, term: &'k TermRule) -> Given<'k> {
        Given {
            kind,
            name: &term.name,
            allowance: &term.allowance,
        }
    }
}

/// So many minutes later.
pub fn after_minutes(now: Timestamp, minutes: i64) -> Timestamp {
    now.saturating_add(jiff::SignedDuration::from_mins(minutes))
        .expect("minutes are a span without calendar units")
}

/// An instant that a step names, and the word of its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordered {
    pub until: Timestamp,
    pub why: String,
}

/// What the effects of a step want of the clock.
#[derive(Debug, Clone, Default)]
pub struct Orders {
    /// A new end, promised in this step.
    pub promised: Option<Timestamp>,
    /// A later end, with its reason.
    pub extended: Option<Ordered>,
    /// It shall stand.
    pub pause: Option<Ordered>,
    /// It shall go on.
    pub resume: bool,
    /// Clocks that are whole again.
    pub refill: BTreeSet<String>,
}

/// A decision while its effects are being worked out.
#[derive(Debug, Clone)]
pub struct Draft {
    pub decision: Decision,
    pub orders: Orders,
    /// What the entry tells of clocks and promises.
    pub told: serde_json::Map<String, serde_json::Value>,
}

impl Draft {
    /// Tells something in the entry.
    pub fn tell(&mut self, key: &str, what: serde_json::Value) {
        self.told.insert(key.to_owned(), what);
    }
}
