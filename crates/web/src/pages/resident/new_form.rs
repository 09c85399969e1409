//! What residents may bring in, and the form for it.

use std::sync::Arc;

use huiyin_app::Refusal;
use huiyin_app::error::Thing;
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Asked, FieldType, Kind, Value, Values, Who};
use huiyin_domain::id::CaseId;
use huiyin_domain::procedure::is_slug;

use crate::fields::{self, Sheet, Suggested};
use crate::form::Form;
use crate::layout::Page;
use crate::problem::{Problem, Refused};
use crate::visit::Visit;

/// A kind that residents may open.
pub(super) struct Opening {
    pub slug: String,
    pub icon: String,
    pub name: String,
    pub about: String,
}

/// The kinds that residents may open, in the order of the pages.
pub(super) fn openings(visit: &Visit, page: &Page) -> Vec<Opening> {
    let kinds = visit.state.app.kinds();
    let kinds = kinds.current().iter().filter(|kind| is_for_residents(kind));
    kinds
        .map(|kind| Opening {
            icon: kind.icon.clone(),
            name: page.t(&format!("{}--name", kind.slug)).into_owned(),
            about: found(page, &format!("{}--intro", kind.slug)),
            slug: kind.slug.clone(),
        })
        .collect()
}

/// The kind with which somebody goes on who has said something and chosen nothing.
pub(super) fn first(visit: &Visit) -> Option<Arc<Kind>> {
    let kinds = visit.state.app.kinds();
    let mut kinds = kinds.current().iter();
    kinds.find(|kind| is_for_residents(kind)).cloned()
}

/// What was typed in the form of another kind, to go on with in this one: each field into its
/// like, and words for which there is none behind the text, so that nothing is lost.
pub(super) fn carried(from: &Kind, kind: &Kind, form: &Form) -> Form {
    let mut said = Form::default();
    said.put("way", [form.text("way").to_owned()]);
    let mut behind: Vec<String> = Vec::new();
    for asked in asked(from) {
        let name = fields::input_name(&asked.field);
        let texts: Vec<String> = form.all(&name).map(str::to_owned).collect();
        let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        match like(from, &asked.field, kind) {
            Some(own) => said.put(&fields::input_name(&own), texts),
            None if is_text(from, &asked.field) => behind.extend(texts),
            None => {}
        }
    }
    if !behind.is_empty() {
        let name = fields::input_name(&kind.title_field);
        behind.insert(0, said.text(&name).to_owned());
        said.put(&name, [behind.join("\n")]);
    }
    said
}

fn is_text(kind: &Kind, field: &str) -> bool {
    let field = kind.field(field);
    field.is_some_and(|field| field.kind.word() == "text")
}

/// The field of this kind that asks the same: text for text, place for place, name for name.
fn like(from: &Kind, field: &str, kind: &Kind) -> Option<String> {
    if field == from.title_field {
        return Some(kind.title_field.clone());
    }
    if field == from.place_field {
        return Some(kind.place_field.clone());
    }
    let other = from.field(field)?;
    let fits = |asked: &&Asked| {
        let own = kind.field(&asked.field);
        own.is_some_and(|own| {
            let same = own.name == other.name && own.kind.word() == other.kind.word();
            let part = other.kind.petitioner_part();
            let photos = matches!(
                (&own.kind, &other.kind),
                (FieldType::Photos(_), FieldType::Photos(_))
                    | (FieldType::Sounds(_), FieldType::Sounds(_))
            );
            same || part.is_some() && own.kind.petitioner_part() == part || photos
        })
    };
    let asked = asked(kind);
    let found = asked.iter().find(fits)?;
    Some(found.field.clone())
}

fn is_for_residents(kind: &Kind) -> bool {
    let by_residents = |who: &Who| matches!(who, Who::Anyone | Who::SignedIn);
    !kind.internal && kind.open.by.iter().any(by_residents)
}

/// The kind of this name, when residents may open it.
pub(super) fn kind(visit: &Visit, slug: &str) -> Result<Arc<Kind>, Problem> {
    let kind = visit.state.app.kinds().by_slug(slug).cloned();
    let kind = kind.filter(|kind| is_for_residents(kind));
    Ok(kind.ok_or(Refusal::NotFound(Thing::Kind))?)
}

/// The text of a key, or nothing.
pub(super) fn found(page: &Page, key: &str) -> String {
    let found = page.words.find(page.lang, key, &[]);
    found.map(std::borrow::Cow::into_owned).unwrap_or_default()
}

/// What residents are asked; staff alone is asked the rest.
pub(super) fn asked(kind: &Kind) -> Vec<Asked> {
    let asked = kind.open.fields.iter().filter(|asked| !asked.staff_only);
    // Another case is chosen on the page of similar ones, never typed by a resident.
    let is_case = |asked: &&Asked| {
        kind.field(&asked.field)
            .is_some_and(|field| matches!(field.kind, FieldType::Case(_)))
    };
    asked.filter(|asked| !is_case(asked)).cloned().collect()
}

/// Whoever brings something in here does so for themselves, even if they work at a desk.
pub(super) fn bringer(visit: &Visit) -> Actor {
    visit.actor.privately()
}

/// The form of a new case, with what was said before it was opened.
pub(super) fn begun(kind: &Kind, text: &str, place: &str) -> Form {
    let mut form = Form::default();
    if !text.trim().is_empty() {
        fields::enter(
            &mut form,
            &kind.title_field,
            &Value::Text(text.trim().to_owned()),
        );
    }
    if let Ok(place) = place.trim().parse() {
        fields::enter(&mut form, &kind.place_field, &Value::Place(place));
    }
    form
}

/// Enters the service with which somebody comes from a menu.
pub(super) fn chosen(kind: &Kind, form: &mut Form, service: &str) {
    let Ok(service) = service.parse() else { return };
    let is_service = |asked: &&Asked| {
        let field = kind.field(&asked.field);
        field.is_some_and(|field| matches!(field.kind, FieldType::Service(_)))
    };
    if let Some(asked) = kind.open.fields.iter().find(is_service) {
        fields::enter(form, &asked.field, &Value::Service(service));
    }
}

/// Enters the procedure with which somebody comes from the guide.
pub(super) fn about_procedure(kind: &Kind, form: &mut Form, slug: &str) {
    if let Some(field) = kind.procedure_field().filter(|_| is_slug(slug)) {
        fields::enter(form, field, &Value::Choice(slug.to_owned()));
    }
}

/// The id of the case that a form will open, made when the form was first drawn.
pub(super) fn id_of(visit: &Visit, form: &Form) -> CaseId {
    let given = form.get("id").and_then(|id| id.parse().ok());
    given.unwrap_or_else(|| CaseId::from_raw(visit.state.app.mint()))
}

/// Whether all that must be said is there, so that nothing but the sending is left.
pub(super) fn is_complete(asked: &[Asked], values: &Values) -> bool {
    asked
        .iter()
        .all(|asked| !asked.required || values.contains_key(&asked.field))
}

/// All fields drawn, with what is wrong.
pub(super) async fn drawn(
    visit: &Visit,
    page: &Page,
    kind: &Kind,
    (form, refused): (&Form, Option<&Refused>),
) -> Result<String, Problem> {
    let asked = asked(kind);
    let suggested = Suggested::default();
    let sheet = Sheet {
        kind,
        asked: &asked,
        prefix: "",
        suggested: &suggested,
    };
    let faults = refused
        .map(|refused| refused.faults.as_slice())
        .unwrap_or_default();
    fields::draw(visit, page, sheet, form, faults).await
}
