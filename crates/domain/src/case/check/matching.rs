//! Whether what `[matching]` names is there, and can be taken by one tap.

use super::super::definition::reader::suggest;
use super::super::kind::Show;
use super::super::matching::{Matching, Meaning};
use super::super::who::Who;
use super::parts::names;
use super::{Finder, path_of};
use crate::volunteer::{Avoid, SkillCode, Speaks};

const PATH: &str = "matching";

pub fn check(finder: &mut Finder<'_>) {
    let kind = finder.kind;
    let Some(matching) = &kind.matching else {
        return;
    };
    if kind.public.show == Show::Never {
        let what = "[matching] proposes what nobody may see".to_owned();
        let instead = Some("let [public] show something of it".to_owned());
        finder.error(PATH, what, instead);
    }
    let stages = names(kind.stages.iter().map(|stage| &stage.name));
    for name in &matching.stages {
        match kind.stage(name) {
            Some(stage) if stage.closed => {
                let what = format!("[matching] looks for helpers at `{name}`, where it is closed");
                finder.error(PATH, what, None);
            }
            Some(_) => {}
            None => {
                let what = format!("[matching] names the stage `{name}`, which is not there");
                finder.error(PATH, what, Some(suggest(name, &stages)));
            }
        }
    }
    let steps = names(kind.steps.iter().map(|step| &step.name));
    for step in matching.steps() {
        if kind.step(step).is_none() {
            let what = format!("[matching] names the step `{step}`, which is not there");
            finder.error(PATH, what, Some(suggest(step, &steps)));
        }
    }
    check_accept(finder, matching);
    let skill = |word: &str| word.parse::<SkillCode>().is_ok();
    check_meaning(
        finder,
        ("skills", "the code of a skill"),
        &matching.skills,
        skill,
    );
    let avoid = |word: &str| word.parse::<Avoid>().is_ok();
    check_meaning(
        finder,
        ("avoids", "what one may avoid"),
        &matching.avoids,
        avoid,
    );
    if let Some(when) = &matching.when {
        check_field(finder, when, "date");
    }
    if let Some(language) = &matching.language
        && check_field(finder, language, "choice")
    {
        let field = kind.field(language);
        let words = field.map(|field| field.kind.words()).unwrap_or_default();
        for word in words.iter().filter(|word| word.parse::<Speaks>().is_err()) {
            let what = format!("`{word}` of `{language}` is no language that helpers speak");
            finder.error(PATH, what, None);
        }
    }
}

/// Whoever is proposed takes the case on by one tap, from wherever it looks for them.
fn check_accept(finder: &mut Finder<'_>, matching: &Matching) {
    let kind = finder.kind;
    let Some(step) = kind.step(&matching.accept) else {
        return;
    };
    let path = path_of(kind, step);
    let name = &step.name;
    if !step.by.contains(&Who::SignedIn) {
        let what = format!("`{name}` takes a case on, and whoever is proposed may not take it");
        finder.error(&path, what, Some("add \"signed-in\" to `by`".to_owned()));
    }
    if let Some(asked) = step.fields.iter().find(|asked| asked.required) {
        let what = format!(
            "`{name}` is taken by one tap and asks for `{}`",
            asked.field
        );
        let instead = Some(format!("write \"{}?\"", asked.field));
        finder.error(&path, what, instead);
    }
    for stage in matching
        .stages
        .iter()
        .filter(|stage| kind.stage(stage).is_some())
    {
        if !step.from.contains(stage) {
            let what =
                format!("`{name}` cannot be taken at `{stage}`, where helpers are looked for");
            finder.error(&path, what, Some(format!("add \"{stage}\" to `from`")));
        }
    }
}

fn check_meaning(
    finder: &mut Finder<'_>,
    (key, wanted): (&str, &str),
    meaning: &Option<Meaning>,
    is_known: impl Fn(&str) -> bool,
) {
    let Some(meaning) = meaning else {
        return;
    };
    let field = finder.kind.field(&meaning.field);
    let words = field.map(|field| field.kind.words()).unwrap_or_default();
    if words.is_empty() || !field.is_some_and(|field| field.keep) {
        let what = format!("`{}` ({key}) has no words that are kept", meaning.field);
        let instead = Some("use a choice with keep = true".to_owned());
        finder.error(PATH, what, instead);
        return;
    }
    for (word, means) in &meaning.of {
        if !words.contains(&word.as_str()) {
            let what = format!("`{}` ({key}) is never `{word}`", meaning.field);
            finder.error(PATH, what, Some(suggest(word, &words)));
        }
        for meant in means.iter().filter(|meant| !is_known(meant)) {
            let what = format!("`{meant}` ({key}) is not {wanted}");
            finder.error(PATH, what, None);
        }
    }
}

/// Whether the field is there, is of this type and is kept.
fn check_field(finder: &mut Finder<'_>, name: &str, of: &str) -> bool {
    let field = finder.kind.field(name);
    let fits = field.is_some_and(|field| field.kind.word() == of && field.keep);
    if !fits {
        let what = format!("`{name}` of [matching] is not a {of} field that is kept");
        let instead = Some(format!("use a {of} with keep = true"));
        finder.error(PATH, what, instead);
    }
    fits
}
