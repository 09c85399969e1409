//! Answers that somebody reads over: the list with what a program noticed, one of them with its
//! checklist, and figures by unit. Telling the unit is a step on the page of the case.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::atlas::Atlas;
use huiyin_app::supervision::inspections::{self, Figures, Flag, Inspection, Sheet};
use huiyin_domain::id::{CaseId, UnitId};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::visit::{Answer, Visit, html, html_as, see};

use super::{saying, show};

#[derive(Template)]
#[template(path = "pages/desk/inspections.html")]
struct ListPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    units: Vec<UnitRow>,
}

struct Row {
    href: String,
    title: String,
    kind: String,
    unit: String,
    when: String,
    flags: Vec<String>,
}

struct UnitRow {
    name: String,
    answers: i64,
    flagged: i64,
    inspected: i64,
    checks: String,
}

#[derive(Template)]
#[template(path = "pages/desk/inspection.html")]
struct SheetPage<'a> {
    page: &'a Page,
    action: String,
    case: String,
    title: String,
    unit: String,
    when: String,
    asked: String,
    answer: String,
    flags: Vec<String>,
    questions: Vec<QuestionView>,
    error: String,
}

struct QuestionView {
    name: String,
    text: String,
    yes: bool,
    no: bool,
}

pub async fn list(visit: Visit) -> Answer {
    let found = inspections::list(&visit.state.app, &visit.actor).await?;
    let atlas = visit.state.app.atlas_now().await?;
    let page = visit.page();
    let when = show::when(&visit, &page);
    let row = |one: &Inspection| Row {
        href: format!("/desk/inspections/{}", one.case),
        title: one.title.clone(),
        kind: show::kind_word(&page, &one.kind),
        unit: unit(&page, &atlas, one.unit),
        when: when.ago(one.answered_at),
        flags: sentences(&page, &one.flags),
    };
    let mut units: Vec<UnitRow> = found
        .figures
        .iter()
        .map(|(id, figures)| unit_row(unit(&page, &atlas, *id), figures))
        .collect();
    units.sort_by(|a, b| a.name.cmp(&b.name));
    html(&ListPage {
        rows: found.rows.iter().map(row).collect(),
        units,
        page: &page,
    })
}

fn unit(page: &Page, atlas: &Atlas, unit: Option<UnitId>) -> String {
    let Some(id) = unit else {
        return page.t("desk-a-volunteer").into_owned();
    };
    let known = atlas
        .unit(id)
        .map(|unit| unit.names.in_lang(page.lang.as_str()));
    known.map_or_else(|| page.t("desk-some-unit").into_owned(), str::to_owned)
}

fn unit_row(name: String, figures: &Figures) -> UnitRow {
    UnitRow {
        name,
        answers: figures.answers,
        flagged: figures.flagged,
        inspected: figures.inspected,
        checks: match figures.checks_of {
            0 => String::new(),
            of => format!("{}/{of}", figures.checks_yes),
        },
    }
}

/// Each flag in a sentence, with the words that raised it.
fn sentences(page: &Page, flags: &[Flag]) -> Vec<String> {
    let said = |flag: &Flag| {
        let sentence = page
            .t(&format!("inspections-flag-{}", flag.rule))
            .into_owned();
        match flag.because.is_empty() {
            true => sentence,
            false => {
                let args = [
                    ("flag", sentence.into()),
                    ("words", flag.because.join(&page.t("desk-and")).into()),
                ];
                page.ta("inspections-because", &args).into_owned()
            }
        }
    };
    flags.iter().map(said).collect()
}

pub async fn show(visit: Visit, Path(case): Path<CaseId>) -> Answer {
    draw(&visit, case, StatusCode::OK, None).await
}

async fn draw(visit: &Visit, case: CaseId, status: StatusCode, typed: Option<&Form>) -> Answer {
    let sheet = inspections::sheet(&visit.state.app, &visit.actor, case).await?;
    let atlas = visit.state.app.atlas_now().await?;
    let page = visit.page();
    let error = match status {
        StatusCode::OK => String::new(),
        _ => page.t("inspections-all").into_owned(),
    };
    let one = &sheet.inspection;
    let page = &page;
    let sheet = SheetPage {
        page,
        action: format!("/desk/inspections/{case}"),
        case: format!("/desk/cases/{case}"),
        title: one.title.clone(),
        unit: unit(page, &atlas, one.unit),
        when: show::when(visit, page).moment(one.answered_at),
        flags: sentences(page, &one.flags),
        questions: questions(page, &sheet, typed),
        asked: sheet.asked,
        answer: sheet.answer,
        error,
    };
    html_as(status, &sheet)
}

fn questions(page: &Page, sheet: &Sheet, typed: Option<&Form>) -> Vec<QuestionView> {
    let view = |question: &huiyin_domain::inspection::Question| {
        let name = format!("check-{}", question.key);
        let kept = sheet.inspection.checks.get(&question.key);
        let word = typed.and_then(|form| form.get(&name).map(str::to_owned));
        let word = word.or_else(|| kept.cloned()).unwrap_or_default();
        QuestionView {
            text: question.names.in_lang(page.lang.as_str()).to_owned(),
            yes: word == "yes",
            no: word == "no",
            name,
        }
    };
    sheet.questions.iter().map(view).collect()
}

pub async fn keep(visit: Visit, Path(case): Path<CaseId>, form: Form) -> Answer {
    let checks: BTreeMap<String, String> = form
        .texts()
        .filter_map(|(name, word)| {
            let key = name.strip_prefix("check-")?;
            Some((key.to_owned(), word.to_owned()))
        })
        .collect();
    match inspections::check(&visit.state.app, &visit.actor, case, checks).await {
        Ok(()) => {
            let kept = see(&format!("/desk/cases/{case}"));
            Ok(flash::say(
                kept,
                Tone::Done,
                "checks-kept",
                visit.transport(),
            ))
        }
        Err(error) => {
            let (status, _) = saying::refused(&visit.page(), error)?;
            draw(&visit, case, status, Some(&form)).await
        }
    }
}
