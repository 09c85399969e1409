//! Bringing something in: the form of each kind, what is already known of the same
//! matter, and then the receipt.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use huiyin_app::cases::open::{self, Request};
use huiyin_app::cases::similar::{self, Similar};
use huiyin_app::cases::{Channel, IdempotencyKey};
use huiyin_app::limits::Purpose;
use huiyin_app::places::look;
use huiyin_app::{Error, Refusal};
use huiyin_domain::case::{FieldType, Kind, Value, Values};
use huiyin_domain::id::CaseId;

use crate::actor;
use crate::fields::{self, Sheet, Suggested};
use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::show::found_word;
use crate::problem::{self, Problem, Refused};
use crate::visit::{Answer, Visit, html, html_as, see};
use crate::when::When;

use super::new_form::{
    self, Opening, asked, begun, bringer, chosen, drawn, found, id_of, is_complete,
};
use super::new_form::{carried, kind, openings};

#[derive(Template)]
#[template(path = "pages/resident/new.html")]
struct NewPage<'a> {
    page: &'a Page,
    slug: &'a str,
    title: String,
    about: String,
    send: String,
    id: CaseId,
    fields: String,
    refused: Option<&'a Refused>,
    /// Every fault, with the id of its field and what the field is called.
    faults: Vec<(String, String, String)>,
    /// What else it might be.
    others: Vec<Opening>,
    /// Over which way somebody came, where a link said so.
    way: String,
    /// The control whose text is asked after while somebody types, where it may belong elsewhere.
    watched: String,
}

#[derive(Template)]
#[template(path = "pages/resident/similar.html")]
struct SimilarPage<'a> {
    page: &'a Page,
    slug: &'a str,
    similar: Vec<Alike>,
    /// Whether this kind can take note that it is the same matter.
    joins: bool,
    entered: Vec<(&'a str, &'a str)>,
}

/// Something like it that is on its way already; no word that somebody else wrote.
struct Alike {
    id: String,
    place: String,
    since: String,
    stage: String,
    words: String,
    is_open: bool,
}

/// An empty form, or one that begins with the place of a link, or with a service of a menu:
/// `?place=652901001`, `?service=0dkj3…`.
pub async fn show(visit: Visit, Path(slug): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let kind = kind(&visit, &slug)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let mut form = begun(&kind, "", query.text("place"));
    chosen(&kind, &mut form, query.text("service"));
    new_form::about_procedure(&kind, &mut form, query.text("procedure"));
    form.put("way", [query.text("way").to_owned()]);
    page(&visit, &kind, &form, None).await
}

/// What was filled in: drawn anew, offered what is similar, or sent.
pub async fn send(visit: Visit, Path(slug): Path<String>, form: Form) -> Answer {
    let kind = kind(&visit, &slug)?;
    match form.text(fields::ACT).split_once(':') {
        None if form.text(fields::ACT) == "begin" => return begin(&visit, &kind, &form).await,
        Some(("begin", other)) => {
            let other = new_form::kind(&visit, other)?;
            let form = carried(&other, &kind, &form);
            return page(&visit, &kind, &form, None).await;
        }
        _ => {}
    }
    let asked = asked(&kind);
    let suggested = Suggested::default();
    let sheet = Sheet {
        kind: &kind,
        asked: &asked,
        prefix: "",
        suggested: &suggested,
    };
    let mut read = fields::read(&visit, sheet, form).await?;
    if read.only_redraw {
        return page(&visit, &kind, &read.form, None).await;
    }
    if !read.faults.is_empty() {
        let refusal = Error::Refused(Refusal::Invalid(read.faults));
        return refused(&visit, &kind, &read.form, refusal).await;
    }
    if read.form.text("instead").is_empty()
        && let Some(offer) = super::instead::found(&visit, &kind, &read.form).await?
    {
        return super::instead::page(&visit, &kind, &read.form, offer);
    }
    let is_checked = !read.form.text("checked").is_empty();
    if !is_checked && is_complete(&asked, &read.values) {
        let alike = alike(&visit, &kind, &read.values).await?;
        if !alike.is_empty() {
            return offer_similar(&visit, &kind, &read.form, alike).await;
        }
    }
    if let (Some(field), Ok(same)) = (same_field(&kind), read.form.text("same").parse()) {
        read.values.insert(field.to_owned(), Value::Case(same));
    }
    open_it(&visit, &kind, &read.form, read.values).await
}

/// The form of a kind, with what was said before it was chosen.
pub(super) async fn begin(visit: &Visit, kind: &Kind, form: &Form) -> Answer {
    let form = begun(kind, form.text("text"), form.text("place"));
    page(visit, kind, &form, None).await
}

async fn open_it(visit: &Visit, kind: &Kind, form: &Form, values: Values) -> Answer {
    match opened(visit, kind, form, values).await {
        Ok(id) => {
            let to = see(&format!("/my/{id}/receipt"));
            Ok(actor::remember(visit, id, to))
        }
        Err(error) => refused(visit, kind, form, error).await,
    }
}

/// Opens the case of a form, once, however often it is sent.
pub(super) async fn opened(
    visit: &Visit,
    kind: &Kind,
    form: &Form,
    values: Values,
) -> Result<CaseId, Error> {
    if let Err(Problem::App(too_often)) = visit.count(Purpose::OpenCase) {
        return Err(too_often);
    }
    let id = id_of(visit, form);
    let named = (visit.browser.id(), &*id.to_string());
    let key = IdempotencyKey::of_form(&visit.state.app, named, &values).await?;
    let request = Request {
        id,
        kind: kind.slug.clone(),
        values,
        language: visit.taste.lang,
        channel: way(form).unwrap_or(Channel::Web),
        key: Some(key),
        at: None,
    };
    let opened = open::open(&visit.state.app, &bringer(visit), request).await?;
    Ok(opened.id)
}

/// The form comes back filled, with all that is wrong.
async fn refused(visit: &Visit, kind: &Kind, form: &Form, error: Error) -> Answer {
    let shell = visit.page();
    let sent_before = matches!(error, Error::Refused(Refusal::KeyReused));
    let refused = problem::refused(&shell, error)?;
    let mut form = form.clone();
    if sent_before {
        // Changed after it had been sent: if it is sent again, it is another matter.
        form.put("id", []);
    }
    page(visit, kind, &form, Some(&refused)).await
}

async fn page(visit: &Visit, kind: &Kind, form: &Form, refused: Option<&Refused>) -> Answer {
    let shell = visit.page();
    let slug = kind.slug.as_str();
    let own = found(&shell, &format!("{slug}-step-{}", kind.open.name));
    let ask = found(&shell, &format!("{slug}--ask"));
    let mut others = openings(visit, &shell);
    others.retain(|other| other.slug != slug);
    let new = NewPage {
        title: match ask.is_empty() {
            true => shell.t(&format!("{slug}--name")).into_owned(),
            false => ask,
        },
        others,
        way: way(form).map_or_else(String::new, |way| way.word().to_owned()),
        watched: match &kind.instead {
            Some(_) => fields::input_name(&kind.title_field),
            None => String::new(),
        },
        about: found(&shell, &format!("{slug}--intro")),
        send: if own.is_empty() {
            shell.t("new-send").into_owned()
        } else {
            own
        },
        id: id_of(visit, form),
        fields: drawn(visit, &shell, kind, (form, refused)).await?,
        faults: refused
            .map(|refused| summary(&shell, kind, refused))
            .unwrap_or_default(),
        page: &shell,
        slug,
        refused,
    };
    html_as(
        refused.map_or(StatusCode::OK, |refused| refused.status),
        &new,
    )
}

/// The way that a link named: one that was put into a neighbours' group, or onto a wall.
fn way(form: &Form) -> Option<Channel> {
    let way = form.text("way").parse().ok();
    way.filter(|way| matches!(way, Channel::Group | Channel::Wall))
}

/// Every fault in one list, so that nobody has to look for them.
pub(super) fn summary(
    page: &Page,
    kind: &Kind,
    refused: &Refused,
) -> Vec<(String, String, String)> {
    let faults = refused.faults.iter();
    faults
        .map(|fault| {
            let label = match kind.field(&fault.field) {
                Some(field) => page.t(&kind.field_key(&field.name)).into_owned(),
                None => fault.field.clone(),
            };
            let id = fields::input_name(&fault.field);
            (id, label, fields::sentence(page, fault))
        })
        .collect()
}

/// The field in which a kind notes that a new case is about the same matter as another.
fn same_field(kind: &Kind) -> Option<&str> {
    let is_case = |name: &str| {
        kind.field(name)
            .is_some_and(|field| matches!(field.kind, FieldType::Case(_)))
    };
    let asked = kind.open.fields.iter().find(|asked| is_case(&asked.field));
    asked.map(|asked| asked.field.as_str())
}

async fn alike(visit: &Visit, kind: &Kind, values: &Values) -> Result<Vec<Similar>, Problem> {
    let (Some(Value::Text(text)), Some(Value::Place(place))) =
        (values.get(&kind.title_field), values.get(&kind.place_field))
    else {
        return Ok(Vec::new());
    };
    let request = similar::Request {
        kind: kind.slug.clone(),
        place: place.clone(),
        text: text.clone(),
    };
    Ok(similar::similar(&visit.state.app, &bringer(visit), request).await?)
}

async fn offer_similar(visit: &Visit, kind: &Kind, form: &Form, found: Vec<Similar>) -> Answer {
    let shell = visit.page();
    let when = When::of(visit, &shell);
    let mut similar = Vec::with_capacity(found.len());
    for like in found {
        let place = look::path(&visit.state.app, like.place).await?;
        let place = place.map(|found| found_word(&shell, &found));
        similar.push(Alike {
            id: like.id.to_string(),
            place: place.unwrap_or_default(),
            since: when.day_of(like.opened_at),
            stage: shell
                .t(&format!("{}-stage-{}", kind.slug, like.stage))
                .into_owned(),
            words: like.words.join(&shell.t("list-and")),
            is_open: like.closed_at.is_none(),
        });
    }
    let entered = form
        .texts()
        .filter(|(name, _)| !matches!(*name, "csrf" | "same" | "checked" | "act"))
        .collect();
    html(&SimilarPage {
        page: &shell,
        slug: &kind.slug,
        joins: same_field(kind).is_some(),
        similar,
        entered,
    })
}
