//! The occasions that somebody looks after, and the form in which one is made.

use askama::Template;
use huiyin_app::occasions::look::{self, Listed};
use huiyin_app::occasions::make::{self, Request};
use huiyin_app::venues::look as venues;
use huiyin_app::{Error, Refusal};
use huiyin_domain::access::Action;
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::OccasionId;
use huiyin_domain::place::PlaceCode;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::collections::own_places;
use crate::pages::desk::inbox::Choice;
use crate::pages::parts;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/occasions.html")]
struct ListPage<'a> {
    page: &'a Page,
    rows: Vec<OccasionCard>,
}

/// An occasion in a list.
pub struct OccasionCard {
    pub href: String,
    pub title: String,
    pub when: String,
    pub place: String,
    pub address: String,
    pub tone: &'static str,
    pub sign: &'static str,
    pub state: String,
    pub count: String,
}

pub fn card(when: &When<'_>, listed: &Listed, base: &str) -> OccasionCard {
    let page = when.page;
    let occasion = &listed.occasion;
    let (tone, sign, state) = match (occasion.cancelled_at, occasion.ended_at) {
        (Some(_), _) => ("late", "ban", "occasion-is-off"),
        (None, Some(_)) => ("done", "circle-check", "occasion-is-over"),
        (None, None) => ("new", "calendar", "occasion-is-coming"),
    };
    let count = match occasion.ended_at {
        Some(_) => listed.delivered,
        None => listed.on + listed.delivered,
    };
    OccasionCard {
        href: format!("{base}/{}", occasion.id),
        title: occasion.title.clone(),
        when: parts::span(when, occasion.starts_at, occasion.ends_at),
        place: listed.place.in_lang(page.lang.as_str()).to_owned(),
        address: occasion.address.clone(),
        tone,
        sign,
        state: page.t(state).into_owned(),
        count: page.tn("occasion-count", "count", count).into_owned(),
    }
}

pub async fn list(visit: Visit) -> Answer {
    let found = look::kept(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let rows = found.iter().map(|one| card(&when, one, "/desk/occasions"));
    html(&ListPage {
        rows: rows.collect(),
        page: &page,
    })
}

#[derive(Template)]
#[template(path = "pages/desk/occasion_new.html")]
struct NewPage<'a> {
    page: &'a Page,
    id: String,
    kind: String,
    places: Vec<Choice>,
    typed: &'a Form,
    wrong: Wrong,
}

pub async fn new(visit: Visit) -> Answer {
    draw(&visit, &Form::default(), Wrong::default()).await
}

async fn draw(visit: &Visit, typed: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let kinds = visit.state.app.kinds();
    let mut kinds = kinds
        .current()
        .iter()
        .filter(|kind| kind.occasion.is_some());
    let asked = typed.text("kind");
    let kind = kinds.find(|kind| asked.is_empty() || kind.slug == asked);
    let kind = kind.ok_or(Problem::NotFound)?.slug.clone();
    let status = wrong.status;
    let drawn = NewPage {
        id: match typed.text("id") {
            "" => OccasionId::from_raw(visit.state.app.mint()).to_string(),
            id => id.to_owned(),
        },
        kind,
        places: own_places(visit, &page, (Action::OccasionsRun, typed.text("place"))).await?,
        typed,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn add(visit: Visit, form: Form) -> Answer {
    let made = match request(&visit, &form).await? {
        Ok(request) => {
            let id = request.id;
            let made = make::make(&visit.state.app, &visit.actor, request).await;
            made.map(|()| id)
        }
        Err(refusal) => Err(Error::Refused(refusal)),
    };
    match made {
        Ok(id) => {
            let to = see(&format!("/desk/occasions/{id}/add"));
            Ok(flash::say(
                to,
                Tone::Done,
                "occasion-made",
                visit.transport(),
            ))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, &form, wrong).await
        }
    }
}

async fn request(visit: &Visit, form: &Form) -> Result<Result<Request, Refusal>, Problem> {
    let place: Option<PlaceCode> = form.text("place").parse().ok();
    let zone = venues::zone(&visit.state.app, place.clone()).await?;
    let day = form.text("day");
    let starts_at = parts::instant(&zone, day, form.text("from"));
    let ends_at = parts::instant(&zone, day, form.text("to"));
    let id = form.text("id").parse();
    let whole = (place, starts_at, ends_at, id);
    let (Some(place), Some(starts_at), Some(ends_at), Ok(id)) = whole else {
        let faults = [
            (whole.0.is_none(), "place", "fault-required"),
            (whole.1.is_none(), "from", "fault-day-time"),
            (whole.2.is_none(), "to", "fault-day-time"),
            (form.text("title").is_empty(), "title", "fault-required"),
            (form.text("address").is_empty(), "address", "fault-required"),
        ];
        let faults = faults.into_iter().filter(|(is_wrong, ..)| *is_wrong);
        let mut faults: Vec<FieldFault> = faults
            .map(|(_, field, key)| FieldFault::new(field, key))
            .collect();
        if faults.is_empty() {
            faults.push(FieldFault::new("title", "fault-form-old"));
        }
        return Ok(Err(Refusal::Invalid(faults)));
    };
    Ok(Ok(Request {
        id,
        kind: form.text("kind").to_owned(),
        place,
        title: form.text("title").to_owned(),
        address: form.text("address").to_owned(),
        note: form.text("note").to_owned(),
        starts_at,
        ends_at,
    }))
}
