//! Whether what `[supervision]` names is there, and fits.

use super::super::definition::reader::suggest;
use super::super::supervision::{FollowUpSteps, Judged};
use super::parts::names;
use super::{Finder, path_of};

const PATH: &str = "supervision";

pub fn check(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    let Some(supervision) = &kind.supervision else {
        return;
    };
    let steps = names(kind.steps.iter().map(|step| &step.name));
    for step in supervision.steps() {
        if kind.step(step).is_none() {
            let what = format!("[supervision] names the step `{step}`, which is not there");
            finder.error(PATH, what, Some(suggest(step, &steps)));
        }
    }
    let outcomes = names(kind.outcomes.iter().map(|outcome| &outcome.name));
    for outcome in &supervision.leave_out {
        if kind.outcome(outcome).is_none() {
            let what = format!("[supervision] leaves out `{outcome}`, which is not an outcome");
            finder.error(PATH, what, Some(suggest(outcome, &outcomes)));
        }
    }
    for (word, judged) in supervision.judgements() {
        check_judged(finder, word, judged);
    }
    if let Some(text) = &supervision.text
        && kind
            .field(text)
            .is_none_or(|field| field.kind.word() != "text")
    {
        let what = format!("the answer `{text}` of [supervision] is not a field of the type text");
        finder.error(PATH, what, None);
    }
    if let Some(calls) = &supervision.follow_up {
        check_calls(finder, calls);
    }
}

fn check_judged(finder: &mut Finder<'_>, word: &str, judged: &Judged) {
    let field = finder.kind.field(&judged.field);
    let words = field.map(|field| field.kind.words()).unwrap_or_default();
    if words.is_empty() {
        let instead = Some("use a choice, a yes-no or a rating".to_owned());
        let what = format!("`{}` ({word}) has no words to tell apart", judged.field);
        finder.error(PATH, what, instead);
        return;
    }
    for counts in &judged.counts {
        if !words.iter().any(|known| known == counts) {
            let what = format!("`{}` ({word}) is never `{counts}`", judged.field);
            finder.error(PATH, what, Some(suggest(counts, &words)));
        }
    }
}

/// Nobody picks by hand whom they call: both steps ask whether the case was chosen.
fn check_calls(finder: &mut Finder<'_>, calls: &FollowUpSteps) {
    let kind = finder.kind;
    for name in [&calls.reached, &calls.not_reached] {
        let Some(step) = kind.step(name) else {
            continue;
        };
        let asks = step
            .rules
            .iter()
            .any(|rule| rule.when.is_none() && rule.what.word() == "chosen");
        if !asks {
            let path = path_of(kind, step);
            let what = format!("`{name}` is a follow-up call and may be taken of any case");
            let instead = Some("add the rule { chosen = true }".to_owned());
            finder.error(&path, what, instead);
        }
    }
}
