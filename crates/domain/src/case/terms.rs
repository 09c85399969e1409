//! What was promised to whoever brought a case in: made once, counted from the opening, kept by
//! a step that its kind names. What was promised first is never rewritten; today's promise moves
//! only with a pause or an extension, and gets shorter when the matter turns out to be one that
//! has less time.

use jiff::Timestamp;
use serde_json::json;

use crate::planted::{self, Fault};

use super::clock::TermRule;
use super::moment::{Draft, Given, Moment};
use super::run::{kind_after, resumed_at};
use super::time::{self, Measure};
use super::timing::{Term, as_micros};
use super::view::CaseView;

/// The promises after a step, once its clock has been set.
pub(super) fn set_terms(moment: &Moment<'_>, before: &CaseView, draft: &mut Draft) {
    let kind = kind_after(moment, draft);
    let converted = draft.decision.conversion.is_some();
    if converted {
        draft.decision.after.terms.clear();
    }
    let mut terms = Vec::with_capacity(kind.terms.len());
    for rule in &kind.terms {
        let given = Given::term(kind, rule);
        let known = draft.decision.after.term(&rule.name).cloned();
        let term = match known {
            Some(term) if term.met_at.is_none() => {
                Some(after_step(moment, (rule, &given), (before, draft), term))
            }
            Some(term) => Some(term),
            None if begins(moment, rule, converted) => {
                Some(promised(moment, &given, &draft.decision.after, converted))
            }
            None => None,
        };
        terms.extend(term.map(|term| met(moment, rule, term)));
    }
    let told = |term: &Term| {
        json!({
            "name": term.name,
            "limit": term.limit.to_string(),
            "first": term.first_due_at.as_microsecond(),
            "due": term.due_at.as_microsecond(),
            "met": term.met_at.map(Timestamp::as_microsecond),
            "left": term.left.map(as_micros),
        })
    };
    let old = match converted {
        true => &[],
        false => before.terms.as_slice(),
    };
    let changed = terms.iter().filter(|term| !old.contains(term));
    let changed: Vec<_> = changed.map(told).collect();
    if !changed.is_empty() {
        draft.tell("terms", json!(changed));
    }
    draft.decision.after.terms = terms;
}

fn begins(moment: &Moment<'_>, rule: &TermRule, converted: bool) -> bool {
    match rule.since.is_empty() {
        true => moment.case.is_none() || converted,
        false => rule.since.contains(&moment.step.name),
    }
}

fn promised(moment: &Moment<'_>, given: &Given<'_>, after: &CaseView, converted: bool) -> Term {
    let started_at = if converted {
        moment.now
    } else {
        after.opened_at
    };
    let limit = moment.limit(given, after, started_at);
    let due_at = time::due(moment.facts.calendar(None), started_at, limit);
    Term {
        name: given.name.to_owned(),
        started_at,
        limit,
        first_due_at: due_at,
        due_at,
        met_at: None,
        left: None,
    }
}

fn met(moment: &Moment<'_>, rule: &TermRule, term: Term) -> Term {
    let meets = term.met_at.is_none() && rule.met_by.contains(&moment.step.name);
    Term {
        met_at: if meets { Some(moment.now) } else { term.met_at },
        ..term
    }
}

/// A promise that has not been kept yet, after a step.
fn after_step(
    moment: &Moment<'_>,
    (rule, given): (&TermRule, &Given<'_>),
    (before, draft): (&CaseView, &Draft),
    mut term: Term,
) -> Term {
    let now = moment.now;
    let calendar = moment.facts.calendar(None);
    let after = &draft.decision.after;
    let measure = Measure::of(term.limit);
    let stood = before
        .clock
        .as_ref()
        .and_then(|clock| clock.paused.as_ref());
    let stands = after.clock.as_ref().and_then(|clock| clock.paused.as_ref());
    // What is late is late: nothing moves it any more.
    let is_open = term.left.is_some() || term.due_at > now;
    if rule.moves && is_open {
        match (stood, stands) {
            (None, Some(pause)) => {
                let left = measure.between(calendar, now, term.due_at);
                term.due_at = measure.after(calendar, pause.until, left);
                term.left = Some(left);
            }
            (Some(pause), None) => {
                if let Some(left) = term.left.take() {
                    let from = resumed_at(moment, pause);
                    term.due_at = measure.after(calendar, from, left);
                }
            }
            _ => {}
        }
        if let Some(order) = &draft.orders.extended {
            term.due_at = term.due_at.max(order.until);
        }
        if planted::is(Fault::PromiseRewritten) {
            term.first_due_at = term.due_at;
        }
    }
    let known = |case: &CaseView| {
        let request = given.kind.request_field.as_ref();
        let request = request.and_then(|field| case.values.get(field).cloned());
        (case.item.clone(), request)
    };
    let from = match &term.left {
        Some(_) => stands.map_or(now, |pause| pause.until),
        None if after.urgent && !before.urgent => now,
        None => term.started_at,
    };
    let is_urgent_now = after.urgent && !before.urgent;
    if is_urgent_now || term.left.is_none() && known(after) != known(before) {
        let limit = moment.limit(given, after, from);
        let due_at = time::due(calendar, from, limit);
        if due_at < term.due_at {
            term.due_at = due_at;
            term.limit = limit;
            if term.left.is_some() {
                let measure = Measure::of(limit);
                term.left = Some(measure.between(calendar, from, due_at));
            }
        }
    }
    term
}
