//! The moment of a step: everything that its rules and effects may look at.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use crate::access::Actor;
use crate::id::UnitId;
use crate::place::PlaceCode;

use super::decision::{Acting, Decision};
use super::facts::Facts;
use super::kind::{Clock, Kind, Step, When};
use super::value::{Value, Values};
use super::view::CaseView;

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

    /// How long a clock runs for this case.
    pub fn minutes(&self, clock: &Clock, urgent: bool) -> i64 {
        let duty = self.facts.duty.as_ref();
        let by_duty = duty.and_then(|duty| duty.limit_minutes);
        match clock.urgent_minutes {
            Some(minutes) if urgent => minutes,
            _ if clock.by_duty => by_duty.unwrap_or(clock.minutes),
            _ => clock.minutes,
        }
    }

    /// When a clock started now runs out, in the so-many-eth round.
    pub fn due(&self, clock: &Clock, urgent: bool, round: u32) -> Timestamp {
        let minutes = Clock::minutes_at(round, self.minutes(clock, urgent));
        after_minutes(self.now, minutes)
    }
}

/// So many minutes later.
pub fn after_minutes(now: Timestamp, minutes: i64) -> Timestamp {
    now.saturating_add(jiff::SignedDuration::from_mins(minutes))
        .expect("minutes are a span without calendar units")
}

/// The day that it is, in the one time zone of the country.
pub fn day_of(now: Timestamp) -> Date {
    now.to_zoned(time_zone()).date()
}

/// The last minute of a day.
pub fn end_of(day: Date) -> Option<Timestamp> {
    let end = day.at(23, 59, 0, 0).to_zoned(time_zone()).ok()?;
    Some(end.timestamp())
}

fn time_zone() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

/// A decision while its effects are being worked out.
#[derive(Debug, Clone)]
pub struct Draft {
    pub decision: Decision,
    /// A new end of the clock, promised in this step.
    pub promised: Option<Timestamp>,
}
