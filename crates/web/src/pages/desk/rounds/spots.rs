//! One spot that rounds look at: made, named anew, given its turn, or closed.

use askama::Template;
use axum::extract::Path;
use huiyin_app::rounds::look;
use huiyin_app::rounds::put_spot::{self, Kept};
use huiyin_app::{Error, Refusal};
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::SpotId;
use huiyin_domain::round::SpotSort;

use super::place_word;
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::admin::{choices, pick};
use crate::pages::desk::inbox::Choice;
use crate::pages::parts;
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/rounds/spots.html")]
struct SpotPage<'a> {
    page: &'a Page,
    /// Empty for one that is being made.
    title: String,
    place: String,
    sort: String,
    is_closed: bool,
    action: String,
    id: String,
    zh: String,
    en: String,
    position: String,
    sorts: Vec<Choice>,
    /// The field for a place, of one that is being made.
    picker: String,
    wrong: Wrong,
}

pub async fn new(visit: Visit) -> Answer {
    draw_new(&visit, &Form::default(), Wrong::default()).await
}

async fn draw_new(visit: &Visit, typed: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let ask = pick::Ask {
        label: "desk-place",
        ..pick::Ask::where_it_is(wrong.at("place").to_owned())
    };
    let sorts = SpotSort::ALL.iter().map(|sort| sort.word());
    let status = wrong.status;
    let drawn = SpotPage {
        title: String::new(),
        place: String::new(),
        sort: String::new(),
        is_closed: false,
        action: "/desk/rounds/setup/spots".to_owned(),
        id: match typed.text("id") {
            "" => SpotId::from_raw(visit.state.app.mint()).to_string(),
            id => id.to_owned(),
        },
        zh: typed.text("zh").to_owned(),
        en: typed.text("en").to_owned(),
        position: typed.text("position").to_owned(),
        sorts: parts::choices(&page, "spot-sort", sorts, typed.text("sort")),
        picker: pick::draw(visit, &page, typed, ask).await?,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn add(visit: Visit, mut form: Form) -> Answer {
    if pick::settle(&mut form) {
        return draw_new(&visit, &form, Wrong::default()).await;
    }
    let done = match read_new(&form) {
        Ok(request) => put_spot::put(&visit.state.app, &visit.actor, request).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(kept(&visit, "spot-kept")),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw_new(&visit, &form, wrong).await
        }
    }
}

fn kept(visit: &Visit, word: &str) -> axum::response::Response {
    let to = see("/desk/rounds/setup");
    flash::say(to, Tone::Done, word, visit.transport())
}

fn read_new(form: &Form) -> Result<put_spot::Request, Refusal> {
    let mut faults = Vec::new();
    let id = form.text("id").parse();
    if id.is_err() {
        faults.push(FieldFault::new("name", "fault-form-old"));
    }
    let sort = form.text("sort").parse();
    if sort.is_err() {
        faults.push(FieldFault::new("sort", "fault-not-choice"));
    }
    let place = pick::needed(form);
    if let Err(key) = place {
        faults.push(FieldFault::new("place", key));
    }
    match (id, sort, place) {
        (Ok(id), Ok(sort), Ok(place)) => Ok(put_spot::Request {
            id,
            place,
            sort,
            names: choices::names(form),
            position: position(form),
            kept: Kept::Open,
        }),
        _ => Err(Refusal::Invalid(faults)),
    }
}

/// A turn that was typed; what is none is no number that is allowed.
fn position(form: &Form) -> Option<i64> {
    match form.text("position") {
        "" => None,
        text => Some(text.parse().unwrap_or(-1)),
    }
}

pub async fn show(visit: Visit, Path(id): Path<SpotId>) -> Answer {
    draw(&visit, id, (None, Wrong::default())).await
}

async fn draw(visit: &Visit, id: SpotId, (typed, wrong): (Option<&Form>, Wrong)) -> Answer {
    let (held, places) = look::spot(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let filled = |field: &str, known: String| match typed {
        Some(form) => form.text(field).to_owned(),
        None => known,
    };
    let position = held.position.map(|at| at.to_string()).unwrap_or_default();
    let status = wrong.status;
    let drawn = SpotPage {
        title: held.names.in_lang(page.lang.as_str()).to_owned(),
        place: place_word(&page, &held.place, &places),
        sort: page
            .t(&format!("spot-sort-{}", held.sort.word()))
            .into_owned(),
        is_closed: held.closed_at.is_some(),
        action: format!("/desk/rounds/setup/spots/{id}"),
        id: id.to_string(),
        zh: filled("zh", choices::name_in(&held.names, "zh")),
        en: filled("en", choices::name_in(&held.names, "en")),
        position: filled("position", position),
        sorts: Vec::new(),
        picker: String::new(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn change(visit: Visit, Path(id): Path<SpotId>, form: Form) -> Answer {
    let (word, kept_as) = match form.text("do") {
        "close" => ("spot-closed", Kept::Closed),
        _ => ("spot-kept", Kept::Open),
    };
    match keep(&visit, (id, kept_as), &form).await {
        Ok(()) => Ok(kept(&visit, word)),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, id, (Some(&form), wrong)).await
        }
    }
}

async fn keep(visit: &Visit, (id, kept): (SpotId, Kept), form: &Form) -> Result<(), Error> {
    let (app, actor) = (&visit.state.app, &visit.actor);
    let (held, _) = look::spot(app, actor, id).await?;
    let request = put_spot::Request {
        id,
        place: held.place,
        sort: held.sort,
        names: choices::names(form),
        position: position(form),
        kept,
    };
    put_spot::put(app, actor, request).await
}
