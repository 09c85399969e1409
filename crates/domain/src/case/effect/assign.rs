//! `assign = "duty"`: who is accountable from now on. One of
//! `duty` (the unit of the duty list, else the place's community), `place` (the community),
//! `above` (the unit a level above), `previous` (who had it before), `actor` (the person who
//! acts), `actor-unit`, `opener` (the unit that brought it in), or `{ field = "unit", else = "duty" }` (the unit named in the step).

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::{Acting, FieldFault, Owner, Value};
use crate::id::UnitId;

/// To whom the case goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    Duty,
    Place,
    Above,
    Previous,
    Actor,
    ActorUnit,
    Opener,
}

const WORDS: &[(&str, To)] = &[
    ("duty", To::Duty),
    ("place", To::Place),
    ("above", To::Above),
    ("previous", To::Previous),
    ("actor", To::Actor),
    ("actor-unit", To::ActorUnit),
    ("opener", To::Opener),
];

/// Makes somebody accountable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assign {
    /// The field that names the unit, when the step asks for one.
    pub field: Option<String>,
    /// To whom it goes when no field names one.
    pub to: Option<To>,
}

impl EffectWord for Assign {
    const WORD: &'static str = "assign";

    fn parse(node: &Node<'_, '_>) -> Option<Assign> {
        if !node.is_table() {
            let to = Some(node.one_of("assign", WORDS)?);
            return Some(Assign { field: None, to });
        }
        let table = node.table("assign")?;
        let field = table.need("field", "\"unit\"")?.text("field");
        let to = table.get("else").and_then(|node| node.one_of("else", WORDS));
        table.done();
        Some(Assign { field: Some(field?), to })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        let Some(field) = &self.field else { return };
        checking.asked(field, &["unit"]);
        if self.to.is_none() && checking.step.asks(field).is_some_and(|asked| !asked.required) {
            let instead = Some("write else = \"duty\", or make the field required".to_owned());
            checking.say(format!("nobody gets the case when `{field}` is left out"), instead);
        }
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let after = &mut draft.decision.after;
        let named = self.field.as_ref().and_then(|field| moment.values.get(field).map(|v| (field, v)));
        let owner = match (named, self.to) {
            (Some((field, Value::Unit(unit))), _) => named_unit(moment, field, *unit)?,
            (_, Some(to)) => found(moment, to, after.owner, after.previous_owner)?,
            _ => return Err(Refusal::NobodyToOwn),
        };
        if owner != after.owner {
            after.previous_owner = moment.case.map(|_| after.owner);
            after.owner = owner;
        }
        Ok(())
    }
}

fn named_unit(moment: &Moment<'_>, field: &str, unit: UnitId) -> Result<Owner, Refusal> {
    if moment.is_fit(unit) {
        return Ok(Owner::Unit(unit));
    }
    Err(Refusal::Invalid(vec![FieldFault::new(field, "fault-unit-accused")]))
}

/// Whoever is meant; a unit complained of is passed over for the next that answers for it.
fn found(moment: &Moment<'_>, to: To, now: Owner, previous: Option<Owner>) -> Result<Owner, Refusal> {
    let facts = moment.facts;
    let duty = facts.duty.as_ref().map(|duty| duty.unit);
    let acting = match moment.acting {
        Acting::Person(person) => Some(Owner::Person(*person)),
        Acting::Petitioner => moment.actor.person().map(Owner::Person),
        Acting::Post(_) => moment.actor.person().map(Owner::Person),
        _ => None,
    };
    let keeps = moment.case.map(|_| now);
    let ladder = match to {
        To::Duty => vec![duty, facts.place_unit, facts.above_unit],
        To::Place => vec![facts.place_unit, facts.above_unit],
        To::Above => vec![facts.above_unit],
        To::ActorUnit => vec![moment.acting.unit()],
        To::Opener => vec![moment.case.and_then(|case| case.opened_unit), facts.place_unit, facts.above_unit],
        To::Previous => match previous {
            Some(Owner::Person(_)) => return Ok(previous.unwrap_or(now)),
            Some(Owner::Unit(unit)) => vec![Some(unit), facts.place_unit, facts.above_unit],
            None => vec![facts.place_unit, facts.above_unit],
        },
        To::Actor => return acting.ok_or(Refusal::NobodyToOwn),
    };
    let mut named = ladder.into_iter().flatten().peekable();
    let somebody = named.peek().is_some();
    let fit = named.find(|&unit| moment.is_fit(unit)).map(Owner::Unit);
    // Nobody above, or nobody for the place: whoever has it keeps it, nothing is left lying.
    match (fit.or(keeps), somebody) {
        (Some(owner), _) => Ok(owner),
        (None, true) => Err(Refusal::UnitAccused),
        (None, false) => Err(Refusal::NobodyToOwn),
    }
}
