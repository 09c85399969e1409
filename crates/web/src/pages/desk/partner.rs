//! What a partner unit sees of itself: the communities with which it is paired, and the
//! volunteers who named it as theirs.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use huiyin_app::partners::{members, pair, year};
use huiyin_domain::id::{PartnerId, VolunteerId};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::admin::pick;
use crate::pages::volunteer::PlaceWords;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

use super::saying;

const PATH: &str = "/desk/partner";

#[derive(Template)]
#[template(path = "pages/desk/partner.html")]
struct PartnerPage<'a> {
    page: &'a Page,
    pairings: Vec<Pairing>,
    members: Vec<Member>,
    older: String,
    id: PartnerId,
    error: String,
    place: String,
    contact: &'a str,
    contact_error: String,
}

struct Pairing {
    href: String,
    place: String,
    note: String,
}

struct Member {
    id: VolunteerId,
    name: String,
    is_agreed: bool,
}

#[derive(Default)]
struct Wrong {
    status: StatusCode,
    error: String,
    place: String,
    contact: String,
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    draw(&visit, &asked, Wrong::default()).await
}

async fn draw(visit: &Visit, form: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let app = &visit.state.app;
    let mut places = PlaceWords::default();
    let mut pairings = Vec::new();
    for partner in year::own(app, &visit.actor).await? {
        pairings.push(Pairing {
            href: format!("/desk/partners/{}", partner.id),
            place: places.of(visit, &page, &partner.place).await?,
            note: match partner.agreed_at {
                Some(_) => page.t("partner-agreed").into_owned(),
                None => page.t("partner-not-agreed").into_owned(),
            },
        });
    }
    let after = form.text("after").parse().ok();
    let found = members::list(app, &visit.actor, after).await?;
    let rows = found.rows.iter().map(|member| Member {
        id: member.id,
        name: member.name.clone(),
        is_agreed: member.agreed_at.is_some(),
    });
    let ask = pick::Ask {
        label: "partner-place",
        help: "partner-place-help",
        error: wrong.place,
        required: true,
    };
    let typed = form.text("id").parse().ok();
    let drawn = PartnerPage {
        pairings,
        members: rows.collect(),
        older: found
            .next
            .map_or_else(String::new, |next| format!("{PATH}?after={next}")),
        id: typed.unwrap_or_else(|| PartnerId::from_raw(app.mint())),
        error: wrong.error,
        place: pick::draw(visit, &page, form, ask).await?,
        contact: form.text("contact"),
        contact_error: wrong.contact,
        page: &page,
    };
    html_as(wrong.status, &drawn)
}

fn done(visit: &Visit, word: &'static str) -> Response {
    flash::say(see(PATH), Tone::Done, word, visit.transport())
}

/// Asks to be paired with a community.
pub async fn pair(visit: Visit, mut form: Form) -> Answer {
    if pick::settle(&mut form) {
        return draw(&visit, &form, Wrong::default()).await;
    }
    let page = visit.page();
    let mut wrong = Wrong {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        ..Wrong::default()
    };
    let place = match pick::needed(&form) {
        Ok(place) => place,
        Err(key) => {
            wrong.place = page.t(key).into_owned();
            return draw(&visit, &form, wrong).await;
        }
    };
    let request = pair::Request {
        id: form.text("id").parse().map_err(|_| Problem::Malformed)?,
        place,
        contact: form.text("contact").to_owned(),
    };
    match pair::pair(&visit.state.app, &visit.actor, request).await {
        Ok(()) => Ok(done(&visit, "partner-asked")),
        Err(error) => {
            wrong.place = saying::fault(&page, &error, "place");
            wrong.contact = saying::fault(&page, &error, "contact");
            let (status, said) = saying::refused(&page, error)?;
            wrong.status = status;
            if wrong.place.is_empty() && wrong.contact.is_empty() {
                wrong.error = said.text;
            }
            draw(&visit, &form, wrong).await
        }
    }
}

/// Says that a volunteer is one of theirs.
pub async fn agree(visit: Visit, Path(id): Path<VolunteerId>) -> Answer {
    members::agree(&visit.state.app, &visit.actor, id).await?;
    Ok(done(&visit, "partner-member-agreed"))
}

/// Says that a volunteer is none of theirs.
pub async fn part(visit: Visit, Path(id): Path<VolunteerId>) -> Answer {
    members::part(&visit.state.app, &visit.actor, id).await?;
    Ok(done(&visit, "partner-member-parted"))
}
