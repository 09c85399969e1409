//! What a line of a story says that follows, against what did.

use jiff::Timestamp;

use crate::calendar::Span;
use crate::case::decide::Scene;
use crate::case::decision::{Decision, Publication, Recipient};
use crate::case::offer::steps_for;
use crate::case::refusal::Refusal;
use crate::case::time;
use crate::case::value::Input;
use crate::case::view::{CaseView, Owner};

use super::run::{Came, Telling};
use super::world::About;

/// Checks everything that a line expects; the first thing that is otherwise.
pub fn check(
    telling: &mut Telling,
    who: &str,
    came: &Came,
    follows: &[String],
) -> Result<(), String> {
    let refused = follows
        .iter()
        .find_map(|part| part.strip_prefix("refused:"));
    match (came, refused) {
        (Came::Refused(refusal), None) => {
            return Err(format!("refused: {}", told(refusal).join(" and ")));
        }
        (Came::Refused(refusal), Some(expected)) => {
            let told = told(refusal);
            if !told.iter().any(|told| told == expected.trim()) {
                let actual = told.join(" and ");
                return Err(format!(
                    "expected refused: {}, but refused: {actual}",
                    expected.trim()
                ));
            }
        }
        (_, Some(expected)) => {
            return Err(format!(
                "expected refused: {}, but it was done",
                expected.trim()
            ));
        }
        (_, None) => {}
    }
    let decision = match came {
        Came::Done(decision) => Some(decision.as_ref()),
        _ => None,
    };
    let others = follows.iter().filter(|part| !part.starts_with("refused:"));
    for part in others {
        one(telling, who, decision, part)?;
    }
    Ok(())
}

/// How stories name a refusal: `not-yours`, `rule-taken`, `required difficulty`.
fn told(refusal: &Refusal) -> Vec<String> {
    match refusal {
        Refusal::Invalid(faults) => faults
            .iter()
            .map(|fault| {
                let key = fault.key.strip_prefix("fault-").unwrap_or(fault.key);
                format!("{key} {}", fault.field)
            })
            .collect(),
        other => vec![other.key().replacen("refused-", "", 1)],
    }
}

fn same(what: &str, expected: &str, actual: &str) -> Result<(), String> {
    match expected == actual {
        true => Ok(()),
        false => Err(format!("expected {what} {expected}, but it is {actual}")),
    }
}

/// How a unit that was called stands.
fn told_call(
    telling: &mut Telling,
    case: &CaseView,
    words: &[&str],
    part: &str,
) -> Result<(), String> {
    match words {
        ["call", unit, state] => {
            let id = telling.world.unit(unit);
            let call = case
                .call_of(id)
                .map_or("not called", |call| call.state.word());
            same(unit, state, call)
        }
        ["late", unit] => {
            let id = telling.world.unit(unit);
            let late = case.call_of(id).is_some_and(|call| call.late_at.is_some());
            same(unit, "late", if late { "late" } else { "not late" })
        }
        ["rated", unit, rating] => {
            let id = telling.world.unit(unit);
            let given = case.call_of(id).and_then(|call| call.rating);
            same(
                unit,
                rating,
                &given.map_or("none".to_owned(), |rating| rating.to_string()),
            )
        }
        _ => of_decision(telling, None, words, part),
    }
}

fn one(
    telling: &mut Telling,
    who: &str,
    decision: Option<&Decision>,
    part: &str,
) -> Result<(), String> {
    let case = telling.case.clone().ok_or("there is no case yet")?;
    let words: Vec<&str> = part.split_whitespace().collect();
    let or_none = |text: Option<&String>| text.cloned().unwrap_or_else(|| "none".to_owned());
    match words.as_slice() {
        ["stage", stage] => same("stage", stage, &case.stage),
        ["kind", kind] => same("kind", kind, &case.kind),
        ["owner", owner @ ..] => same(
            "owner",
            &owner.join(" "),
            &telling.world.name_of(case.owner),
        ),
        ["outcome", outcome] => same("outcome", outcome, &or_none(case.outcome.as_ref())),
        ["clock", clock] => same(
            "clock",
            clock,
            &or_none(case.clock.as_ref().map(|clock| &clock.name)),
        ),
        ["no", "clock"] => same(
            "clock",
            "none",
            &or_none(case.clock.as_ref().map(|c| &c.name)),
        ),
        ["due", "in", time] => due_in(telling, &case, time),
        ["wakes" | "paused" | "term", ..] | ["not", "paused"] => {
            of_time(telling, &case, &words, part)
        }
        ["urgent"] => same("urgent", "yes", if case.urgent { "yes" } else { "no" }),
        ["item", item] => same(
            "item",
            item,
            &case.item.map_or("none".to_owned(), |i| i.to_string()),
        ),
        ["call" | "late" | "rated", ..] => told_call(telling, &case, &words, part),
        ["follows", other] => {
            let follows = if case.merged_into.is_some() {
                "other"
            } else {
                "nothing"
            };
            same("follows", other, follows)
        }
        ["may", "not", step] => offered(telling, who, &case, step, "no"),
        ["may", step] => offered(telling, who, &case, step, "yes"),
        _ => of_decision(telling, decision, &words, part),
    }
}

/// The instant at which so much time has passed from now on.
fn in_time(telling: &Telling, time: &str) -> Result<Timestamp, String> {
    let span: Result<Span, _> = time.parse();
    let span = span.map_err(|error| format!("`{time}`: {error}"))?;
    Ok(time::due(telling.world.calendar(), telling.world.now, span))
}

fn due_in(telling: &Telling, case: &CaseView, time: &str) -> Result<(), String> {
    let expected = in_time(telling, time)?;
    let actual = case.clock.as_ref().map(|clock| clock.due_at.to_string());
    same(
        "due",
        &expected.to_string(),
        &actual.unwrap_or_else(|| "never".to_owned()),
    )
}

/// What is said of a clock that sleeps or stands, and of promises.
fn of_time(telling: &Telling, case: &CaseView, words: &[&str], part: &str) -> Result<(), String> {
    match words {
        ["wakes", "in", time] => {
            let wakes = case.clock.as_ref().map(|clock| clock.wake_at.to_string());
            let wakes = wakes.unwrap_or_else(|| "never".to_owned());
            same("wakes", &in_time(telling, time)?.to_string(), &wakes)
        }
        ["paused", "for", reason] => same("paused for", reason, paused_for(case)),
        ["not", "paused"] => same("paused for", "nothing", paused_for(case)),
        ["term", term @ ..] => told_term(telling, case, term, part),
        _ => Err(format!("`{part}` says nothing that a story knows")),
    }
}

/// The reason for which the clock stands.
fn paused_for(case: &CaseView) -> &str {
    let clock = case.clock.as_ref();
    let pause = clock.and_then(|clock| clock.paused.as_ref());
    pause.map_or("nothing", |pause| &pause.why)
}

/// `term resolution due in 5wd`, `term resolution first in 5wd`, `term response met`, `not met`,
/// `none`.
fn told_term(telling: &Telling, case: &CaseView, words: &[&str], part: &str) -> Result<(), String> {
    let (name, rest) = words.split_first().ok_or("say which term")?;
    let term = case.term(name);
    let Some(term) = term else {
        return same(name, &rest.join(" "), "none");
    };
    match rest {
        ["due", "in", time] => same(
            name,
            &in_time(telling, time)?.to_string(),
            &term.due_at.to_string(),
        ),
        ["first", "in", time] => same(
            name,
            &in_time(telling, time)?.to_string(),
            &term.first_due_at.to_string(),
        ),
        ["moved"] | ["not", "moved"] => {
            let moved = term.due_at != term.first_due_at;
            same(
                name,
                &rest.join(" "),
                if moved { "moved" } else { "not moved" },
            )
        }
        ["met"] | ["not", "met"] => {
            let met = term.met_at.is_some();
            same(name, &rest.join(" "), if met { "met" } else { "not met" })
        }
        _ => Err(format!("`{part}` says nothing that a story knows")),
    }
}

fn offered(
    telling: &mut Telling,
    who: &str,
    case: &CaseView,
    step: &str,
    expected: &str,
) -> Result<(), String> {
    let actor = telling.world.actor(who, Some(case))?;
    let step = telling
        .kind
        .step(step)
        .ok_or_else(|| format!("there is no step `{step}`"))?;
    let about = About {
        who,
        actor: &actor,
        kind: &telling.kind,
        case: Some(case),
        step,
        input: &Input::default(),
    };
    let facts = telling.world.facts(&about);
    let scene = Scene {
        kind: &telling.kind,
        actor: &actor,
        facts: &facts,
        now: telling.world.now,
    };
    let offers = steps_for(&scene, case);
    let may = offers.iter().any(|offer| offer.step.name == step.name);
    same(
        &format!("may {}", step.name),
        expected,
        if may { "yes" } else { "no" },
    )
}

/// What can only be said of a line in which something was done.
fn of_decision(
    telling: &mut Telling,
    decision: Option<&Decision>,
    words: &[&str],
    part: &str,
) -> Result<(), String> {
    let decision = decision.ok_or_else(|| format!("nothing is known of `{part}`"))?;
    match words {
        ["letter", letter, "to", whom @ ..] => {
            let letters: Vec<String> = decision
                .notices
                .iter()
                .map(|notice| format!("{} to {}", notice.letter, addressee(telling, notice.whom)))
                .collect();
            let expected = format!("{letter} to {}", whom.join(" "));
            match letters.contains(&expected) {
                true => Ok(()),
                false => Err(format!(
                    "expected letter {expected}, but there is {}",
                    letters.join(", ")
                )),
            }
        }
        ["shown", field] => {
            let shown = match &decision.publication {
                Some(Publication::Show(values)) => values.contains_key(*field),
                _ => false,
            };
            same(field, "shown", if shown { "shown" } else { "not shown" })
        }
        ["hidden"] => {
            let hidden = decision.publication == Some(Publication::Hide);
            same(
                "publication",
                "hidden",
                if hidden { "hidden" } else { "not hidden" },
            )
        }
        ["hidden", field] => {
            let hidden = match &decision.publication {
                Some(Publication::Less(fields)) => fields.iter().any(|name| name == field),
                _ => false,
            };
            same(
                field,
                "hidden",
                if hidden { "hidden" } else { "not hidden" },
            )
        }
        ["nothing", "shown"] => {
            let shown = matches!(decision.publication, Some(Publication::Show(_)));
            same("publication", "none", if shown { "some" } else { "none" })
        }
        ["followers", step] => same(
            "followers",
            step,
            decision.followers.as_deref().unwrap_or("none"),
        ),
        ["sealed", field] => {
            let sealed = decision.petitioner.contains_key(*field)
                && !decision.says.contains_key(*field)
                && !decision.after.values.contains_key(*field);
            same(
                field,
                "sealed",
                if sealed { "sealed" } else { "not sealed" },
            )
        }
        _ => Err(format!("`{part}` says nothing that a story knows")),
    }
}

fn addressee(telling: &Telling, whom: Recipient) -> String {
    match whom {
        Recipient::Petitioner => "petitioner".to_owned(),
        Recipient::Unit(unit) => telling.world.name_of(Owner::Unit(unit)),
        Recipient::Person(person) => telling.world.name_of(Owner::Person(person)),
    }
}
