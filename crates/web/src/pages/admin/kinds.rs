//! The kinds in force, to be read: their way, steps, clocks, fields. They are changed in
//! their folders, never here.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use huiyin_domain::case::{Field, Kind, See, Step, Target, Who};

use crate::layout::Page;
use crate::pages::desk::show;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};

use super::diagram;

#[derive(Template)]
#[template(path = "pages/admin/kinds.html")]
struct KindsPage<'a> {
    page: &'a Page,
    kinds: Vec<Door>,
}

struct Door {
    href: String,
    icon: String,
    name: String,
    text: String,
}

#[derive(Template)]
#[template(path = "pages/admin/kind.html")]
struct KindPage<'a> {
    page: &'a Page,
    name: String,
    hash: String,
    diagram: String,
    stages: Vec<StageView>,
    clocks: Vec<ClockLine>,
    fields: Vec<FieldLine>,
    outcomes: Vec<String>,
}

struct StageView {
    name: String,
    clock: String,
    steps: Vec<StepLine>,
}

struct StepLine {
    verb: String,
    by: String,
    to: String,
}

struct ClockLine {
    name: String,
    long: String,
    urgent: String,
    then: String,
}

struct FieldLine {
    label: String,
    text: String,
}

pub async fn list(visit: Visit) -> Answer {
    let page = visit.page();
    let kinds = visit.state.app.kinds();
    let door = |kind: &Arc<Kind>| Door {
        href: format!("/admin/kinds/{}", kind.slug),
        icon: kind.icon.clone(),
        name: show::kind_word(&page, &kind.slug),
        text: page
            .ta(
                "admin-kind-counts",
                &[
                    ("stages", kind.stages.len().into()),
                    ("steps", kind.steps.len().into()),
                ],
            )
            .into_owned(),
    };
    html(&KindsPage {
        kinds: kinds.current().iter().map(door).collect(),
        page: &page,
    })
}

pub async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let kinds = visit.state.app.kinds();
    let kind = kinds.by_slug(&slug).ok_or(Problem::NotFound)?;
    let page = visit.page();
    let tell = Tell { page: &page, kind };
    html(&KindPage {
        name: show::kind_word(&page, &slug),
        hash: kind.hash.to_string()[..12].to_owned(),
        diagram: diagram::svg(&page, kind),
        stages: tell.stages(),
        clocks: tell.clocks(),
        fields: tell.fields(),
        outcomes: kind
            .outcomes
            .iter()
            .map(|outcome| show::outcome_word(&page, &slug, &outcome.name))
            .collect(),
        page: &page,
    })
}

/// A kind in the reader's words.
struct Tell<'a> {
    page: &'a Page,
    kind: &'a Kind,
}

impl Tell<'_> {
    fn stage(&self, name: &str) -> String {
        show::stage_word(self.page, &self.kind.slug, name)
    }

    fn listed(&self, words: impl IntoIterator<Item = String>) -> String {
        let mut words: Vec<String> = words.into_iter().collect();
        words.dedup();
        words.join(&self.page.t("desk-and"))
    }

    fn stages(&self) -> Vec<StageView> {
        let stages = self.kind.stages.iter();
        stages
            .map(|stage| StageView {
                name: self.stage(&stage.name),
                clock: match &stage.clock {
                    Some(clock) => self.page.t(&self.kind.clock_key(clock)).into_owned(),
                    None => String::new(),
                },
                steps: self
                    .kind
                    .steps
                    .iter()
                    .filter(|step| step.from.contains(&stage.name))
                    .map(|step| self.step(step))
                    .collect(),
            })
            .collect()
    }

    fn step(&self, step: &Step) -> StepLine {
        StepLine {
            verb: self.verb(step),
            by: self.listed(step.by.iter().map(|who| self.who(who))),
            to: match &step.to {
                Target::Stay => self.page.t("admin-kind-stays").into_owned(),
                Target::OtherKind => self.page.t("admin-kind-other").into_owned(),
                Target::Stage(stage) => self.stage(stage),
                Target::Branch { stages, .. } => {
                    self.listed(stages.iter().map(|(_, stage)| self.stage(stage)))
                }
            },
        }
    }

    /// The verb on its button; what nobody presses has only what the history says.
    fn verb(&self, step: &Step) -> String {
        let pressed = step
            .by
            .iter()
            .any(|who| !matches!(who, Who::Clock | Who::System));
        let key = match pressed {
            true => self.kind.step_key(&step.name),
            false => self.kind.done_key(&step.name),
        };
        self.page.t(&key).into_owned()
    }

    fn who(&self, who: &Who) -> String {
        let said = |key: &str| self.page.t(key).into_owned();
        let word = who.to_string();
        match (who, word.split_once('@')) {
            (Who::Post(..), Some((role, relation))) => {
                let relation = said(&format!("admin-relation-{relation}"));
                format!("{} · {relation}", said(&format!("role-{role}")))
            }
            _ => said(&format!("admin-who-{}", word.replace('@', "-"))),
        }
    }

    fn clocks(&self) -> Vec<ClockLine> {
        let limit = |span| show::limit(self.page, span);
        let clocks = self.kind.clocks.iter();
        clocks
            .map(|clock| ClockLine {
                name: self.page.t(&self.kind.clock_key(&clock.name)).into_owned(),
                long: limit(clock.allowance.time),
                urgent: clock.allowance.urgent.map(limit).unwrap_or_default(),
                then: clock
                    .steps()
                    .filter_map(|end| self.kind.step(end).map(|step| self.verb(step)))
                    .collect::<Vec<_>>()
                    .join(" → "),
            })
            .collect()
    }

    /// Whether a field belongs to what only those see who may open the seal.
    fn is_sealed(&self, field: &Field) -> bool {
        field.kind.petitioner_part().is_some() || self.kind.signature_of(&field.name).is_some()
    }

    fn fields(&self) -> Vec<FieldLine> {
        let fields = self.kind.fields.iter();
        fields
            .map(|field| FieldLine {
                label: show::field_word(self.page, &self.kind.slug, &field.name),
                text: self
                    .page
                    .t(sees(self.is_sealed(field), field.see))
                    .into_owned(),
            })
            .collect()
    }
}

fn sees(is_personal: bool, see: See) -> &'static str {
    match (is_personal, see) {
        (true, _) => "desk-sees-sealed",
        (_, See::Public) => "desk-sees-public",
        (_, See::Petitioner) => "desk-sees-petitioner",
        (_, See::Handlers) => "desk-sees-handlers",
        (_, See::Owner) => "desk-sees-owner",
    }
}
