//! Whether time is told rightly: warnings lead nowhere else, a clock that stands goes on by
//! itself, what is promised is kept by some step, and norms name words that are there.

use super::super::clock::{Allowance, Clock, ClockOf};
use super::super::definition::reader::suggest;
use super::super::kind::{Kind, Step, Target};
use super::Finder;
use super::parts::names;

pub fn check(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    check_request(finder);
    for clock in &kind.clocks {
        let path = format!("clocks.{}", clock.name);
        check_norms(finder, &clock.allowance, &path);
        check_warnings(finder, clock, &path);
        if clock.of == ClockOf::Call && clock.keeps.is_some() {
            let what = format!(
                "`{}` runs for each call by itself and keeps nothing",
                clock.name
            );
            finder.error(&path, what, Some("leave keeps out".to_owned()));
        }
    }
    check_pauses(finder);
    check_terms(finder);
}

/// The sort of request is one of the words of a field that the matter keeps.
fn check_request(finder: &mut Finder<'_>) {
    let Some(field) = &finder.kind.request_field else {
        return;
    };
    let typed = finder.kind.field(field);
    if !typed.is_some_and(|field| field.kind.word() == "choice" && field.keep) {
        let what =
            format!("`{field}` (request) must be a field of the type choice with keep = true");
        finder.error("", what, None);
    }
}

fn check_norms(finder: &mut Finder<'_>, allowance: &Allowance, path: &str) {
    let kind = finder.kind;
    let field = kind
        .request_field
        .as_ref()
        .and_then(|field| kind.field(field));
    let words = field.map(|field| field.kind.words()).unwrap_or_default();
    for line in &allowance.norms {
        let Some(request) = &line.scope.request else {
            continue;
        };
        if !words.contains(&request.as_str()) {
            let what = format!("no request is ever `{request}`");
            finder.error(path, what, Some(suggest(request, &words)));
        }
    }
}

/// A warning is taken by the clock wherever it runs, and moves nothing.
fn check_warnings(finder: &mut Finder<'_>, clock: &Clock, path: &str) {
    let kind = finder.kind;
    if clock.of == ClockOf::Call && !clock.warnings.is_empty() {
        let what = format!(
            "`{}` runs for each call by itself and warns of nothing",
            clock.name
        );
        finder.error(path, what, Some("leave warn out".to_owned()));
    }
    let steps = names(kind.steps.iter().map(|step| &step.name));
    for warning in &clock.warnings {
        let Some(step) = kind.step(&warning.then) else {
            let what = format!(
                "`{}` warns by `{}`, which is no step",
                clock.name, warning.then
            );
            finder.error(path, what, Some(suggest(&warning.then, &steps)));
            continue;
        };
        if !step.is_by_clock() || step.to != Target::Stay {
            let what = format!(
                "`{}` warns by `{}`, which a clock may not take or which leads elsewhere",
                clock.name, step.name
            );
            let instead = format!("write by = [\"clock\"] and no `to` for `{}`", step.name);
            finder.error(path, what, Some(instead));
        }
        if clock.steps().any(|end| end == step.name) {
            let what = format!("`{}` warns by the step with which it ends", clock.name);
            finder.error(
                path,
                what,
                Some("give the warning a step of its own".to_owned()),
            );
        }
        let runs_in = kind.stages.iter();
        let runs_in = runs_in.filter(|stage| stage.clock.as_ref() == Some(&clock.name));
        for stage in runs_in.filter(|stage| !step.from.contains(&stage.name)) {
            let what = format!(
                "when `{}` warns in `{}`, `{}` cannot be taken there",
                clock.name, stage.name, step.name
            );
            let instead = format!("add \"{}\" to from of `{}`", stage.name, step.name);
            finder.error(path, what, Some(instead));
        }
    }
}

/// A clock that stands goes on by itself at the end of its pause, wherever that may be.
fn check_pauses(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    let resuming = kind.resuming_step().and_then(|name| kind.step(name));
    for step in &kind.steps {
        let mut effects = step.effects.iter();
        let Some(why) = effects.find_map(|effect| effect.what.pause_field()) else {
            continue;
        };
        let path = super::path_of(kind, step);
        if kind.pause_field() != Some(why) {
            let what = "the reasons of all pauses are choices of one field".to_owned();
            finder.error(&path, what, kind.pause_field().map(str::to_owned));
        }
        if step.is_by_clock() {
            let what = "a clock does not stop itself".to_owned();
            finder.error(&path, what, Some("leave \"clock\" out of by".to_owned()));
        }
        let goes_on = |stage: &String| resuming.is_some_and(|step| step.from.contains(stage));
        // What stands is not moved by itself, so nothing else may be asked of the step that
        // lets it go on.
        for stage in step.from.iter().filter(|stage| !goes_on(stage)) {
            let what = format!("a clock that stands in `{stage}` never goes on by itself");
            let instead = "add it to from of a step by the clock with { resume = true }";
            finder.error(&path, what, Some(instead.to_owned()));
        }
    }
}

/// A promise is made and kept by steps that are there.
fn check_terms(finder: &mut Finder<'_>) {
    let kind: &Kind = finder.kind;
    let steps = names(kind.steps.iter().map(|step| &step.name));
    for term in &kind.terms {
        let path = format!("terms.{}", term.name);
        check_norms(finder, &term.allowance, &path);
        if term.met_by.is_empty() {
            let what = format!("no step keeps what `{}` promises", term.name);
            finder.error(&path, what, Some("write met_by = [\"…\"]".to_owned()));
        }
        for name in term.met_by.iter().chain(&term.since) {
            if kind.step(name).is_none() {
                let what = format!("`{}` names `{name}`, which is no step", term.name);
                finder.error(&path, what, Some(suggest(name, &steps)));
            }
        }
        if kind.clock(&term.name).is_some() {
            let what = format!("there is a clock `{}`, too", term.name);
            finder.error(&path, what, Some("give the term another name".to_owned()));
        }
        let keeps = |step: &&Step| term.met_by.contains(&step.name);
        let by_hand = kind.steps.iter().filter(keeps);
        let mut by_hand = by_hand.flat_map(|step| &step.by);
        if !by_hand.any(|who| who.is_on_duty()) && !term.met_by.is_empty() {
            let what = format!("nobody on duty can keep what `{}` promises", term.name);
            finder.error(&path, what, None);
        }
    }
}
