//! Whether the parts fit: whatever is named is there, and of the right sort.

use super::super::checking::Checking;
use super::super::clock::Clock;
use super::super::definition::reader::suggest;
use super::super::kind::{Kind, See, Show, Step, Target, When};
use super::super::who::Who;
use super::{Finder, path_of};

pub fn check(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    check_head(finder);
    check_public(finder);
    check_weights(finder);
    for step in std::iter::once(&kind.open).chain(&kind.steps) {
        check_stages_of(finder, step);
        check_by(finder, step);
        check_conditions(finder, step);
        check_vocabulary(finder, step);
    }
    check_unused(finder);
}

pub(super) fn names<'a>(parts: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    parts.map(String::as_str).collect()
}

fn check_head(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    if kind.languages.is_empty() {
        finder.error("", "the kind speaks no language".to_owned(), None);
    }
    if kind.place_field.is_empty() {
        let instead = Some("add a field with type = \"place\" to the fields of [open]".to_owned());
        finder.error("open", "nobody asks where it is".to_owned(), instead);
    }
    if let Some(field) = &kind.accused_field {
        let typed = kind
            .field(field)
            .is_some_and(|field| field.kind.word() == "units" && field.keep);
        if !typed {
            let what =
                format!("`{field}` (accused) must be a field of the type units with keep = true");
            finder.error("", what, None);
        }
    }
    for (field, wanted) in [(&kind.title_field, "text"), (&kind.place_field, "place")] {
        let asked = kind
            .open
            .asks(field)
            .is_some_and(|asked| asked.required && !asked.staff_only);
        let typed = kind
            .field(field)
            .is_some_and(|field| field.kind.word() == wanted);
        let fits = field.is_empty() || asked && typed;
        if !fits {
            let what = format!(
                "`{field}` must be a required field of the type {wanted}, asked of everybody at opening"
            );
            finder.error("open", what, None);
        }
    }
}

fn check_public(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    for field in &kind.fields {
        if field.see == See::Public && field.kind.petitioner_part().is_some() {
            let path = format!("fields.{}", field.name);
            let what = format!(
                "`{}` says who somebody is and can never be public",
                field.name
            );
            finder.error(&path, what, Some("leave see out".to_owned()));
        }
    }
    let fields = names(kind.fields.iter().map(|field| &field.name));
    for name in &kind.public.fields {
        match kind.field(name) {
            None => {
                let what = format!("[public] shows `{name}`, which is not a field");
                finder.error("public", what, Some(suggest(name, &fields)));
            }
            Some(field) if field.see != See::Public => {
                let instead = format!("write see = \"public\" at the field `{name}`");
                finder.error(
                    "public",
                    format!("`{name}` is not for the public"),
                    Some(instead),
                );
            }
            Some(_) => {}
        }
    }
    let publishes = kind.steps.iter().any(|step| {
        let mut effects = step.effects.iter();
        effects.any(|effect| matches!(effect.what, super::super::effect::Effect::Publish(_)))
    });
    if publishes != (kind.public.show == Show::Published) {
        let what = "a step publishes if and only if [public] has show = \"published\"";
        finder.error("public", what.to_owned(), None);
    }
}

/// Only letters that are written weigh anything, and each of them one thing.
fn check_weights(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    let letters: Vec<&str> = kind.letters().into_iter().collect();
    for (at, (name, _)) in kind.weights.iter().enumerate() {
        if !letters.contains(&name.as_str()) {
            let what = format!("[letters] names `{name}`, which no step writes");
            finder.error("letters", what, Some(suggest(name, &letters)));
        }
        if kind.weights[..at].iter().any(|(before, _)| before == name) {
            let what = format!("[letters] names `{name}` twice");
            finder.error("letters", what, Some("leave one of them out".to_owned()));
        }
    }
}

fn check_stages_of(finder: &mut Finder<'_>, step: &Step) {
    let kind = finder.kind;
    let path = path_of(kind, step);
    let stages = names(kind.stages.iter().map(|stage| &stage.name));
    let to: Vec<&String> = match &step.to {
        Target::Stage(stage) => vec![stage],
        Target::Branch { stages, .. } => stages.iter().map(|(_, stage)| stage).collect(),
        Target::Stay | Target::OtherKind => Vec::new(),
    };
    for name in step.from.iter().chain(to) {
        if kind.stage(name).is_none() {
            let what = format!(
                "the step `{}` names the stage `{name}`, which is not there",
                step.name
            );
            finder.error(&path, what, Some(suggest(name, &stages)));
        }
    }
    if path == "open" && !matches!(step.to, Target::Stage(_)) {
        let instead = Some("write to = \"…\" with one stage".to_owned());
        finder.error(&path, "opening leads nowhere".to_owned(), instead);
    }
    let Target::Branch { field, stages } = &step.to else {
        return;
    };
    let asked = step
        .asks(field)
        .is_some_and(|asked| asked.required && !asked.staff_only);
    if !asked {
        let what = format!(
            "where `{}` leads depends on `{field}`, which need not be given",
            step.name
        );
        finder.error(
            &path,
            what,
            Some(format!("write \"{field}\" in its fields")),
        );
    }
    let words = kind
        .field(field)
        .map(|field| field.kind.words())
        .unwrap_or_default();
    if words.is_empty() {
        let instead = Some("use a choice or a yes-no field".to_owned());
        finder.error(
            &path,
            format!("`{field}` has no words to tell apart"),
            instead,
        );
    }
    for word in words
        .iter()
        .filter(|word| !stages.iter().any(|(name, _)| name == *word))
    {
        let what = format!(
            "nothing says where `{}` leads when `{field}` is `{word}`",
            step.name
        );
        finder.error(&path, what, Some(format!("write {word} = \"…\" in to")));
    }
    for (name, _) in stages
        .iter()
        .filter(|(name, _)| !words.contains(&name.as_str()))
    {
        let what = format!("`{field}` is never `{name}`");
        finder.error(&path, what, Some(suggest(name, &words)));
    }
}

fn check_by(finder: &mut Finder<'_>, step: &Step) {
    let kind = finder.kind;
    let path = path_of(kind, step);
    if path == "open" {
        for who in step.by.iter().filter(|who| !who.can_open()) {
            let what = format!("`{who}` is nobody yet before there is a case");
            let instead = Some("write anyone, signed-in, or a role with @place or @any".to_owned());
            finder.error(&path, what, instead);
        }
    }
    if kind.internal && step.by.contains(&Who::Petitioner) {
        let what = "staff bring these in for themselves: there is no petitioner";
        finder.error(
            &path,
            what.to_owned(),
            Some("write a role with @opened".to_owned()),
        );
    }
    if !step.is_by_clock() {
        return;
    }
    let takes = |clock: &Clock| {
        let warns = clock
            .warnings
            .iter()
            .any(|warning| warning.then == step.name);
        warns || clock.steps().any(|end| end == step.name)
    };
    let resumes = step.effects.iter().any(|effect| effect.what.resumes());
    if !resumes && !kind.clocks.iter().any(takes) {
        let what = format!("no clock runs out into `{}`", step.name);
        finder.error(&path, what, Some("leave \"clock\" out of by".to_owned()));
    }
    if let Some(asked) = step.fields.iter().find(|asked| asked.required) {
        let what = format!("a clock cannot say `{}`", asked.field);
        finder.error(&path, what, Some(format!("write \"{}?\"", asked.field)));
    }
}

/// What stands after `when` can come true.
fn check_conditions(finder: &mut Finder<'_>, step: &Step) {
    let path = path_of(finder.kind, step);
    let rules = step
        .rules
        .iter()
        .enumerate()
        .map(|(at, rule)| ("rules", at, &rule.when));
    let effects = step.effects.iter().enumerate();
    let effects = effects.map(|(at, effect)| ("effects", at, &effect.when));
    for (list, at, when) in rules.chain(effects) {
        let Some(When { field, value }) = when else {
            continue;
        };
        let path = format!("{path}.{list}.{at}");
        let mut checking = Checking {
            kind: finder.kind,
            step,
            found: Vec::new(),
        };
        checking.known(field, &[]);
        let words = finder
            .kind
            .field(field)
            .map(|field| field.kind.words())
            .unwrap_or_default();
        let is_word =
            words.contains(&value.as_str()) || ["given", "missing"].contains(&value.as_str());
        if !is_word
            && finder
                .kind
                .field(field)
                .is_some_and(|f| f.kind.word() != "rating" && f.kind.word() != "number")
        {
            let known: Vec<&str> = words.iter().copied().chain(["given", "missing"]).collect();
            checking.say(
                format!("`{field}` is never `{value}`"),
                Some(suggest(value, &known)),
            );
        }
        for (what, instead) in checking.found {
            finder.error(&path, what, instead);
        }
    }
}

/// What rules and effects say of themselves.
fn check_vocabulary(finder: &mut Finder<'_>, step: &Step) {
    let path = path_of(finder.kind, step);
    let mut checking = Checking {
        kind: finder.kind,
        step,
        found: Vec::new(),
    };
    let mut told = Vec::new();
    for (at, rule) in step.rules.iter().enumerate() {
        rule.what.check(&mut checking);
        told.extend(
            checking
                .found
                .drain(..)
                .map(|found| (format!("{path}.rules.{at}"), found)),
        );
    }
    for (at, effect) in step.effects.iter().enumerate() {
        effect.what.check(&mut checking);
        told.extend(
            checking
                .found
                .drain(..)
                .map(|found| (format!("{path}.effects.{at}"), found)),
        );
    }
    for (path, (what, instead)) in told {
        finder.error(&path, what, instead);
    }
}

/// What nobody asks for is a slip, too.
fn check_unused(finder: &mut Finder<'_>) {
    let kind: &Kind = finder.kind;
    let steps = || std::iter::once(&kind.open).chain(&kind.steps);
    for field in &kind.fields {
        let fills = |step: &super::super::kind::Step| {
            let mut effects = step.effects.iter();
            effects.any(|effect| effect.what.fills(&field.name))
        };
        if !steps().any(|step| step.asks(&field.name).is_some() || fills(step)) {
            let path = format!("fields.{}", field.name);
            finder.warn(&path, format!("no step asks for `{}`", field.name), None);
        }
    }
    for clock in &kind.clocks {
        let runs = kind
            .stages
            .iter()
            .any(|stage| stage.clock.as_ref() == Some(&clock.name));
        let mut effects = steps().flat_map(|step| &step.effects);
        let calls = super::super::view::CallRole::ALL;
        let called = effects.any(|effect| {
            calls
                .iter()
                .any(|&role| effect.what.call_clock(role) == Some(clock.name.as_str()))
        });
        if !runs && !called {
            let path = format!("clocks.{}", clock.name);
            finder.warn(
                &path,
                format!("the clock `{}` never runs", clock.name),
                None,
            );
        }
    }
}
