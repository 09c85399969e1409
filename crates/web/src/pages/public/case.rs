//! One public case, and the step with which somebody may help.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::cases::advance::{self, Request};
use huiyin_app::public::case::{self, Shown};
use huiyin_app::{Error, Refusal};
use huiyin_domain::case::{Asked, Input, Kind, Value};
use huiyin_domain::id::{CaseId, FileId};

use crate::fields::{self, Sheet, Suggested};
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::problem::{self, Problem, Refused};
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

use super::wall::{Card, card, helping};

#[derive(Template)]
#[template(path = "pages/public/case.html")]
struct PublicPage<'a> {
    page: &'a Page,
    id: CaseId,
    card: Card,
    kind: String,
    /// Label and text of what is public.
    said: Vec<(String, String)>,
    photos: Vec<FileId>,
    step: String,
    verb: String,
    help: String,
    fields: String,
    signed_in: bool,
    refused: Option<&'a Refused>,
}

pub async fn show(visit: Visit, Path(id): Path<CaseId>) -> Answer {
    page(&visit, id, (&Form::default(), None)).await
}

async fn page(visit: &Visit, id: CaseId, (form, refused): (&Form, Option<&Refused>)) -> Answer {
    let app = &visit.state.app;
    let shown = case::case(app, id).await?;
    let kind = app
        .kinds()
        .by_slug(&shown.case.kind)
        .cloned()
        .ok_or(Problem::NotFound)?;
    let shell = visit.page();
    let when = When::of(visit, &shell);
    let step = helping(&kind, Some(&shown.case.stage));
    let signed_in = visit.actor.person().is_some();
    let mut drawn = String::new();
    let mut names = (String::new(), String::new(), String::new());
    if let Some(step) = step {
        let key = format!("{}-step-{}", kind.slug, step.name);
        names = (
            step.name.clone(),
            shell.t(&key).into_owned(),
            super::found(&shell, &format!("{key}-help")),
        );
        if signed_in {
            let asked = asked(&step.fields);
            let suggested = Suggested::default();
            let sheet = Sheet {
                kind: &kind,
                asked: &asked,
                prefix: "",
                suggested: &suggested,
            };
            let faults = refused
                .map(|refused| refused.faults.as_slice())
                .unwrap_or_default();
            drawn = fields::draw(visit, &shell, sheet, form, faults).await?;
        }
    }
    let (step, verb, help) = names;
    let public = PublicPage {
        card: card(&when, &kind, &shown.case, Some(&shown.place)),
        kind: shell.t(&format!("{}--name", kind.slug)).into_owned(),
        said: said(&when, &kind, &shown),
        photos: photos(&shown),
        fields: drawn,
        page: &shell,
        id,
        step,
        verb,
        help,
        signed_in,
        refused,
    };
    html_as(
        refused.map_or(StatusCode::OK, |refused| refused.status),
        &public,
    )
}

fn asked(fields: &[Asked]) -> Vec<Asked> {
    fields
        .iter()
        .filter(|asked| !asked.staff_only)
        .cloned()
        .collect()
}

/// What is public of the matter, in words.
fn said(when: &When<'_>, kind: &Kind, shown: &Shown) -> Vec<(String, String)> {
    let page = when.page;
    let told = kind.public.fields.iter();
    told.filter_map(|name| {
        let choice = |choice: &str| {
            page.t(&format!("{}-choice-{name}-{choice}", kind.slug))
                .into_owned()
        };
        let text = match shown.case.values.get(name)? {
            Value::Text(text) if *text == shown.case.title => return None,
            Value::Text(text) => text.clone(),
            Value::Choice(one) => choice(one),
            Value::Choices(many) => many
                .iter()
                .map(|one| choice(one))
                .collect::<Vec<_>>()
                .join(&page.t("list-and")),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => when.day(*date),
            Value::YesNo(yes) => page
                .t(if *yes { "field-yes" } else { "field-no" })
                .into_owned(),
            Value::Rating(rating) => page.t(&format!("rating-{rating}")).into_owned(),
            _ => return None,
        };
        Some((
            page.t(&format!("{}-field-{name}", kind.slug)).into_owned(),
            text,
        ))
    })
    .collect()
}

fn photos(shown: &Shown) -> Vec<FileId> {
    let files = shown.case.values.values().filter_map(|value| match value {
        Value::Files(files) => Some(files),
        _ => None,
    });
    files.flatten().copied().collect()
}

/// Takes the step with which somebody helps.
pub async fn help(visit: Visit, Path((id, name)): Path<(CaseId, String)>, form: Form) -> Answer {
    let app = &visit.state.app;
    let shown = case::case(app, id).await?;
    let kind = app
        .kinds()
        .by_slug(&shown.case.kind)
        .cloned()
        .ok_or(Problem::NotFound)?;
    let step = helping(&kind, None)
        .filter(|step| step.name == name)
        .ok_or(Problem::NotFound)?;
    let asked = asked(&step.fields);
    let suggested = Suggested::default();
    let sheet = Sheet {
        kind: &kind,
        asked: &asked,
        prefix: "",
        suggested: &suggested,
    };
    let read = fields::read(&visit, sheet, form).await?;
    if read.only_redraw {
        return page(&visit, id, (&read.form, None)).await;
    }
    let taken = match read.faults.is_empty() {
        false => Err(Error::Refused(Refusal::Invalid(read.faults))),
        true => {
            let request = Request {
                id,
                version: None,
                step: name,
                input: Input {
                    values: read.values,
                },
                key: None,
                at: None,
            };
            advance::advance(app, &visit.actor, request).await
        }
    };
    match taken {
        Ok(_) => {
            let to = see(&format!("/my/{id}"));
            Ok(flash::say(to, Tone::Done, "helping", visit.transport()))
        }
        Err(error) => {
            let refused = problem::refused(&visit.page(), error)?;
            page(&visit, id, (&read.form, Some(&refused))).await
        }
    }
}
