//! Checking a kind: its parts fit, nobody is left waiting, every word is there, its stories hold.

mod clocks;
mod consequence;
mod many;
mod matching;
mod model;
mod parts;
mod signatures;
mod supervision;
mod timing;
mod words;

use std::sync::Arc;

use super::definition::{self, Places, Read};
use super::diagram::diagram;
use super::fault::{Fault, Severity};
use super::kind::{Kind, Step};
use super::kinds::{Kinds, builtin_files};
use super::source::{DEFINITION, KindFiles};
use super::story;
use super::view::CaseView;
use consequence::Unread;

/// What is found in the folder of a kind.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Errors and warnings, in the order of files and lines.
    pub faults: Vec<Fault>,
    /// The kind, when it can be read.
    pub kind: Option<Arc<Kind>>,
    /// What `diagram.md` should say.
    pub diagram: Option<String>,
    /// How many stories were told.
    pub stories: usize,
}

impl Report {
    /// Whether the kind may be used.
    pub fn is_good(&self) -> bool {
        !self.faults.iter().any(Fault::is_error)
    }
}

/// Checks one folder: definition, model, words, stories. The other kinds (`beside`) are those
/// into which its cases may be converted.
pub fn check_folder(files: KindFiles, beside: &[KindFiles]) -> Report {
    let (kind, mut faults) = examined(definition::parse(files));
    let mut report = Report::default();
    if let Some(kind) = kind {
        let kind = Arc::new(kind);
        if !faults.iter().any(Fault::is_error) {
            let (folders, broken) = beside_it(&kind, beside);
            match Kinds::from_files(folders) {
                Ok(kinds) => {
                    let (count, astray) = story::run_all(&kind, &Arc::new(kinds));
                    report.stories = count;
                    faults.extend(astray);
                }
                Err(between) => faults.extend(between.into_iter().filter(|fault| {
                    let names = |slug: &String| fault.what.contains(&format!("`{slug}`"));
                    !broken.iter().any(names)
                })),
            }
            report.diagram = Some(diagram(&kind));
        }
        report.kind = Some(kind);
    }
    faults.sort();
    faults.dedup();
    report.faults = faults;
    report
}

/// The folders of this kind and of those beside it, and the names of those that cannot be
/// used: what is wrong with another kind is told in its own report.
fn beside_it(kind: &Kind, beside: &[KindFiles]) -> (Vec<KindFiles>, Vec<String>) {
    let others = builtin_files().into_iter().chain(beside.iter().cloned());
    let others = others.filter(|files| files.folder != kind.slug);
    let is_good = |files: &KindFiles| Kind::from_files(files.clone()).is_ok();
    let (mut good, broken): (Vec<KindFiles>, Vec<KindFiles>) = others.partition(is_good);
    good.push(kind.files.clone());
    (good, broken.into_iter().map(|files| files.folder).collect())
}

/// What was read, and everything that is wrong with it.
fn examined(read: Read) -> (Option<Kind>, Vec<Fault>) {
    let Read {
        kind,
        places,
        mut faults,
    } = read;
    if let Some(kind) = &kind {
        let unread = Unread::of(&faults, &places);
        let further = found(kind, &places, &unread).into_iter();
        faults.extend(further.filter(|fault| !unread.explains(fault, &places)));
        faults.sort();
    }
    (kind, faults)
}

fn found(kind: &Kind, places: &Places, unread: &Unread) -> Vec<Fault> {
    let mut finder = Finder {
        kind,
        places,
        faults: Vec::new(),
    };
    parts::check(&mut finder);
    clocks::check_parts(&mut finder);
    supervision::check(&mut finder);
    matching::check(&mut finder);
    many::check(&mut finder);
    signatures::check(&mut finder);
    timing::check(&mut finder);
    if unread.is_empty() && !finder.faults.iter().any(Fault::is_error) {
        model::check(&mut finder);
        clocks::check_patience(&mut finder);
    }
    words::check(&mut finder);
    finder.faults
}

/// What is wrong between kinds: a case can only be converted into a kind that takes it, and
/// clocks alone never convert it back.
pub fn across(kinds: &Kinds) -> Vec<Fault> {
    let mut faults = clocks::circles_between(kinds);
    for kind in kinds.current() {
        let mut say = |step: &Step, what: String| {
            let places = definition::parse(kind.files.clone()).places;
            faults.push(Fault {
                file: format!("{}/{DEFINITION}", kind.slug),
                line: places.get(&path_of(kind, step)).copied().unwrap_or(1),
                severity: Severity::Error,
                what,
                instead: None,
            });
        };
        for step in &kind.steps {
            for effect in &step.effects {
                let super::effect::Effect::Convert(convert) = &effect.what else {
                    continue;
                };
                let Some(target) = kinds.by_slug(&convert.to) else {
                    let what = format!(
                        "`{}` converts into `{}`, which is no kind",
                        step.name, convert.to
                    );
                    say(step, what);
                    continue;
                };
                for new in convert
                    .with
                    .keys()
                    .filter(|new| target.open.asks(new).is_none())
                {
                    let what = format!(
                        "`{}` gives `{new}`, for which `{}` does not ask",
                        step.name, target.slug
                    );
                    say(step, what);
                }
                let given =
                    |field: &str| field == target.place_field || convert.with.contains_key(field);
                let asked = target.open.fields.iter().filter(|asked| asked.required);
                for asked in asked.filter(|asked| !given(&asked.field)) {
                    let what = format!(
                        "`{}` does not give `{}`, which `{}` needs",
                        step.name, asked.field, target.slug
                    );
                    say(step, what);
                }
            }
        }
    }
    faults
}

impl Kind {
    /// Reads and checks a kind (all but its stories): the kind, or every fault.
    pub fn from_files(files: KindFiles) -> Result<Kind, Vec<Fault>> {
        match examined(definition::parse(files)) {
            (Some(kind), faults) if !faults.iter().any(Fault::is_error) => Ok(kind),
            (_, faults) => Err(faults),
        }
    }

    /// Reads a version that was kept with its cases. It was checked in its day.
    pub fn from_stored(stored: &str) -> Result<Kind, Vec<Fault>> {
        let files: KindFiles = serde_json::from_str(stored).map_err(|error| {
            vec![Fault {
                file: "a stored kind".to_owned(),
                line: error.line(),
                severity: Severity::Error,
                what: error.to_string(),
                instead: None,
            }]
        })?;
        definition::parse(files).whole().map(|(kind, _)| kind)
    }
}

/// What must be true of a case at every instant: while it is open a clock runs and no outcome
/// stands; when it is closed it has an outcome and no clock.
pub fn keeps_promise(kind: &Kind, case: &CaseView) -> Result<(), String> {
    let stage = kind.stage(&case.stage);
    let stage = stage.ok_or_else(|| format!("`{}` is no stage of `{}`", case.stage, kind.slug))?;
    let is = |so: bool, what: &str| match so {
        true => Ok(()),
        false => Err(format!("in `{}` {what}", case.stage)),
    };
    let clock = case.clock.as_ref().map(|clock| &clock.name);
    is(
        case.closed_at.is_some() == stage.closed,
        "closed_at and stage disagree",
    )?;
    is(
        case.outcome.is_some() == stage.closed,
        "outcome and stage disagree",
    )?;
    is(
        clock == stage.clock.as_ref(),
        "another clock runs than the stage's",
    )?;
    let Some(clock) = &case.clock else {
        return Ok(());
    };
    let pause = clock.paused.as_ref();
    is(
        clock.wake_at <= clock.due_at,
        "the clock sleeps longer than it runs",
    )?;
    is(
        pause.is_none_or(|pause| pause.since < pause.until && pause.until == clock.wake_at),
        "a clock stands without an end",
    )?;
    is(
        pause.is_none()
            || kind
                .resuming_step()
                .is_some_and(|step| leaves(kind, step, case)),
        "a clock stands and never goes on by itself",
    )
}

/// Whether a step can be taken where a case stands.
fn leaves(kind: &Kind, step: &str, case: &CaseView) -> bool {
    kind.step(step)
        .is_some_and(|step| step.from.contains(&case.stage))
}

/// Collects what is wrong, with the line of the part it is about.
struct Finder<'a> {
    kind: &'a Kind,
    places: &'a Places,
    faults: Vec<Fault>,
}

impl Finder<'_> {
    fn error(&mut self, path: &str, what: String, instead: Option<String>) {
        self.note(path, Severity::Error, what, instead);
    }

    fn warn(&mut self, path: &str, what: String, instead: Option<String>) {
        self.note(path, Severity::Warning, what, instead);
    }

    fn note(&mut self, path: &str, severity: Severity, what: String, instead: Option<String>) {
        self.faults.push(Fault {
            file: format!("{}/{DEFINITION}", self.kind.slug),
            line: self.places.get(path).copied().unwrap_or(1),
            severity,
            what,
            instead,
        });
    }
}

/// Where a step stands in the definition.
fn path_of(kind: &Kind, step: &Step) -> String {
    match std::ptr::eq(step, &kind.open) {
        true => "open".to_owned(),
        false => format!("steps.{}", step.name),
    }
}

#[cfg(test)]
mod tests;
