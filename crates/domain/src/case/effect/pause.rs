//! `pause = { until = "wait_until", why = "wait_why" }`: the clock stands until the end of the
//! day named, for a reason that is a choice; then it goes on by itself, with exactly what was
//! left. `as = "person"` says the reason once and for all.

use super::{Checking, Draft, EffectWord, Moment, Node, Refusal};
use crate::case::moment::Ordered;
use crate::case::rule::Rule;
use crate::case::who::{Relation, Who};
use crate::case::{Class, FieldFault, Target, Value};
use crate::person::Role;

/// The clock stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    pub until: String,
    pub why: String,
    /// The reason, when the step has only one.
    pub reason: Option<String>,
}

impl EffectWord for Pause {
    const WORD: &'static str = "pause";

    fn parse(node: &Node<'_, '_>) -> Option<Pause> {
        let table = node.table("pause")?;
        let until = table.need("until", "\"wait_until\"").and_then(|node| node.text("until"));
        let why = table.need("why", "\"wait_why\"").and_then(|node| node.text("why"));
        let reason = table.get("as").and_then(|node| node.text("as"));
        table.done();
        Some(Pause { until: until?, why: why?, reason })
    }

    fn check(&self, checking: &mut Checking<'_>) {
        checking.known(&self.until, &["date"]);
        check_reason(checking, &self.why, self.reason.as_deref());
        let step = checking.step;
        if step.to != Target::Stay {
            let what = "a clock that stands stays where it is".to_owned();
            checking.say(what, Some("leave `to` out".to_owned()));
        }
        let is_running = |rule: &Rule| matches!(rule, Rule::ClockIs(it) if it.is_running);
        if !step.rules.iter().any(|rule| rule.when.is_none() && is_running(&rule.what)) {
            let instead = Some("add the rule { clock = \"running\" }".to_owned());
            checking.say("only a clock that runs can be made to stand".to_owned(), instead);
        }
        check_guard(checking, |rule| matches!(rule, Rule::NewReason(it) if !it.of_extension));
    }

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
        let clock = moment.case.and_then(|case| case.clock.as_ref());
        if !clock.is_some_and(|clock| clock.paused.is_none() && !clock.has_run_out(moment.now)) {
            let (rule, class) = ("clock", Class::Conflict);
            let args = vec![("is", "running".to_owned())];
            return Err(Refusal::Rule { rule, class, args });
        }
        let order = ordered(moment, &self.until, &self.why, self.reason.as_deref())?;
        draft.decision.after.memory.paused_for.insert(order.why.clone());
        draft.orders.pause = Some(order);
        Ok(())
    }
}

/// A reason is one of the choices of a field.
pub(super) fn check_reason(checking: &mut Checking<'_>, why: &str, reason: Option<&str>) {
    let Some(reason) = reason else {
        return checking.known(why, &["choice"]);
    };
    let field = checking.kind.field(why);
    let words = field.map(|field| field.kind.words()).unwrap_or_default();
    if !words.contains(&reason) {
        let instead = Some(super::suggest(reason, &words));
        checking.say(format!("`{why}` is never `{reason}`"), instead);
    }
}

/// Nobody moves an end twice for the same reason without a supervisor.
pub(super) fn check_guard(checking: &mut Checking<'_>, guards: fn(&Rule) -> bool) {
    let supervises = |who: &Who| {
        matches!(who, Who::Post(Role::Supervisor | Role::Office, _) | Who::Post(_, Relation::Above))
    };
    let step = checking.step;
    let guarded = step.rules.iter().any(|rule| guards(&rule.what));
    if !guarded && !step.by.iter().all(supervises) {
        let what = "it could be done twice for the same reason without a supervisor".to_owned();
        let instead = "add the rule new_reason, or leave the step to supervisors";
        checking.say(what, Some(instead.to_owned()));
    }
}

/// The end of the day and the reason that a step names, or the matter from before.
pub(super) fn ordered(
    moment: &Moment<'_>,
    until: &str,
    why: &str,
    reason: Option<&str>,
) -> Result<Ordered, Refusal> {
    let fault = |field: &str, key| Refusal::Invalid(vec![FieldFault::new(field, key)]);
    let day = match moment.value(until) {
        Some(Value::Date(day)) => *day,
        _ => return Err(fault(until, "fault-required")),
    };
    let end = moment.end_of(day).filter(|end| *end > moment.now);
    let end = end.ok_or_else(|| fault(until, "fault-not-future"))?;
    let word = reason.map(str::to_owned);
    let word = word.or_else(|| moment.value(why).and_then(Value::word));
    let word = word.ok_or_else(|| fault(why, "fault-required"))?;
    Ok(Ordered { until: end, why: word })
}
