//! One public case, and the step with which somebody may help.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::cases::advance::{self, Request};
use huiyin_app::public::case::{self, Shown};
use huiyin_app::{Error, Refusal};
use huiyin_domain::case::{Asked, Input, Kind, Step, Value, Who};
use huiyin_domain::id::{CaseId, FileId};

use crate::fields::{self, Sheet, Suggested};
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::problem::{self, Problem, Refused};
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

use super::wall::{Card, card, helping, helping_as};

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
    ways: Vec<WayToHelp>,
    signed_in: bool,
    refused: Option<&'a Refused>,
}

/// A step with which somebody may help.
struct WayToHelp {
    step: String,
    verb: String,
    help: String,
    fields: String,
}

pub async fn show(visit: Visit, Path(id): Path<CaseId>) -> Answer {
    page(&visit, id, None).await
}

/// What was entered for a step that was refused, or is drawn anew.
struct Entered<'a> {
    step: &'a str,
    form: &'a Form,
    refused: Option<&'a Refused>,
}

async fn page(visit: &Visit, id: CaseId, entered: Option<Entered<'_>>) -> Answer {
    let app = &visit.state.app;
    let shown = case::case(app, id).await?;
    let kind = app
        .kinds()
        .by_slug(&shown.case.kind)
        .cloned()
        .ok_or(Problem::NotFound)?;
    let shell = visit.page();
    let when = When::of(visit, &shell);
    let signed_in = visit.actor.person().is_some();
    let stage = Some(shown.case.stage.as_str());
    let steps: Vec<&Step> = match signed_in {
        true => helping_as(&kind, stage, &visit.actor).collect(),
        false => helping(&kind, stage).into_iter().collect(),
    };
    let mut ways = Vec::with_capacity(steps.len());
    for step in steps {
        let entered = entered.as_ref().filter(|entered| entered.step == step.name);
        ways.push(way(visit, &shell, &kind, (step, entered)).await?);
    }
    let refused = entered.and_then(|entered| entered.refused);
    let mut card = card(&when, &kind, &shown.case, Some(&shown.place));
    if let Some((_, text)) = whole_title(&shown) {
        card.title = text.to_owned();
    }
    let public = PublicPage {
        card,
        kind: shell.t(&format!("{}--name", kind.slug)).into_owned(),
        said: said(&when, &kind, &shown),
        photos: photos(&shown),
        page: &shell,
        id,
        ways,
        signed_in,
        refused,
    };
    html_as(
        refused.map_or(StatusCode::OK, |refused| refused.status),
        &public,
    )
}

/// One way to help, with its form for whoever has signed in.
async fn way(
    visit: &Visit,
    page: &Page,
    kind: &Kind,
    (step, entered): (&Step, Option<&Entered<'_>>),
) -> Result<WayToHelp, Problem> {
    let key = format!("{}-step-{}", kind.slug, step.name);
    let mut drawn = String::new();
    if visit.actor.person().is_some() {
        let asked = asked(&step.fields);
        let suggested = Suggested::default();
        let sheet = Sheet {
            kind,
            asked: &asked,
            prefix: "",
            suggested: &suggested,
        };
        let empty = Form::default();
        let form = entered.map_or(&empty, |entered| entered.form);
        let faults = entered.and_then(|entered| Some(entered.refused?.faults.as_slice()));
        drawn = fields::draw(visit, page, sheet, form, faults.unwrap_or_default()).await?;
    }
    Ok(WayToHelp {
        step: step.name.clone(),
        verb: page.t(&key).into_owned(),
        help: super::found(page, &format!("{key}-help")),
        fields: drawn,
    })
}

fn asked(fields: &[Asked]) -> Vec<Asked> {
    fields
        .iter()
        .filter(|asked| !asked.staff_only)
        .cloned()
        .collect()
}

/// The field from which the title was cut, and all of its text.
fn whole_title(shown: &Shown) -> Option<(&str, &str)> {
    let begins = shown.case.title.trim_end_matches('…');
    let mut values = shown.case.values.iter();
    values.find_map(|(name, value)| {
        let text = value.as_text().filter(|text| text.starts_with(begins))?;
        Some((name.as_str(), text))
    })
}

/// What is public of the matter, in words.
fn said(when: &When<'_>, kind: &Kind, shown: &Shown) -> Vec<(String, String)> {
    let page = when.page;
    let heading = whole_title(shown).map(|(name, _)| name);
    let told = kind.public.fields.iter();
    let told = told.filter(|name| heading != Some(name.as_str()));
    told.filter_map(|name| {
        let choice = |choice: &str| {
            page.t(&format!("{}-choice-{name}-{choice}", kind.slug))
                .into_owned()
        };
        let text = match shown.case.values.get(name)? {
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
    let step = helping_as(&kind, None, &visit.actor)
        .find(|step| step.name == name)
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
        let entered = Entered {
            step: &name,
            form: &read.form,
            refused: None,
        };
        return page(&visit, id, Some(entered)).await;
    }
    let taken = match read.faults.is_empty() {
        false => Err(Error::Refused(Refusal::Invalid(read.faults))),
        true => {
            let request = Request {
                id,
                version: None,
                step: name.clone(),
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
            // Whoever helps for their unit goes on at their desk.
            let to = match step.by.contains(&Who::SignedIn) {
                true => see(&format!("/my/{id}")),
                false => see(&format!("/desk/cases/{id}")),
            };
            Ok(flash::say(to, Tone::Done, "helping", visit.transport()))
        }
        Err(error) => {
            let refused = problem::refused(&visit.page(), error)?;
            let entered = Entered {
                step: &name,
                form: &read.form,
                refused: Some(&refused),
            };
            page(&visit, id, Some(entered)).await
        }
    }
}
