//! Lists that a unit brings at once: the form with what is wrong line by line, and how each line
//! of a list stands.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::collections::bring::{self, Brought, Request, Seen, State};
use huiyin_app::collections::{lines, look};
use huiyin_app::places::look as places;
use huiyin_app::{Error, Refusal};
use huiyin_domain::access::{Action, scope};
use huiyin_domain::case::Kind;
use huiyin_domain::id::CollectionId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::{saying, show};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/collections.html")]
struct ListPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    /// For each place the link that can be put into a neighbours' group.
    links: Vec<(String, String)>,
}

struct Row {
    href: String,
    title: String,
    unit: String,
    place: String,
    when: String,
    count: i64,
}

pub async fn list(visit: Visit) -> Answer {
    let found = look::list(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let when = show::when(&visit, &page);
    let lang = page.lang.as_str();
    let rows = found.iter().map(|one| Row {
        href: format!("/desk/collections/{}", one.collection.id),
        title: one.collection.title.clone(),
        unit: one.unit.in_lang(lang).to_owned(),
        place: one.place.in_lang(lang).to_owned(),
        when: when.day_of(one.collection.brought_at),
        count: one.collection.line_count,
    });
    let kind = kind_of(&visit, &Form::default())?;
    let places = own_places(&visit, &page, (Action::CollectionsBring, "")).await?;
    let link = |place: Choice| {
        let link = format!(
            "{}/new/{}?place={}&way=group",
            visit.origin, kind.slug, place.value
        );
        (place.label, link)
    };
    html(&ListPage {
        links: places.into_iter().map(link).collect(),
        rows: rows.collect(),
        page: &page,
    })
}

#[derive(Template)]
#[template(path = "pages/desk/collection_new.html")]
struct NewPage<'a> {
    page: &'a Page,
    id: String,
    kind: String,
    /// What the kind calls the parts of a line.
    heads: [String; 3],
    places: Vec<Choice>,
    typed: &'a Form,
    seen: Option<SeenView>,
    wrong: Wrong,
}

/// A list as it was read, line by line.
struct SeenView {
    tone: &'static str,
    says: String,
    rows: Vec<LineView>,
    may_keep: bool,
}

struct LineView {
    number: usize,
    what: String,
    whom: String,
    sign: String,
    tone: &'static str,
    sign_icon: &'static str,
    state: String,
    wrong: Vec<String>,
}

pub async fn new(visit: Visit) -> Answer {
    draw(&visit, &Form::default(), None, Wrong::default()).await
}

/// The kind that comes in lists: the one that was asked for, else the first.
fn kind_of(visit: &Visit, form: &Form) -> Result<std::sync::Arc<Kind>, Problem> {
    let kinds = visit.state.app.kinds();
    let mut kinds = kinds
        .current()
        .iter()
        .filter(|kind| kind.collection.is_some());
    let asked = form.text("kind");
    let found = kinds.find(|kind| asked.is_empty() || kind.slug == asked);
    found.cloned().ok_or(Problem::NotFound)
}

/// The places that an action reaches, to choose from.
pub(super) async fn own_places(
    visit: &Visit,
    page: &Page,
    (action, chosen): (Action, &str),
) -> Result<Vec<Choice>, Problem> {
    let mut choices = Vec::new();
    for code in scope(&visit.actor, action).places() {
        if let Some(found) = places::path(&visit.state.app, code.clone()).await? {
            choices.push(Choice {
                chosen: chosen == code.as_str(),
                value: code.to_string(),
                label: found.place.names.in_lang(page.lang.as_str()).to_owned(),
            });
        }
    }
    Ok(choices)
}

async fn draw(visit: &Visit, typed: &Form, seen: Option<Seen>, wrong: Wrong) -> Answer {
    let page = visit.page();
    let kind = kind_of(visit, typed)?;
    let own = kind.collection.as_ref().ok_or(Problem::NotFound)?;
    let head = |field: &str| page.t(&kind.field_key(field)).into_owned();
    let is_refused = seen.as_ref().is_some_and(|seen| seen.wrong > 0);
    let status = match is_refused {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => wrong.status,
    };
    let drawn = NewPage {
        id: match typed.text("id") {
            "" => CollectionId::from_raw(visit.state.app.mint()).to_string(),
            id => id.to_owned(),
        },
        heads: [head(&kind.title_field), head(&own.whom), head(&own.sign)],
        kind: kind.slug.clone(),
        places: own_places(
            visit,
            &page,
            (Action::CollectionsBring, typed.text("place")),
        )
        .await?,
        seen: seen.map(|seen| seen_view(&page, seen)),
        typed,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn seen_view(page: &Page, seen: Seen) -> SeenView {
    let args = [
        ("new", seen.new.into()),
        ("known", seen.known.into()),
        ("wrong", seen.wrong.into()),
    ];
    let says = match (seen.wrong, seen.new) {
        (0, 0) => "collection-all-known",
        (0, _) => "collection-good",
        _ => "collection-wrong",
    };
    let row = |(line, state): &(lines::Line, State)| {
        let (tone, icon, key) = match state {
            State::New => ("new", "plus", "collection-line-new"),
            State::Known(_) => ("quiet", "check", "collection-line-known"),
            State::Wrong(_) => ("late", "alert-circle", "collection-line-wrong"),
        };
        let wrong = match state {
            State::Wrong(faults) => faults
                .iter()
                .map(|fault| saying::filled(page, fault.key, &fault.words()))
                .collect(),
            _ => Vec::new(),
        };
        LineView {
            number: line.number,
            what: line.what.clone(),
            whom: line.whom.clone(),
            sign: line.sign.clone(),
            tone,
            sign_icon: icon,
            state: page.t(key).into_owned(),
            wrong,
        }
    };
    SeenView {
        tone: if seen.wrong > 0 { "late" } else { "info" },
        says: page.ta(says, &args).into_owned(),
        rows: seen.lines.iter().map(row).collect(),
        may_keep: seen.wrong == 0 && seen.new > 0,
    }
}

/// Looks it over, or keeps it.
pub async fn take(visit: Visit, mut form: Form) -> Answer {
    let file = form.files("file").next();
    let file = file.and_then(|file| file.bytes.clone());
    if let Some(bytes) = file.filter(|bytes| !bytes.is_empty()) {
        form.put("text", [lines::of_file(&bytes)]);
    }
    let (app, actor) = (&visit.state.app, &visit.actor);
    let request = match request(&visit, &form) {
        Ok(request) => request,
        Err(refusal) => {
            let wrong = Wrong::of(&visit.page(), Error::Refused(refusal))?;
            return draw(&visit, &form, None, wrong).await;
        }
    };
    let done = match form.text("do") {
        "keep" => bring::bring(app, actor, request).await,
        _ => {
            let seen = bring::look_over(app, actor, request).await;
            seen.map(Brought::Refused)
        }
    };
    match done {
        Ok(Brought::Kept(id)) => {
            let to = see(&format!("/desk/collections/{id}"));
            Ok(flash::say(
                to,
                Tone::Done,
                "collection-kept",
                visit.transport(),
            ))
        }
        Ok(Brought::Refused(seen)) => draw(&visit, &form, Some(seen), Wrong::default()).await,
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, &form, None, wrong).await
        }
    }
}

fn request(visit: &Visit, form: &Form) -> Result<Request, Refusal> {
    let place = form.text("place").parse();
    let id = form.text("id").parse();
    Ok(Request {
        id: id.map_err(|_| Refusal::field("title", "fault-form-old"))?,
        kind: form.text("kind").to_owned(),
        place: place.map_err(|_| Refusal::field("place", "fault-required"))?,
        title: form.text("title").to_owned(),
        text: form.text("text").to_owned(),
        language: visit.taste.lang,
    })
}

#[derive(Template)]
#[template(path = "pages/desk/collection.html")]
struct CollectionPage<'a> {
    page: &'a Page,
    title: String,
    facts: Vec<(String, String)>,
    heads: [String; 3],
    rows: Vec<StandView>,
}

struct StandView {
    number: i64,
    /// Where the case is, for those who may read it.
    href: String,
    what: String,
    whom: String,
    sign: String,
    tone: &'static str,
    sign_icon: &'static str,
    stage: String,
}

pub async fn show(visit: Visit, Path(id): Path<CollectionId>) -> Answer {
    let found = look::show(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = show::when(&visit, &page);
    let lang = page.lang.as_str();
    let named = &found.named;
    let row = |line: &look::Stand| {
        let (tone, icon) = match line.closed_at {
            Some(_) => ("done", "circle-check"),
            None => ("work", "progress"),
        };
        let word = match &line.outcome {
            Some(outcome) => format!("{}-outcome-{outcome}", line.kind),
            None => format!("{}-stage-{}", line.kind, line.stage),
        };
        StandView {
            number: line.number,
            href: match found.may_read_cases {
                true => format!("/desk/cases/{}", line.case),
                false => String::new(),
            },
            what: line.what.clone(),
            whom: line.whom.clone(),
            sign: line.sign.clone(),
            tone,
            sign_icon: icon,
            stage: page.t(&word).into_owned(),
        }
    };
    let kinds = visit.state.app.kinds();
    let kind = kinds.by_slug(&named.collection.kind);
    let head = |field: Option<&String>| {
        let key = kind.zip(field).map(|(kind, field)| kind.field_key(field));
        key.map(|key| page.t(&key).into_owned()).unwrap_or_default()
    };
    let own = kind.and_then(|kind| kind.collection.as_ref());
    let fact = |key: &str, text: &str| (page.t(key).into_owned(), text.to_owned());
    html(&CollectionPage {
        title: named.collection.title.clone(),
        facts: vec![
            fact("collection-unit", named.unit.in_lang(lang)),
            fact("desk-place", named.place.in_lang(lang)),
            fact("collection-when", &when.day_of(named.collection.brought_at)),
        ],
        heads: [
            head(kind.map(|kind| &kind.title_field)),
            head(own.map(|own| &own.whom)),
            head(own.map(|own| &own.sign)),
        ],
        rows: found.lines.iter().map(row).collect(),
        page: &page,
    })
}
