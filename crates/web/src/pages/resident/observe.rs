//! For whoever only passes by: a photo, one word that is tapped, and where. No account, nothing
//! to type; the receipt thanks, and its code shows what became of it.

use std::sync::Arc;

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::rounds;
use huiyin_app::{Error, Refusal};
use huiyin_domain::case::{Asked, FieldFault, Finding, Kind, Value};
use huiyin_domain::id::CaseId;

use super::new::{opened, summary};
use super::new_form::{asked, begun, id_of};
use crate::actor;
use crate::fields::{self, Sheet, Suggested};
use crate::form::Form;
use crate::layout::Page;
use crate::problem::{self, Problem, Refused};
use crate::visit::{Answer, Visit, html_as, see};

/// So much may be added in one's own words.
const SAYS_CHARS_MAX: usize = 200;
const SEEN: &str = "seen";
const SAYS: &str = "says";

#[derive(Template)]
#[template(path = "pages/resident/observe.html")]
struct ObservePage<'a> {
    page: &'a Page,
    id: CaseId,
    /// The photo, the spoken note, and the place.
    fields: String,
    /// How to reach whoever wants to hear of it, folded away.
    contact: String,
    /// What can be tapped: value and word.
    words: Vec<(String, String)>,
    chosen: &'a str,
    says: &'a str,
    says_max: usize,
    /// Something is said there, or wrong there.
    is_more_open: bool,
    way: &'a str,
    refused: Option<&'a Refused>,
    faults: Vec<(String, String, String)>,
}

/// Whether there is something that passers-by can report.
pub(super) fn is_there(visit: &Visit) -> bool {
    rounds::kind(&visit.state.app).is_ok()
}

/// With the place of a poster: `?place=652901001`.
pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let (kind, own) = rounds::kind(&visit.state.app)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let mut form = begun(&kind, "", query.text("place"));
    form.put("way", [query.text("way").to_owned()]);
    draw(&visit, (&kind, &own), &form, None).await
}

pub async fn send(visit: Visit, form: Form) -> Answer {
    let (kind, own) = rounds::kind(&visit.state.app)?;
    let sheet_asked = in_sight(&kind, &own);
    let suggested = Suggested::default();
    let mut read = fields::read(&visit, sheet(&kind, &sheet_asked, &suggested), form).await?;
    if read.only_redraw {
        return draw(&visit, (&kind, &own), &read.form, None).await;
    }
    read.faults.extend(faults(&kind, &own, &read.form));
    if !read.faults.is_empty() {
        let refusal = Error::Refused(Refusal::Invalid(read.faults));
        return refused(&visit, (&kind, &own), &read.form, refusal).await;
    }
    let page = visit.page();
    let (seen, says) = (read.form.text(SEEN), read.form.text(SAYS).trim());
    let word = page.t(&kind.choice_key(&own.seen, seen)).into_owned();
    let text = match says {
        "" => word,
        says => format!("{word}: {says}"),
    };
    let mut values = read.values;
    values.insert(kind.title_field.clone(), Value::Text(text));
    values.insert(own.seen.clone(), Value::Choice(seen.to_owned()));
    match opened(&visit, &kind, &read.form, values).await {
        Ok(id) => {
            let to = see(&format!("/my/{id}/receipt"));
            Ok(actor::remember(&visit, id, to))
        }
        Err(error) => refused(&visit, (&kind, &own), &read.form, error).await,
    }
}

fn sheet<'a>(kind: &'a Kind, asked: &'a [Asked], suggested: &'a Suggested) -> Sheet<'a> {
    Sheet {
        kind,
        asked,
        prefix: "",
        suggested,
    }
}

/// What is asked here: the photo, the spoken note, the place, and how to reach somebody.
fn in_sight(kind: &Kind, own: &Finding) -> Vec<Asked> {
    let is_contact = |field: &str| {
        let field = kind.field(field);
        field.is_some_and(|field| field.kind.petitioner_part().is_some())
    };
    let mut all = asked(kind);
    all.retain(|one| is_seen(kind, own, &one.field) || is_contact(&one.field));
    // The photo first: whoever stands before it has the phone in the hand.
    all.sort_by_key(|one| {
        let is_sound = own.sounds.as_ref() == Some(&one.field);
        (
            one.field != own.photos,
            !is_sound,
            one.field != kind.place_field,
        )
    });
    all
}

/// Whether a field tells what is there, and where: a photo, a note that is spoken, the place.
fn is_seen(kind: &Kind, own: &Finding, field: &str) -> bool {
    field == own.photos || own.sounds.as_deref() == Some(field) || field == kind.place_field
}

fn choices<'k>(kind: &'k Kind, own: &Finding) -> Vec<&'k str> {
    let field = kind.field(&own.seen);
    field.map(|field| field.kind.words()).unwrap_or_default()
}

fn faults(kind: &Kind, own: &Finding, form: &Form) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if !choices(kind, own).contains(&form.text(SEEN)) {
        faults.push(FieldFault::new(&own.seen, "fault-required"));
    }
    if form.text(SAYS).trim().chars().count() > SAYS_CHARS_MAX {
        let fault = FieldFault::new(&kind.title_field, "fault-too-long");
        faults.push(fault.with("max", SAYS_CHARS_MAX));
    }
    faults
}

async fn refused(visit: &Visit, what: (&Arc<Kind>, &Finding), form: &Form, error: Error) -> Answer {
    let sent_before = matches!(error, Error::Refused(Refusal::KeyReused));
    let refused = problem::refused(&visit.page(), error)?;
    let mut form = form.clone();
    if sent_before {
        // Changed after it had been sent: if it is sent again, it is another matter.
        form.put("id", []);
    }
    draw(visit, what, &form, Some(&refused)).await
}

async fn draw(
    visit: &Visit,
    (kind, own): (&Arc<Kind>, &Finding),
    form: &Form,
    refused: Option<&Refused>,
) -> Answer {
    let page = visit.page();
    let suggested = Suggested::default();
    let faults = refused.map_or(&[][..], |refused| refused.faults.as_slice());
    let (seen, contact): (Vec<Asked>, Vec<Asked>) = in_sight(kind, own)
        .into_iter()
        .partition(|one| is_seen(kind, own, &one.field));
    let said = |one: &Asked| {
        let is_wrong = faults.iter().any(|fault| fault.field == one.field);
        is_wrong || !form.text(&fields::input_name(&one.field)).is_empty()
    };
    let words = choices(kind, own).into_iter().map(|value| {
        let word = page.t(&kind.choice_key(&own.seen, value)).into_owned();
        (value.to_owned(), word)
    });
    let drawn = ObservePage {
        id: id_of(visit, form),
        fields: fields::draw(visit, &page, sheet(kind, &seen, &suggested), form, faults).await?,
        contact: fields::draw(
            visit,
            &page,
            sheet(kind, &contact, &suggested),
            form,
            faults,
        )
        .await?,
        words: words.collect(),
        chosen: form.text(SEEN),
        says: form.text(SAYS),
        says_max: SAYS_CHARS_MAX,
        is_more_open: !form.text(SAYS).is_empty() || contact.iter().any(said),
        way: form.text("way"),
        faults: refused
            .map(|refused| summary(&page, kind, refused))
            .unwrap_or_default(),
        refused,
        page: &page,
    };
    let status = refused.map_or(axum::http::StatusCode::OK, |refused| refused.status);
    html_as(status, &drawn)
}
