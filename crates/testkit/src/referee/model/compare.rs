//! A case as it lies in the database, beside the case as it must be.

use std::collections::BTreeMap;
use std::fmt::Debug;

use huiyin_domain::case::{CaseView, Measure, Owner, Value};
use huiyin_domain::place::Level;
use huiyin_store::public_cases::PublicCase;

use super::hours::Way;
use super::{Call, Case, Clock, Kept, Model, Pause, Promise, hours};
use crate::referee::finding::{Fault, Rule};

fn same<T: PartialEq + Debug>(rule: Rule, what: &str, is: &T, must: &T) -> Result<(), Fault> {
    match is == must {
        true => Ok(()),
        false => Err(Fault::new(
            rule,
            format!("{what} is {is:?} and must be {must:?}"),
        )),
    }
}

/// What differs, if anything does.
pub fn compare(
    model: &Model,
    case: &Case,
    view: &CaseView,
    public: Option<&PublicCase>,
) -> Result<(), Fault> {
    standing(case, view)?;
    let accused = model.accused(case);
    if view
        .owner
        .unit()
        .is_some_and(|unit| accused.contains(&unit))
    {
        let what = "a unit that is complained of owns it";
        return Err(Fault::new(Rule::Standing, what));
    }
    let clock = view.clock.as_ref().map(clock_of);
    same(Rule::Clock, "its clock", &clock, &case.clock)?;
    let kept: BTreeMap<String, Kept> = view.memory.kept.iter().map(kept_of).collect();
    same(Rule::Clock, "what is left of its clocks", &kept, &case.kept)?;
    let memory = &view.memory;
    same(
        Rule::Clock,
        "the reasons it stood for",
        &memory.paused_for,
        &case.paused_for,
    )?;
    same(
        Rule::Clock,
        "the reasons for more time",
        &memory.extended_for,
        &case.extended_for,
    )?;
    let promises = view.terms.iter().map(|term| {
        let promise = Promise {
            started_at: term.started_at,
            limit: hours::Limit::read(&term.limit.to_string()),
            first: term.first_due_at,
            due_at: term.due_at,
            met_at: term.met_at,
            left: term.left,
        };
        (term.name.clone(), promise)
    });
    let promises: BTreeMap<String, Promise> = promises.collect();
    same(Rule::Promise, "what is promised", &promises, &case.promises)?;
    let calls = view.calls.iter().map(|call| {
        let as_is = Call {
            role: call.role,
            state: call.state,
            due_at: call.due_at,
            late_at: call.late_at,
            rating: call.rating,
        };
        (call.unit, as_is)
    });
    let calls: BTreeMap<_, Call> = calls.collect();
    same(Rule::Standing, "who was called", &calls, &case.calls)?;
    shown(model, case, public)
}

fn standing(case: &Case, view: &CaseView) -> Result<(), Fault> {
    let at = |what: &str, is: &dyn Debug, must: &dyn Debug| {
        same(
            Rule::Standing,
            what,
            &format!("{is:?}"),
            &format!("{must:?}"),
        )
    };
    at("its kind", &view.kind, &case.kind)?;
    at("its stage", &view.stage, &case.stage)?;
    at("its owner", &view.owner, &case.owner)?;
    at("its version", &view.version, &case.version)?;
    let owner = |owner: &Option<Owner>| format!("{owner:?}");
    at(
        "its owner before",
        &owner(&view.previous_owner),
        &owner(&case.previous),
    )?;
    at("its place", &view.place, &case.place)?;
    at("its item", &view.item, &case.item)?;
    at("its urgency", &view.urgent, &case.urgent)?;
    at("when it closed", &view.closed_at, &case.closed_at)?;
    at("its outcome", &view.outcome, &case.outcome)?;
    at("what it follows", &view.merged_into, &case.merged_into)?;
    at("the count of its steps", &view.counts, &case.counts)?;
    at("its matter", &view.values, &case.values)?;
    if case.closed_at.is_some() && case.outcome.is_none() {
        return Err(Fault::new(
            Rule::Standing,
            "it is closed and nobody says how",
        ));
    }
    Ok(())
}

fn way(measure: Measure) -> Way {
    match measure {
        Measure::Natural => Way::Natural,
        Measure::Working => Way::Working,
    }
}

fn clock_of(clock: &huiyin_domain::case::ClockView) -> Clock {
    Clock {
        name: clock.name.clone(),
        started_at: clock.started_at,
        due_at: clock.due_at,
        round: clock.round,
        way: way(clock.measure),
        whole: clock.whole,
        warned: usize::try_from(clock.warned).unwrap_or(usize::MAX),
        wake_at: clock.wake_at,
        paused: clock.paused.as_ref().map(|pause| Pause {
            since: pause.since,
            until: pause.until,
            why: pause.why.clone(),
            left: pause.left,
        }),
    }
}

fn kept_of((name, kept): (&String, &huiyin_domain::case::Kept)) -> (String, Kept) {
    let kept = Kept {
        left: kept.left,
        whole: kept.whole,
        way: way(kept.measure),
    };
    (name.clone(), kept)
}

/// The public sees what was published, no nearer than the community, and no word more.
fn shown(model: &Model, case: &Case, public: Option<&PublicCase>) -> Result<(), Fault> {
    let values = public.map(|public| public.values.clone());
    same(Rule::Public, "what the public sees", &values, &case.shown)?;
    let Some(public) = public else { return Ok(()) };
    let fields = model.rules(case).public_fields();
    let mut texts = public
        .values
        .iter()
        .filter(|(name, _)| fields.contains(&name.as_str()));
    let is_theirs = |value: &Value| {
        value
            .as_text()
            .is_some_and(|text| begins(&public.title, text))
    };
    if !public.title.is_empty() && !texts.any(|(_, value)| is_theirs(value)) {
        return Err(Fault::new(
            Rule::Public,
            "its public title says what is not public",
        ));
    }
    same(Rule::Public, "its public stage", &public.stage, &case.stage)?;
    same(
        Rule::Public,
        "its public outcome",
        &public.outcome,
        &case.outcome,
    )?;
    if public.place.level() > Level::Community || !case.place.is_within(&public.place) {
        return Err(Fault::new(Rule::Public, "its public place is too near"));
    }
    let opened = hours::hours().day(case.opened_at);
    same(
        Rule::Public,
        "the day it came in",
        &public.opened_on,
        &opened,
    )
}

/// Whether a title is the beginning of a text.
fn begins(title: &str, text: &str) -> bool {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = title.trim_end_matches('…').to_owned();
    squeeze(text).starts_with(&title)
}
