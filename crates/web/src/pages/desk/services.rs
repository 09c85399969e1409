//! What volunteers reported: confirm it, or say why not.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use huiyin_app::volunteers::confirm;
use huiyin_app::volunteers::waiting::{self, Behind};
use huiyin_app::{Error, Refusal};
use huiyin_domain::id::ServiceId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::volunteer::{PlaceWords, hours_word};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

use super::{saying, show};

const PATH: &str = "/desk/services";

#[derive(Template)]
#[template(path = "pages/desk/services.html")]
struct ServicesPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    older: String,
}

struct Row {
    id: ServiceId,
    name: String,
    what: String,
    whom: String,
    place: String,
    day: String,
    hours: String,
    reason: String,
    error: String,
}

/// A reason that comes back, with the service that it is about.
struct Wrong {
    id: ServiceId,
    reason: String,
    error: String,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let behind = match asked.text("after").split_once('_') {
        None => Behind::default(),
        Some((place, id)) => Behind {
            place: place.to_owned(),
            id: id.parse().map_err(|_| Problem::Malformed)?,
        },
    };
    draw(&visit, behind, None).await
}

async fn draw(visit: &Visit, behind: Behind, wrong: Option<Wrong>) -> Answer {
    let found = waiting::waiting(&visit.state.app, &visit.actor, behind).await?;
    let page = visit.page();
    let when = show::when(visit, &page);
    let mut places = PlaceWords::default();
    let mut rows = Vec::new();
    for waiting in &found.rows {
        let service = &waiting.service;
        let wrong = wrong.as_ref().filter(|wrong| wrong.id == service.id);
        rows.push(Row {
            id: service.id,
            name: waiting.name.clone(),
            what: service.what.clone(),
            whom: page
                .t(&format!("volunteer-whom-{}", service.whom.word()))
                .into_owned(),
            place: places.of(visit, &page, &service.place).await?,
            day: when.day(service.day),
            hours: hours_word(&page, i64::from(service.minutes)),
            reason: wrong.map_or_else(String::new, |wrong| wrong.reason.clone()),
            error: wrong.map_or_else(String::new, |wrong| wrong.error.clone()),
        });
    }
    let status = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let older = found.next.map_or_else(String::new, |next| {
        format!("{PATH}?after={}_{}", next.place, next.id)
    });
    let drawn = ServicesPage {
        rows,
        older,
        page: &page,
    };
    html_as(status, &drawn)
}

/// Confirms one.
pub async fn confirm(visit: Visit, Path(id): Path<ServiceId>) -> Answer {
    confirm::confirm(&visit.state.app, &visit.actor, id).await?;
    let back = see(PATH);
    Ok(flash::say(
        back,
        Tone::Done,
        "service-confirmed",
        visit.transport(),
    ))
}

/// Says why one is not confirmed.
pub async fn refuse(visit: Visit, Path(id): Path<ServiceId>, form: Form) -> Answer {
    let reason = form.text("reason");
    match confirm::refuse(&visit.state.app, &visit.actor, id, reason).await {
        Ok(()) => Ok(flash::say(
            see(PATH),
            Tone::Done,
            "service-refused",
            visit.transport(),
        )),
        Err(error @ Error::Refused(Refusal::Invalid(_))) => {
            let wrong = Wrong {
                id,
                reason: reason.to_owned(),
                error: saying::fault(&visit.page(), &error, "reason"),
            };
            draw(&visit, Behind::default(), Some(wrong)).await
        }
        Err(error) => Err(error.into()),
    }
}
