//! Whether what `[instead]`, `[collection]`, `[occasion]` and `[finding]` name is there, and fits.

use super::super::definition::reader::suggest;
use super::super::kind::{Step, Target};
use super::super::occasion::Occasion;
use super::parts::names;
use super::{Finder, path_of};

pub fn check(finder: &mut Finder<'_>) {
    check_instead(finder);
    check_collection(finder);
    check_finding(finder);
    if let Some(occasion) = &finder.kind.occasion {
        check_stages(finder, occasion);
        check_steps(finder, occasion);
    }
}

fn check_instead(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    let Some(instead) = &kind.instead else {
        return;
    };
    if !kind.converts_to().any(|to| to == instead.to) {
        let what = format!(
            "[instead] offers `{}`, into which no step converts a case",
            instead.to
        );
        let instead = Some("add a step with the effect convert, for what slips through".to_owned());
        finder.error("instead", what, instead);
    }
}

fn check_collection(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    let Some(collection) = &kind.collection else {
        return;
    };
    if kind.internal {
        let what = "[collection] brings what staff bring in for themselves".to_owned();
        finder.error("collection", what, None);
    }
    for name in collection.fields() {
        let is_text = kind
            .field(name)
            .is_some_and(|field| field.kind.word() == "text");
        if !is_text || kind.open.asks(name).is_none() {
            let what = format!("`{name}` of [collection] is not a text that is asked at opening");
            finder.error("collection", what, None);
        }
    }
    let given = |name: &str| {
        name == kind.title_field
            || name == kind.place_field
            || collection.fields().any(|field| field == name)
    };
    let lacking = kind.open.fields.iter().filter(|asked| asked.required);
    for asked in lacking.filter(|asked| !given(&asked.field)) {
        let what = format!(
            "[collection] does not give `{}`, which is asked at opening",
            asked.field
        );
        finder.error("collection", what, None);
    }
}

fn check_finding(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    let Some(finding) = &kind.finding else {
        return;
    };
    for (name, word) in finding.fields() {
        let fits = kind
            .field(name)
            .is_some_and(|field| field.kind.word() == word);
        if !fits || kind.open.asks(name).is_none() {
            let what =
                format!("`{name}` of [finding] is not a field `{word}` that is asked at opening");
            finder.error("finding", what, None);
        }
    }
    let given = |name: &str| {
        name == kind.title_field
            || name == kind.place_field
            || finding.fields().iter().any(|(field, _)| *field == name)
    };
    let lacking = kind.open.fields.iter().filter(|asked| asked.required);
    for asked in lacking.filter(|asked| !given(&asked.field)) {
        let what = format!(
            "[finding] does not give `{}`, which is asked at opening",
            asked.field
        );
        finder.error("finding", what, None);
    }
    if kind.step(&finding.check).is_none() {
        let steps = names(kind.steps.iter().map(|step| &step.name));
        let what = format!(
            "[finding] names the step `{}`, which is not there",
            finding.check
        );
        finder.error("finding", what, Some(suggest(&finding.check, &steps)));
    }
}

fn check_stages(finder: &mut Finder<'_>, occasion: &Occasion) {
    let kind = finder.kind;
    let open = kind.stages.iter().filter(|stage| !stage.closed);
    let stages = names(open.map(|stage| &stage.name));
    for name in &occasion.stages {
        if kind.stage(name).is_none_or(|stage| stage.closed) {
            let what = format!("[occasion] names `{name}`, which is not an open stage");
            finder.error("occasion", what, Some(suggest(name, &stages)));
        }
    }
    let is_text = kind
        .field(&occasion.what)
        .is_some_and(|field| field.keep && field.kind.word() == "text");
    if !is_text {
        let what = format!(
            "`{}` of [occasion] is not a text that is kept",
            occasion.what
        );
        finder.error("occasion", what, None);
    }
}

/// Each of its steps can be taken from each of its stages, and says one thing in words.
fn check_steps(finder: &mut Finder<'_>, occasion: &Occasion) {
    let kind = finder.kind;
    let steps = names(kind.steps.iter().map(|step| &step.name));
    for name in occasion.steps() {
        let Some(step) = kind.step(name) else {
            let what = format!("[occasion] names the step `{name}`, which is not there");
            finder.error("occasion", what, Some(suggest(name, &steps)));
            continue;
        };
        let path = path_of(kind, step);
        if let Some(stage) = occasion.stages.iter().find(|&at| !step.from.contains(at)) {
            let what = format!("`{name}` cannot be taken at `{stage}`, where [occasion] needs it");
            finder.error(&path, what, None);
        }
        check_fields(finder, occasion, step);
        let moves = name == occasion.deliver;
        if (step.to == Target::Stay) == moves {
            let what = match moves {
                true => format!("`{name}` hands the case over and leaves it where it was"),
                false => format!("`{name}` moves the case, and the day may be called off"),
            };
            finder.error(&path, what, None);
        }
    }
}

fn check_fields(finder: &mut Finder<'_>, occasion: &Occasion, step: &Step) {
    let kind = finder.kind;
    let path = path_of(kind, step);
    let name = &step.name;
    let said = step.says(kind);
    if said.is_none() {
        let what = format!("`{name}` does not ask for a text, which [occasion] writes");
        finder.error(&path, what, None);
    }
    let others = kind.field(&occasion.others);
    let tells = step.asks(&occasion.others).is_some()
        && others.is_some_and(|field| field.kind.word() == "yes-no");
    if name != &occasion.deliver && !tells {
        let what = format!("`{name}` does not ask for the yes-no `{}`", occasion.others);
        finder.error(&path, what, None);
    }
    let given = |field: &str| said == Some(field) || field == occasion.others;
    let needed = step.fields.iter().filter(|asked| asked.required);
    for asked in needed.filter(|asked| !given(&asked.field)) {
        let what = format!(
            "`{name}` asks for `{}`, which [occasion] does not know",
            asked.field
        );
        finder.error(&path, what, None);
    }
}
