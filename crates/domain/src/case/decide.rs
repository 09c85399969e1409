//! Deciding: what follows when somebody takes a step. Pure: the same arguments, the same answer.
//!
//! Checks come in the order of [`Refusal`]'s variants; effects only after every check.

use jiff::Timestamp;

use crate::access::{Actor, Who as ActorWho};
use crate::id::CaseId;
use crate::planted::{self, Fault};

use super::decision::{Acting, Decision};
use super::facts::Facts;
use super::kind::{Kind, Step, Target};
use super::moment::{Draft, Moment, Orders};
use super::refusal::{FieldFault, Refusal};
use super::rule::Broken;
use super::run::set_clock;
use super::shape::finish;
use super::terms::set_terms;
use super::value::{Input, Value, Values};
use super::view::{CallRole, CallState, CaseView, Owner};
use super::who::capacity;

/// Who acts, under which kind, in which world, when.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    pub kind: &'a Kind,
    pub actor: &'a Actor,
    pub facts: &'a Facts,
    pub now: Timestamp,
}

/// What follows when the actor takes `step` with `input`.
pub fn decide(
    scene: &Scene<'_>,
    case: &CaseView,
    step: &str,
    input: &Input,
) -> Result<Decision, Refusal> {
    let Scene {
        kind,
        actor,
        facts,
        now,
    } = *scene;
    let no_step = || Refusal::NoSuchStep {
        step: step.to_owned(),
    };
    let step = kind.step(step).ok_or_else(no_step)?;
    let acting =
        capacity(&step.by, actor, Some(case), Some(&case.place), facts).ok_or_else(|| {
            Refusal::NotYours {
                step: step.name.clone(),
            }
        })?;
    if !step.from.contains(&case.stage) {
        return Err(Refusal::WrongStage {
            step: step.name.clone(),
            stage: case.stage.clone(),
        });
    }
    if acting == Acting::Clock && !is_due(kind, case, step, now) {
        return Err(Refusal::NotDue);
    }
    let values = read_input(scene, step, input)?;
    let moment = Moment {
        kind,
        step,
        case: Some(case),
        actor,
        acting: &acting,
        values: &values,
        place: &case.place,
        facts,
        now,
    };
    settle(&moment, case.clone())
}

/// What follows when the actor opens a case. `id` is made by whoever asks, so a retry names the same.
pub fn decide_open(scene: &Scene<'_>, id: CaseId, input: &Input) -> Result<Decision, Refusal> {
    let Scene {
        kind,
        actor,
        facts,
        now,
    } = *scene;
    let step = &kind.open;
    let named = match input.values.get(&kind.place_field) {
        Some(Value::Place(place)) => Some(place),
        _ => None,
    };
    // Without a place nobody can say whose place it is; that the place is missing is told below.
    let not_yours = || Refusal::NotYours {
        step: step.name.clone(),
    };
    let acting = capacity(&step.by, actor, None, named, facts);
    if named.is_some() && acting.is_none() {
        return Err(not_yours());
    }
    let values = read_input(scene, step, input)?;
    let acting = acting.ok_or_else(not_yours)?;
    let Some(Value::Place(place)) = values.get(&kind.place_field).cloned() else {
        let fault = FieldFault::new(&kind.place_field, "fault-required");
        return Err(Refusal::Invalid(vec![fault]));
    };
    let moment = Moment {
        kind,
        step,
        case: None,
        actor,
        acting: &acting,
        values: &values,
        place: &place,
        facts,
        now,
    };
    settle(&moment, blank_case(&moment, id)?)
}

/// The case before its first effect: with whoever answers for the place until one says otherwise.
fn blank_case(moment: &Moment<'_>, id: CaseId) -> Result<CaseView, Refusal> {
    let Moment { kind, facts, .. } = *moment;
    let ladder = [facts.place_unit, facts.above_unit, moment.acting.unit()];
    let mut units = ladder.into_iter().flatten();
    let owner = units.find(|&unit| moment.is_fit(unit));
    let item = kind
        .item_field
        .as_ref()
        .and_then(|field| moment.values.get(field));
    let item = match item {
        Some(Value::Item(item)) => Some(item.clone()),
        _ => None,
    };
    Ok(CaseView {
        id,
        kind: kind.slug.clone(),
        kind_hash: kind.hash,
        stage: String::new(),
        version: 0,
        place: moment.place.clone(),
        item,
        urgent: false,
        owner: owner.map(Owner::Unit).ok_or(Refusal::NobodyToOwn)?,
        previous_owner: None,
        opened_unit: moment.acting.unit(),
        opened_role: moment.acting.role(),
        opened_at: moment.now,
        closed_at: None,
        outcome: None,
        clock: None,
        terms: Vec::new(),
        memory: Default::default(),
        counts: Default::default(),
        calls: Vec::new(),
        values: Values::new(),
        merged_into: None,
    })
}

/// Whether a clock takes this step now: the case's, or that of a called unit which is late.
pub(super) fn is_due(kind: &Kind, case: &CaseView, step: &Step, now: Timestamp) -> bool {
    moves_case_clock(kind, case, step, now)
        || CallRole::ALL.iter().any(|&role| {
            kind.late_step(role) == Some(step.name.as_str())
                && case
                    .calls
                    .iter()
                    .any(|call| call.role == role && call.is_overdue(now))
        })
}

/// Whether the clock of the case now warns, ends or goes on by this step.
fn moves_case_clock(kind: &Kind, case: &CaseView, step: &Step, now: Timestamp) -> bool {
    let clock = case.clock.as_ref();
    let event = clock.and_then(|clock| kind.event(clock, now));
    event.is_some_and(|event| event.step() == step.name)
}

/// What was handed in, cleaned; every fault at once.
fn read_input(scene: &Scene<'_>, step: &Step, input: &Input) -> Result<Values, Refusal> {
    let Scene {
        kind, actor, facts, ..
    } = *scene;
    let is_staff = actor.is_staff() || matches!(actor.who, ActorWho::System | ActorWho::Clock);
    let mut values = Values::new();
    let mut faults = Vec::new();
    for (name, value) in &input.values {
        let asked = step
            .asks(name)
            .filter(|asked| is_staff || !asked.staff_only);
        let field = asked.and_then(|_| kind.field(name));
        let Some(field) = field else {
            faults.push(FieldFault::new(name, "fault-unknown-field"));
            continue;
        };
        match field.kind.check(value.clone()) {
            Ok(value) if value.is_empty() => {}
            Ok(value) => {
                if !units_are_known(&value, facts) {
                    faults.push(FieldFault::new(name, "fault-not-unit"));
                }
                values.insert(name.clone(), value);
            }
            Err(trouble) => faults.push(trouble.of(name)),
        }
    }
    for asked in step.fields.iter().filter(|asked| asked.required) {
        let is_faulty = faults.iter().any(|fault| fault.field == asked.field);
        let is_asked = is_staff || !asked.staff_only;
        let is_asked = is_asked && !planted::is(Fault::FormUnread);
        if is_asked && !is_faulty && !values.contains_key(&asked.field) {
            faults.push(FieldFault::new(&asked.field, "fault-required"));
        }
    }
    match faults.is_empty() {
        true => Ok(values),
        false => Err(Refusal::Invalid(faults)),
    }
}

fn units_are_known(value: &Value, facts: &Facts) -> bool {
    match value {
        Value::Unit(unit) => facts.units.contains_key(unit),
        Value::Units(units) => units.iter().all(|unit| facts.units.contains_key(unit)),
        _ => true,
    }
}

/// The rules that hold, else the refusal: what is wrong with fields before what stands against
/// the step.
fn check_rules(moment: &Moment<'_>) -> Result<(), Refusal> {
    let mut faults = Vec::new();
    let mut first = None;
    for rule in &moment.step.rules {
        if !moment.holds(rule.when.as_ref()) {
            continue;
        }
        match rule.what.holds(moment) {
            Ok(()) => {}
            Err(Broken::Field(fault)) => faults.push(fault),
            Err(Broken::Step(class, args)) => {
                first.get_or_insert_with(|| rule.what.refusal(class, args));
            }
        }
    }
    match first {
        _ if !faults.is_empty() => Err(Refusal::Invalid(faults)),
        Some(refusal) => Err(refusal),
        None => Ok(()),
    }
}

/// Rules, then effects, then the new stage with its clock.
fn settle(moment: &Moment<'_>, before: CaseView) -> Result<Decision, Refusal> {
    check_rules(moment)?;
    let (kind, step) = (moment.kind, moment.step);
    let of_field = |name: &String| kind.field(name);
    let part = |wanted: fn(&super::kind::Field) -> bool| -> Values {
        let values = moment
            .values
            .iter()
            .filter(|(name, _)| of_field(name).is_some_and(wanted));
        values
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    };
    let petitioner = part(|field| field.kind.petitioner_part().is_some());
    let says = part(|field| field.kind.petitioner_part().is_none());
    let values_set = part(|field| field.keep);
    let mut after = before.clone();
    after.values.extend(values_set.clone());
    after.version += 1;
    *after.counts.entry(step.name.clone()).or_insert(0) += 1;
    let mut draft = Draft {
        decision: Decision {
            step: step.name.clone(),
            acting: moment.acting.clone(),
            from: moment.case.map(|case| case.stage.clone()),
            after,
            says,
            values_set,
            petitioner,
            calls_changed: Vec::new(),
            notices: Vec::new(),
            publication: None,
            conversion: None,
            followers: None,
            ruled_for: None,
            repeats: None,
            credit: None,
            errand: None,
            papers_moved: Vec::new(),
            paper_received: None,
            shape: serde_json::Value::Null,
        },
        orders: Orders::default(),
        told: Default::default(),
    };
    match &step.to {
        Target::Stage(stage) => draft.decision.after.stage = stage.clone(),
        Target::Branch { field, stages } => {
            let word = moment.value(field).and_then(Value::word);
            let stage = stages
                .iter()
                .find(|(value, _)| Some(value) == word.as_ref());
            let missing = || Refusal::Invalid(vec![FieldFault::new(field, "fault-required")]);
            draft.decision.after.stage = stage.ok_or_else(missing)?.1.clone();
        }
        Target::Stay | Target::OtherKind => {}
    }
    for effect in &step.effects {
        if moment.holds(effect.when.as_ref()) {
            effect.what.apply(moment, &mut draft)?;
        }
    }
    release_calls(&mut draft);
    set_clock(moment, &before, &mut draft);
    set_terms(moment, &before, &mut draft);
    Ok(finish(moment, &before, draft))
}

/// Nobody is awaited any more when a case is closed.
fn release_calls(draft: &mut Draft) {
    let after = &mut draft.decision.after;
    if after.closed_at.is_some() {
        let awaited = after
            .calls
            .iter_mut()
            .filter(|call| call.state.is_awaited());
        awaited.for_each(|call| {
            call.state = CallState::Released;
            call.due_at = None;
        });
    }
}
