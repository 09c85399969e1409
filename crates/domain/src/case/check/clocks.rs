//! Whether clocks lead somewhere: every open stage has one, its step can be taken where it runs
//! out, whoever is only reminded is not reminded for ever, and clocks never run in a circle.

use std::collections::BTreeSet;

use super::super::clock::{Clock, ClockOf};
use super::super::definition::reader::suggest;
use super::super::effect::Effect;
use super::super::fault::{Fault, Severity};
use super::super::kind::{Kind, Stage, Step, Target};
use super::super::kinds::Kinds;
use super::super::source::DEFINITION;
use super::Finder;
use super::parts::names;

pub fn check_parts(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    let clocks = names(kind.clocks.iter().map(|clock| &clock.name));
    for stage in &kind.stages {
        let path = format!("stages.{}", stage.name);
        match &stage.clock {
            Some(_) if stage.closed => {
                let what = format!("`{}` is closed and has a clock", stage.name);
                finder.error(&path, what, Some("leave the clock out".to_owned()));
            }
            None if !stage.closed => {
                let what = format!(
                    "somebody could wait in `{}` for ever: it has no clock",
                    stage.name
                );
                finder.error(&path, what, Some("write clock = \"…\"".to_owned()));
            }
            Some(name)
                if kind
                    .clock(name)
                    .is_none_or(|clock| clock.of != ClockOf::Case) =>
            {
                let what = format!("there is no clock `{name}` for cases");
                finder.error(&path, what, Some(suggest(name, &clocks)));
            }
            _ => {}
        }
    }
    let steps = names(kind.steps.iter().map(|step| &step.name));
    for clock in &kind.clocks {
        let path = format!("clocks.{}", clock.name);
        for end in clock.steps() {
            match kind.step(end) {
                None => {
                    let what = format!("`{}` runs out into `{end}`, which is no step", clock.name);
                    finder.error(&path, what, Some(suggest(end, &steps)));
                }
                Some(step) => check_end(finder, clock, step, &path),
            }
        }
        if clock.of == ClockOf::Call && clock.last.is_some() {
            let what = format!("`{}` runs out once for each call", clock.name);
            finder.error(&path, what, Some("leave times and finally out".to_owned()));
        }
    }
}

/// A clock's step may be taken by the clock, wherever the clock may run out.
fn check_end(finder: &mut Finder<'_>, clock: &Clock, step: &Step, path: &str) {
    let kind = finder.kind;
    if !step.is_by_clock() {
        let what = format!(
            "`{}` runs out into `{}`, which a clock may not take",
            clock.name, step.name
        );
        finder.error(
            path,
            what,
            Some(format!("add \"clock\" to by of `{}`", step.name)),
        );
    }
    let runs_in = kind.stages.iter().filter(|stage| match clock.of {
        ClockOf::Case => stage.clock.as_ref() == Some(&clock.name),
        ClockOf::Call => !stage.closed,
    });
    for stage in runs_in.filter(|stage| !step.from.contains(&stage.name)) {
        let what = format!(
            "when `{}` runs out in `{}`, `{}` cannot be taken there",
            clock.name, stage.name, step.name
        );
        let instead = format!("add \"{}\" to from of `{}`", stage.name, step.name);
        finder.error(path, what, Some(instead));
    }
    let notes_late = step
        .effects
        .iter()
        .any(|effect| effect.what.notes_late().is_some());
    if notes_late != (clock.of == ClockOf::Call) {
        let what = format!(
            "`{}` notes who is late if and only if its clock has of = \"call\"",
            step.name
        );
        finder.error(path, what, None);
    }
}

/// Where nobody moves a case, its clocks do, and they come to an end: at whoever is accountable
/// above all, who is asked ever more rarely.
pub fn check_patience(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    for clock in kind.clocks.iter().filter(|clock| clock.of == ClockOf::Case) {
        let path = format!("clocks.{}", clock.name);
        for stage in stages_of(kind, clock) {
            let remains = |end: &str| {
                let step = kind.step(end).filter(|step| !rises(step));
                step.is_some_and(|step| {
                    targets(kind, stage, step).any(|to| to.clock == stage.clock)
                })
            };
            match &clock.last {
                None if remains(&clock.then) => {
                    let what = format!(
                        "`{}` reminds for ever in `{}` and leads nowhere",
                        clock.name, stage.name
                    );
                    let instead = "write times = 2, finally = \"…\" with a step that leads on, or let `…` assign = \"above\"";
                    finder.error(&path, what, Some(instead.replace('…', &clock.then)));
                }
                Some(last) if remains(&last.step) => {
                    let what = format!(
                        "after `{}` nothing has changed in `{}`: `{}` runs on",
                        last.step, stage.name, clock.name
                    );
                    let instead = "let it lead to a stage with another clock".to_owned();
                    finder.error(&path, what, Some(instead));
                }
                _ => {}
            }
        }
    }
    check_circles(finder);
}

/// A case that only clocks move comes to rest: no way leads from a clock back to it.
fn check_circles(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    for stage in &kind.stages {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut ahead: Vec<&Stage> = by_clock(kind, stage)
            .filter(|to| to.clock != stage.clock)
            .collect();
        while let Some(next) = ahead.pop() {
            if seen.insert(&next.name) {
                ahead.extend(by_clock(kind, next));
            }
        }
        if seen.contains(stage.name.as_str()) {
            let path = format!("stages.{}", stage.name);
            let what = format!(
                "clocks alone lead from `{}` in a circle back to it, through {}",
                stage.name,
                seen.iter().copied().collect::<Vec<_>>().join(", ")
            );
            let instead = "let one of them end with somebody who is accountable".to_owned();
            finder.error(&path, what, Some(instead));
        }
    }
}

/// Kinds into each other of which clocks alone convert a case, and back.
pub fn circles_between(kinds: &Kinds) -> Vec<Fault> {
    let by_clock = |slug: &str| -> BTreeSet<String> {
        let steps = kinds.by_slug(slug).into_iter().flat_map(|kind| &kind.steps);
        let effects = steps
            .filter(|step| step.is_by_clock())
            .flat_map(|step| &step.effects);
        let to = effects.filter_map(|effect| effect.what.converts_to());
        to.map(str::to_owned).collect()
    };
    let mut faults = Vec::new();
    for kind in kinds.current() {
        let mut seen = BTreeSet::new();
        let mut ahead = by_clock(&kind.slug);
        while let Some(next) = ahead.pop_first() {
            ahead.extend(by_clock(&next).difference(&seen).cloned());
            seen.insert(next);
        }
        if seen.contains(&kind.slug) {
            faults.push(Fault {
                file: format!("{}/{DEFINITION}", kind.slug),
                line: 1,
                severity: Severity::Error,
                what: format!(
                    "clocks alone convert `{}` into itself in a circle",
                    kind.slug
                ),
                instead: None,
            });
        }
    }
    faults
}

fn stages_of<'k>(kind: &'k Kind, clock: &'k Clock) -> impl Iterator<Item = &'k Stage> {
    let stages = kind.stages.iter();
    stages.filter(|stage| stage.clock.as_ref() == Some(&clock.name))
}

/// Where the clock of a stage may lead a case.
fn by_clock<'k>(kind: &'k Kind, stage: &'k Stage) -> impl Iterator<Item = &'k Stage> {
    let clock = stage.clock.as_ref().and_then(|clock| kind.clock(clock));
    let steps = clock.into_iter().flat_map(Clock::steps);
    let steps = steps.filter_map(|end| kind.step(end));
    steps.flat_map(move |step| targets(kind, stage, step))
}

/// Where a step may lead from this stage; nowhere, when it makes a case of another kind.
fn targets<'k>(kind: &'k Kind, from: &'k Stage, step: &'k Step) -> impl Iterator<Item = &'k Stage> {
    let names: Vec<&str> = match &step.to {
        Target::Stay => vec![&from.name],
        Target::Stage(stage) => vec![stage],
        Target::Branch { stages, .. } => stages.iter().map(|(_, stage)| stage.as_str()).collect(),
        Target::OtherKind => Vec::new(),
    };
    names.into_iter().filter_map(|name| kind.stage(name))
}

/// Whether a step hands the case to the level above, so that somebody else is reminded next.
fn rises(step: &Step) -> bool {
    let mut effects = step.effects.iter();
    effects.any(|effect| effect.when.is_none() && Effect::gives_above(&effect.what))
}
