//! Whether nobody is left waiting: every stage is reached, every open stage leads on to an
//! answer, somebody may move it, and closed stages are reached by closing and left by reopening.

use std::collections::BTreeSet;

use super::super::kind::{Kind, Stage, Step, Target, When};
use super::super::who::Who;
use super::{Finder, path_of};

/// One way a step may go.
struct Way<'a> {
    step: &'a Step,
    from: &'a str,
    /// None when the case goes on as another kind.
    to: Option<&'a str>,
    /// The branch, when the step has branches.
    branch: Option<When>,
}

pub fn check(finder: &mut Finder<'_>) {
    let ways = ways(finder.kind);
    check_reached(finder, &ways);
    check_leads_on(finder, &ways);
    check_closing(finder, &ways);
    for stage in finder.kind.stages.iter().filter(|stage| !stage.closed) {
        check_moved(finder, &ways, stage);
        check_withdraw(finder, &ways, stage);
    }
    check_open_stage(finder);
}

fn ways(kind: &Kind) -> Vec<Way<'_>> {
    let mut ways = Vec::new();
    for step in &kind.steps {
        for from in &step.from {
            let mut add = |to, branch| {
                ways.push(Way {
                    step,
                    from,
                    to,
                    branch,
                })
            };
            match &step.to {
                Target::Stay => add(Some(from.as_str()), None),
                Target::Stage(stage) => add(Some(stage.as_str()), None),
                Target::OtherKind => add(None, None),
                Target::Branch { field, stages } => {
                    for (value, stage) in stages {
                        let branch = When {
                            field: field.clone(),
                            value: value.clone(),
                        };
                        add(Some(stage.as_str()), Some(branch));
                    }
                }
            }
        }
    }
    ways
}

fn is_closed(kind: &Kind, stage: &str) -> bool {
    kind.stage(stage).is_some_and(|stage| stage.closed)
}

fn opening_stage(kind: &Kind) -> Option<&str> {
    match &kind.open.to {
        Target::Stage(stage) => Some(stage),
        _ => None,
    }
}

fn check_reached(finder: &mut Finder<'_>, ways: &[Way<'_>]) {
    let mut reached: BTreeSet<&str> = opening_stage(finder.kind).into_iter().collect();
    loop {
        let before = reached.len();
        let next = ways.iter().filter(|way| reached.contains(way.from));
        let next: Vec<&str> = next.filter_map(|way| way.to).collect();
        reached.extend(next);
        if reached.len() == before {
            break;
        }
    }
    for stage in finder
        .kind
        .stages
        .iter()
        .filter(|stage| !reached.contains(stage.name.as_str()))
    {
        let path = format!("stages.{}", stage.name);
        let what = format!("no step leads to the stage `{}`", stage.name);
        finder.error(
            &path,
            what,
            Some("add a step that does, or leave the stage out".to_owned()),
        );
    }
}

/// From every open stage some steps lead to an answer, or into another kind.
fn check_leads_on(finder: &mut Finder<'_>, ways: &[Way<'_>]) {
    let kind = finder.kind;
    let mut leads: BTreeSet<&str> = BTreeSet::new();
    loop {
        let before = leads.len();
        for way in ways {
            let ends = match way.to {
                None => true,
                Some(to) => is_closed(kind, to) || leads.contains(to),
            };
            if ends {
                leads.insert(way.from);
            }
        }
        if leads.len() == before {
            break;
        }
    }
    for stage in kind.stages.iter().filter(|stage| !stage.closed) {
        if !leads.contains(stage.name.as_str()) {
            let path = format!("stages.{}", stage.name);
            let what = format!("from `{}` no case ever gets an answer", stage.name);
            finder.error(&path, what, Some("add a step that leads on".to_owned()));
        }
    }
}

/// Closed stages are entered by closing (with an outcome) and left by reopening, nothing else.
fn check_closing(finder: &mut Finder<'_>, ways: &[Way<'_>]) {
    let kind = finder.kind;
    for way in ways {
        let Some(to) = way.to else { continue };
        let path = path_of(kind, way.step);
        let name = &way.step.name;
        let (was, becomes) = (is_closed(kind, way.from), is_closed(kind, to));
        let happens = |wanted: fn(&super::super::effect::Effect) -> bool| {
            let effects = way
                .step
                .effects
                .iter()
                .filter(|effect| wanted(&effect.what));
            effects.map(|effect| sure(way, effect.when.as_ref())).max()
        };
        let closing = happens(super::super::effect::Effect::closes);
        let reopening = happens(super::super::effect::Effect::reopens);
        if becomes && !was && closing != Some(Sure::Yes) {
            let what = format!(
                "`{name}` leads from `{}` to `{to}` without an outcome",
                way.from
            );
            finder.error(
                &path,
                what,
                Some("add the effect { close = \"…\" }".to_owned()),
            );
        }
        let closes = becomes && !was;
        if !closes && closing.is_some_and(|sure| sure != Sure::No) {
            let what = format!("`{name}` closes, but leads from `{}` to `{to}`", way.from);
            finder.error(
                &path,
                what,
                Some("close only on the way into a closed stage".to_owned()),
            );
        }
        if was && !becomes && reopening != Some(Sure::Yes) {
            let what = format!("`{name}` leads out of `{}` without reopening", way.from);
            finder.error(
                &path,
                what,
                Some("add the effect { reopen = true }".to_owned()),
            );
        }
        let reopens = was && !becomes;
        if !reopens && reopening.is_some_and(|sure| sure != Sure::No) {
            let what = format!("`{name}` reopens, but leads from `{}` to `{to}`", way.from);
            finder.error(&path, what, None);
        }
    }
    for stage in kind.stages.iter().filter(|stage| stage.closed) {
        let mut out = ways.iter().filter(|way| way.from == stage.name);
        if !out.any(|way| way.to.is_some_and(|to| !is_closed(kind, to))) {
            let path = format!("stages.{}", stage.name);
            let what = format!("there is no way back from `{}`", stage.name);
            finder.error(
                &path,
                what,
                Some("add a step with the effect { reopen = true }".to_owned()),
            );
        }
    }
}

/// Whether an effect happens on a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    No,
    Maybe,
    Yes,
}

fn sure(way: &Way<'_>, when: Option<&When>) -> Sure {
    match (when, &way.branch) {
        (None, _) => Sure::Yes,
        (Some(when), Some(branch)) if when.field == branch.field => {
            match when.value == branch.value || when.value == "given" {
                true => Sure::Yes,
                false => Sure::No,
            }
        }
        (Some(_), _) => Sure::Maybe,
    }
}

/// Somebody on duty may move it, or its clock leads on.
fn check_moved(finder: &mut Finder<'_>, ways: &[Way<'_>], stage: &Stage) {
    let here = || ways.iter().filter(|way| way.from == stage.name);
    let leaves = |way: &&Way<'_>| way.to != Some(stage.name.as_str());
    let by_duty = here()
        .filter(leaves)
        .any(|way| way.step.by.iter().any(|who| who.is_on_duty()));
    let by_clock = here().filter(leaves).any(|way| way.step.is_by_clock());
    if !by_duty && !by_clock {
        let path = format!("stages.{}", stage.name);
        let what = format!("nobody on duty can move a case out of `{}`", stage.name);
        let instead = "add a step by somebody on duty, or let its clock lead on".to_owned();
        finder.error(&path, what, Some(instead));
    }
}

/// Whoever brought it in may take it back.
fn check_withdraw(finder: &mut Finder<'_>, ways: &[Way<'_>], stage: &Stage) {
    let kind = finder.kind;
    let may = ways.iter().filter(|way| way.from == stage.name).any(|way| {
        way.to.is_some_and(|to| is_closed(kind, to)) && way.step.by.contains(&Who::Petitioner)
    });
    if !may && !kind.internal && !stage.held {
        let path = format!("stages.{}", stage.name);
        let what = format!(
            "whoever brought it in cannot withdraw it in `{}`",
            stage.name
        );
        finder.warn(&path, what, None);
    }
}

fn check_open_stage(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    let closed = opening_stage(kind).is_some_and(|stage| is_closed(kind, stage));
    if closed || kind.open.effects.iter().any(|effect| effect.what.closes()) {
        finder.error(
            "open",
            "a case cannot be closed when it is opened".to_owned(),
            None,
        );
    }
}
