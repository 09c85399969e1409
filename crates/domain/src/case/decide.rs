//! Decide what follows from a step. Pure: everything it needs is handed over, and it changes
//! nothing but what it returns.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::decision::{Acting, Decision};
use super::effect::{self, Draft};
use super::facts::Facts;
use super::field::FieldType;
use super::kind::{Asked, Kind, Step, Target, Weight, When};
use super::refusal::{FieldFault, Refusal};
use super::rule::Looked;
use super::value::{Input, Value, Values};
use super::view::{CaseView, ClockView, Owner};
use crate::access::Actor;
use crate::id::{CaseId, UnitId};
use crate::place::PlaceCode;

/// A step that an actor may take now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub step: String,
    pub weight: Weight,
    /// What the step asks of this actor.
    pub asked: Vec<Asked>,
    pub acting: Acting,
}

/// What somebody wants to do, with the world around it.
struct Act<'a> {
    kind: &'a Kind,
    step: &'a Step,
    case: Option<&'a CaseView>,
    actor: &'a Actor,
    facts: &'a Facts,
    now: Timestamp,
}

/// Decides the opening of a case with this id.
#[expect(
    clippy::too_many_arguments,
    reason = "all that a decision depends on is handed over, each part under its own name"
)]
pub fn decide_open(
    kind: &Kind,
    id: CaseId,
    actor: &Actor,
    input: &Input,
    facts: &Facts,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let act = Act {
        kind,
        step: &kind.open,
        case: None,
        actor,
        facts,
        now,
    };
    let acting = act.acting()?;
    let (says, petitioner) = act.checked(input, &acting)?;
    act.rules(&says)?;
    let place = match says.get(&kind.place_field) {
        Some(Value::Place(place)) => place.clone(),
        _ => return Err(invalid(&kind.place_field, "fault-required")),
    };
    let owner = acting
        .unit()
        .or(facts.place_unit)
        .ok_or(Refusal::NobodyToOwn)?;
    let blank = CaseView {
        id,
        kind: kind.slug.clone(),
        kind_hash: kind.hash,
        stage: String::new(),
        version: 0,
        place,
        item: None,
        urgent: false,
        owner: Owner::Unit(owner),
        previous_owner: None,
        opened_unit: acting.unit(),
        opened_at: now,
        closed_at: None,
        outcome: None,
        clock: None,
        counts: BTreeMap::new(),
        calls: Vec::new(),
        values: Values::new(),
        merged_into: None,
    };
    act.concluded(blank, acting, says, petitioner)
}

/// Decides a step of a case.
#[expect(
    clippy::too_many_arguments,
    reason = "all that a decision depends on is handed over, each part under its own name"
)]
pub fn decide(
    kind: &Kind,
    case: &CaseView,
    step: &str,
    actor: &Actor,
    input: &Input,
    facts: &Facts,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let name = step.to_owned();
    let step = kind.step(step).ok_or(Refusal::NoSuchStep { step: name })?;
    let act = Act {
        kind,
        step,
        case: Some(case),
        actor,
        facts,
        now,
    };
    let acting = act.acting()?;
    if !step.from.contains(&case.stage) {
        return Err(Refusal::WrongStage {
            step: step.name.clone(),
            stage: case.stage.clone(),
        });
    }
    if acting == Acting::Clock && !is_due(kind, case, step, now) {
        return Err(Refusal::NotDue);
    }
    let (says, petitioner) = act.checked(input, &acting)?;
    act.rules(&says)?;
    act.concluded(case.clone(), acting, says, petitioner)
}

/// The steps that `actor` may take now, the weightiest first.
pub fn steps_for(
    kind: &Kind,
    case: &CaseView,
    actor: &Actor,
    facts: &Facts,
    now: Timestamp,
) -> Vec<Offer> {
    let mut offers: Vec<Offer> = kind
        .steps
        .iter()
        .filter(|step| step.from.contains(&case.stage))
        .filter_map(|step| {
            let act = Act {
                kind,
                step,
                case: Some(case),
                actor,
                facts,
                now,
            };
            let acting = act.acting().ok()?;
            let known = |rule: &&super::kind::Conditional<super::rule::Rule>| {
                rule.when.is_none() && rule.what.is_known_beforehand()
            };
            let nothing = Values::new();
            let looked = act.looked(&nothing);
            let refused = step
                .rules
                .iter()
                .filter(known)
                .any(|r| r.what.refusal(&looked).is_some());
            let asked: Vec<Asked> = step
                .fields
                .iter()
                .filter(|asked| act.may_fill(asked, &acting))
                .cloned()
                .collect();
            (!refused).then(|| Offer {
                step: step.name.clone(),
                weight: step.weight,
                asked,
                acting,
            })
        })
        .collect();
    offers.sort_by_key(|offer| offer.weight);
    offers
}

/// Whether the clock that takes this step has run out.
fn is_due(kind: &Kind, case: &CaseView, step: &Step, now: Timestamp) -> bool {
    let own = case.clock.as_ref().is_some_and(|clock| {
        let then = kind.clock(&clock.name).map(|clock| clock.then.as_str());
        then == Some(&step.name) && clock.due_at <= now
    });
    let of_calls = kind
        .clocks
        .iter()
        .any(|clock| clock.is_of_calls() && clock.then == step.name);
    own || (of_calls && case.calls.iter().any(|call| effect::is_late(call, now)))
}

fn invalid(field: &str, key: &'static str) -> Refusal {
    Refusal::Invalid(vec![FieldFault::new(field, key)])
}

impl Act<'_> {
    /// In which capacity the actor takes the step: the first that fits.
    fn acting(&self) -> Result<Acting, Refusal> {
        let fits = |who: &super::who::Who| who.admits(self.actor, self.case, self.facts);
        let step = self.step.name.clone();
        self.step
            .by
            .iter()
            .find_map(fits)
            .ok_or(Refusal::NotYours { step })
    }

    fn may_fill(&self, asked: &Asked, acting: &Acting) -> bool {
        !asked.staff_only
            || matches!(
                acting,
                Acting::Post(_) | Acting::Service(_) | Acting::System
            )
    }

    fn looked<'b>(&'b self, values: &'b Values) -> Looked<'b> {
        let (case, actor, facts, now) = (self.case, self.actor, self.facts, self.now);
        Looked {
            case,
            values,
            actor,
            facts,
            now,
        }
    }

    /// What was handed in, cleaned: what the step says, and what belongs behind the seal.
    fn checked(&self, input: &Input, acting: &Acting) -> Result<(Values, Values), Refusal> {
        let (mut says, mut sealed) = (Values::new(), Values::new());
        let mut faults = Vec::new();
        for name in input.values.keys() {
            let asked = self
                .step
                .asks(name)
                .filter(|asked| self.may_fill(asked, acting));
            if asked.is_none() {
                faults.push(FieldFault::new(name, "fault-unknown-field"));
            }
        }
        for asked in self
            .step
            .fields
            .iter()
            .filter(|asked| self.may_fill(asked, acting))
        {
            let Some(field) = self.kind.field(&asked.field) else {
                continue;
            };
            let checked = match input
                .values
                .get(&asked.field)
                .filter(|value| !value.is_empty())
            {
                Some(value) => field.kind.check(&asked.field, value, self.facts).map(Some),
                None => Ok(None),
            };
            match checked {
                // A clock and the product itself have nothing to say.
                Ok(None) if asked.required && !matches!(acting, Acting::Clock) => {
                    faults.push(FieldFault::new(&asked.field, "fault-required"));
                }
                Ok(Some(value)) if value.is_empty() && asked.required => {
                    faults.push(FieldFault::new(&asked.field, "fault-required"));
                }
                Ok(Some(value)) => match field.kind.sealed_as() {
                    Some(name) => drop(sealed.insert(name.to_owned(), value)),
                    None => drop(says.insert(asked.field.clone(), value)),
                },
                Ok(None) => {}
                Err(fault) => faults.push(fault),
            }
        }
        match faults.is_empty() {
            true => Ok((says, sealed)),
            false => Err(Refusal::Invalid(faults)),
        }
    }

    fn rules(&self, says: &Values) -> Result<(), Refusal> {
        let looked = self.looked(says);
        let refused = |rule: &super::kind::Conditional<super::rule::Rule>| {
            holds(rule.when.as_ref(), says)
                .then(|| rule.what.refusal(&looked))
                .flatten()
        };
        self.step.rules.iter().find_map(refused).map_or(Ok(()), Err)
    }

    /// Applies the effects and moves the case to its next stage.
    fn concluded(
        &self,
        before: CaseView,
        acting: Acting,
        says: Values,
        petitioner: Values,
    ) -> Result<Decision, Refusal> {
        let from = self.case.map(|case| case.stage.clone());
        let values_set = self.kept(&says);
        let mut after = before;
        after.version += 1;
        after.values.extend(values_set.clone());
        *after.counts.entry(self.step.name.clone()).or_insert(0) += 1;
        self.note_subject(&mut after, &says);
        let mut draft = Draft {
            kind: self.kind,
            facts: self.facts,
            acting: &acting,
            says: &says,
            accused: self.accused(&after.values),
            now: self.now,
            after,
            calls_changed: Vec::new(),
            notices: Vec::new(),
            publication: None,
            conversion: None,
            followers: None,
            restart_clock: false,
        };
        for effect in &self.step.effects {
            if holds(effect.when.as_ref(), &says) {
                effect.what.apply(&mut draft)?;
            }
        }
        self.move_on(&mut draft)?;
        let shape = self.shape(&draft);
        let Draft {
            after,
            calls_changed,
            notices,
            publication,
            conversion,
            followers,
            ..
        } = draft;
        Ok(Decision {
            step: self.step.name.clone(),
            acting,
            from,
            after,
            says,
            values_set,
            petitioner,
            calls_changed,
            notices,
            publication,
            conversion,
            followers,
            shape,
        })
    }

    /// Of what was handed in, what belongs to the matter.
    fn kept(&self, says: &Values) -> Values {
        let keep = |name: &String| self.kind.field(name).is_some_and(|field| field.keep);
        says.iter()
            .filter(|(name, _)| keep(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }

    /// Item and place stand in columns of their own, because lists ask for them.
    fn note_subject(&self, after: &mut CaseView, says: &Values) {
        if let Some(Value::Item(item)) = self.kind.item_field.as_ref().and_then(|f| says.get(f)) {
            after.item = Some(item.clone());
        }
        if let Some(Value::Place(place)) = says.get(&self.kind.place_field) {
            after.place = PlaceCode::clone(place);
        }
    }

    fn accused(&self, values: &Values) -> Vec<UnitId> {
        let mut accused = self.facts.accused_units.clone();
        for field in self
            .kind
            .fields
            .iter()
            .filter(|field| field.kind == FieldType::Accused)
        {
            if let Some(Value::Units(units)) = values.get(&field.name) {
                accused.extend(units);
            }
        }
        accused
    }

    /// The next stage and its clock.
    fn move_on(&self, draft: &mut Draft<'_>) -> Result<(), Refusal> {
        let stage = match &self.step.to {
            Target::Stay => draft.after.stage.clone(),
            Target::Stage(stage) => stage.clone(),
            Target::Branch { field, stages } => {
                let word = draft.says.get(field).and_then(Value::word);
                let branch = stages
                    .iter()
                    .find(|(value, _)| Some(value) == word.as_ref());
                branch
                    .map(|(_, stage)| stage.clone())
                    .ok_or_else(|| invalid(field, "fault-required"))?
            }
            Target::OtherKind => String::new(),
        };
        let kinds = draft.facts.kinds.clone();
        let other = draft.conversion.as_ref().and_then(|conversion| {
            kinds
                .as_ref()
                .and_then(|kinds| kinds.by_hash(conversion.to_hash).cloned())
        });
        let kind = other.as_deref().unwrap_or(self.kind);
        let stage = match (&other, &kind.open.to) {
            (Some(_), Target::Stage(first)) => first.clone(),
            _ => stage,
        };
        draft.after.stage = stage;
        set_clock(kind, draft);
        Ok(())
    }

    /// What happened, without a word that somebody wrote.
    fn shape(&self, draft: &Draft<'_>) -> serde_json::Value {
        let after = &draft.after;
        let mut shape = serde_json::json!({ "kind": self.kind.slug });
        let mut set = |name: &str, value: serde_json::Value| {
            shape[name] = value;
        };
        let before = self.case.map(|case| case.owner);
        if before != Some(after.owner) {
            set("owner", serde_json::json!(after.owner));
        }
        if let Some(item) = after
            .item
            .as_ref()
            .filter(|_| self.case.and_then(|c| c.item.as_ref()) != after.item.as_ref())
        {
            set("item", serde_json::json!(item));
        }
        if let Some(outcome) = &after.outcome {
            set("outcome", serde_json::json!(outcome));
        }
        if let Some(clock) = after
            .clock
            .as_ref()
            .filter(|clock| clock.started_at == self.now)
        {
            set(
                "clock",
                serde_json::json!({ "name": clock.name, "due": clock.due_at.to_string() }),
            );
        }
        if !draft.calls_changed.is_empty() {
            let calls = draft.calls_changed.iter().map(|call| {
                serde_json::json!({ "unit": call.unit, "state": call.state, "rating": call.rating })
            });
            set("calls", calls.collect());
        }
        if let Some(conversion) = &draft.conversion {
            set("converted", serde_json::json!(conversion.to_kind));
            set("version", serde_json::json!(conversion.to_hash.to_string()));
        }
        if let Some(main) = after.merged_into {
            set("merged", serde_json::json!(main));
        }
        if self.case.map(|case| case.urgent).unwrap_or(false) != after.urgent {
            set("urgent", serde_json::json!(after.urgent));
        }
        shape
    }
}

/// Whether a condition holds; none always does.
fn holds(when: Option<&When>, says: &Values) -> bool {
    when.is_none_or(|when| says.get(&when.field).and_then(Value::word) == Some(when.value.clone()))
}

/// The clock of the stage: it goes on when it is the one that runs already.
fn set_clock(kind: &Kind, draft: &mut Draft<'_>) {
    let name = kind
        .stage(&draft.after.stage)
        .and_then(|stage| stage.clock.as_ref());
    let clock = name.and_then(|name| kind.clock(name));
    let Some(clock) = clock else {
        draft.after.clock = None;
        return;
    };
    let goes_on = draft
        .after
        .clock
        .as_ref()
        .is_some_and(|running| running.name == clock.name);
    if goes_on && !draft.restart_clock && draft.conversion.is_none() {
        return;
    }
    let limit = draft
        .facts
        .duty
        .as_ref()
        .and_then(|duty| duty.limit_minutes);
    draft.after.clock = Some(ClockView {
        name: clock.name.clone(),
        started_at: draft.now,
        due_at: clock.due_at(draft.now, draft.after.urgent, limit),
    });
}
