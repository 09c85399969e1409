//! A partner unit's year in one community, as both sides see it: what was agreed, what is done,
//! what the unit reports and the community confirms, what the unit can lend.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use huiyin_app::partners::confirm::{self, Word};
use huiyin_app::partners::year::{self, Seat, Year};
use huiyin_app::partners::{agree, lend, report};
use huiyin_app::{Error, Refusal};
use huiyin_domain::id::{DeedId, PartnerId, ResourceId};
use huiyin_domain::partner::{Deed, DeedState, Resource};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::volunteer::{PlaceWords, hours};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

use super::inbox::Choice;
use super::partners::{of_share, sort_word};
use super::{saying, show};

#[derive(Template)]
#[template(path = "pages/desk/partner_year.html")]
struct YearPage<'a> {
    page: &'a Page,
    id: PartnerId,
    back: (&'static str, String),
    title: String,
    lead: String,
    contact: &'a str,
    is_unit: bool,
    is_agreed: bool,
    progress: Vec<Progress>,
    services: String,
    deeds: Vec<Row>,
    resources: Vec<(ResourceId, String)>,
    deed: DeedId,
    sorts: Vec<Choice>,
    what: &'a str,
    what_error: String,
    day: &'a str,
    day_error: String,
    resource_id: ResourceId,
    resource: &'a str,
    resource_error: String,
}

struct Progress {
    word: String,
    said: String,
    done: u32,
    share: u32,
    is_done: bool,
}

struct Row {
    id: DeedId,
    sort: String,
    what: String,
    day: String,
    tone: &'static str,
    sign: &'static str,
    state: String,
    is_open: bool,
}

#[derive(Default)]
struct Wrong {
    status: StatusCode,
    what: String,
    day: String,
    resource: String,
}

pub async fn show(visit: Visit, Path(id): Path<PartnerId>) -> Answer {
    let mut form = Form::default();
    let today = visit.state.app.config.day(visit.state.now());
    form.put("day", [today.to_string()]);
    draw(&visit, id, &form, Wrong::default()).await
}

async fn draw(visit: &Visit, id: PartnerId, form: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let app = &visit.state.app;
    let number = app.config.day(visit.state.now()).year();
    let found = year::year(app, &visit.actor, id, number).await?;
    let atlas = app.atlas_now().await?;
    let unit = atlas.unit(found.partner.unit);
    let unit = unit.map_or("", |unit| unit.names.in_lang(page.lang.as_str()));
    let place = PlaceWords::default()
        .of(visit, &page, &found.partner.place)
        .await?;
    let title_args = [
        ("unit", unit.to_owned().into()),
        ("place", place.into()),
        ("year", i64::from(number).into()),
    ];
    let is_unit = found.seat == Seat::Unit;
    let chosen = form.text("sort");
    let typed = form.text("id");
    let drawn = YearPage {
        id,
        back: match is_unit {
            true => (PATH_OF_UNIT, page.t("partner-own").into_owned()),
            false => ("/desk/partners", page.t("partners-title").into_owned()),
        },
        title: page.ta("partner-year-title", &title_args).into_owned(),
        lead: page.t(lead_key(&found)).into_owned(),
        contact: &found.partner.contact,
        is_unit,
        is_agreed: found.partner.agreed_at.is_some(),
        progress: progress(&page, &found),
        services: services(&page, &found),
        deeds: rows(visit, &page, &found),
        resources: found
            .resources
            .iter()
            .map(|resource| (resource.id, resource.what.clone()))
            .collect(),
        deed: typed
            .parse()
            .unwrap_or_else(|_| DeedId::from_raw(app.mint())),
        sorts: Deed::ALL
            .iter()
            .map(|&sort| Choice {
                value: sort.word().to_owned(),
                label: sort_word(&page, sort),
                chosen: sort.word() == chosen,
            })
            .collect(),
        what: form.text("what"),
        what_error: wrong.what,
        day: form.text("day"),
        day_error: wrong.day,
        resource_id: ResourceId::from_raw(app.mint()),
        resource: form.text("resource"),
        resource_error: wrong.resource,
        page: &page,
    };
    html_as(wrong.status, &drawn)
}

const PATH_OF_UNIT: &str = "/desk/partner";

fn lead_key(found: &Year) -> &'static str {
    match (found.partner.agreed_at, found.seat) {
        (Some(_), _) => "partner-year-lead",
        (None, Seat::Unit) => "partner-not-agreed",
        (None, Seat::Community) => "partner-asks",
    }
}

fn progress(page: &Page, found: &Year) -> Vec<Progress> {
    let line = |line: &(Deed, u32, u32)| Progress {
        word: sort_word(page, line.0),
        said: of_share(page, line),
        done: line.1.min(line.2),
        share: line.2.max(1),
        is_done: line.1 >= line.2,
    };
    found.progress.iter().map(line).collect()
}

/// What the volunteers of the unit did here; empty when nothing was.
fn services(page: &Page, found: &Year) -> String {
    if found.services.services == 0 {
        return String::new();
    }
    let args = [
        ("services", found.services.services.into()),
        ("hours", hours(found.services.minutes).into()),
    ];
    page.ta("partner-year-services", &args).into_owned()
}

fn rows(visit: &Visit, page: &Page, found: &Year) -> Vec<Row> {
    let when = show::when(visit, page);
    let row = |deed: &huiyin_domain::partner::PartnerDeed| {
        let (tone, sign, key) = match deed.state {
            DeedState::Reported => ("wait", "hourglass", "volunteer-service-reported"),
            DeedState::Confirmed { .. } => ("done", "circle-check", "volunteer-service-confirmed"),
            DeedState::Refused { .. } => {
                ("late", "alert-circle", "volunteer-service-not-confirmed")
            }
        };
        Row {
            id: deed.id,
            sort: sort_word(page, deed.sort),
            what: deed.what.clone(),
            day: when.day(deed.day),
            tone,
            sign,
            state: page.t(key).into_owned(),
            is_open: deed.state == DeedState::Reported,
        }
    };
    found.deeds.iter().map(row).collect()
}

fn done(visit: &Visit, id: PartnerId, word: &'static str) -> Response {
    let back = see(&format!("/desk/partners/{id}"));
    flash::say(back, Tone::Done, word, visit.transport())
}

fn is_of_fields(error: &Error) -> bool {
    matches!(error, Error::Refused(Refusal::Invalid(_)))
}

/// Agrees to the pairing.
pub async fn agree(visit: Visit, Path(id): Path<PartnerId>) -> Answer {
    agree::agree(&visit.state.app, &visit.actor, id).await?;
    Ok(done(&visit, id, "partner-agreed"))
}

/// Ends the pairing.
pub async fn end(visit: Visit, Path(id): Path<PartnerId>) -> Answer {
    let seat = agree::end(&visit.state.app, &visit.actor, id).await?;
    let list = match seat {
        Seat::Unit => PATH_OF_UNIT,
        Seat::Community => "/desk/partners",
    };
    Ok(flash::say(
        see(list),
        Tone::Done,
        "partner-ended",
        visit.transport(),
    ))
}

/// Reports what the unit did.
pub async fn report(visit: Visit, Path(id): Path<PartnerId>, form: Form) -> Answer {
    let page = visit.page();
    let mut wrong = Wrong {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        ..Wrong::default()
    };
    let Ok(day) = form.text("day").parse() else {
        wrong.day = page.t("fault-service-day").into_owned();
        return draw(&visit, id, &form, wrong).await;
    };
    let request = report::Request {
        id: form.text("id").parse().map_err(|_| Problem::Malformed)?,
        sort: form.text("sort").parse().map_err(|()| Problem::Malformed)?,
        day,
        what: form.text("what").to_owned(),
    };
    match report::report(&visit.state.app, &visit.actor, id, request).await {
        Ok(()) => Ok(done(&visit, id, "partner-reported")),
        Err(error) if is_of_fields(&error) => {
            wrong.what = saying::fault(&page, &error, "what");
            wrong.day = saying::fault(&page, &error, "day");
            draw(&visit, id, &form, wrong).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Confirms a deed.
pub async fn confirm(visit: Visit, Path(ids): Path<(PartnerId, DeedId)>) -> Answer {
    confirm::confirm(&visit.state.app, &visit.actor, ids, Word::Confirmed).await?;
    Ok(done(&visit, ids.0, "partner-deed-confirmed"))
}

/// Does not confirm a deed.
pub async fn refuse(visit: Visit, Path(ids): Path<(PartnerId, DeedId)>) -> Answer {
    confirm::confirm(&visit.state.app, &visit.actor, ids, Word::NotConfirmed).await?;
    Ok(done(&visit, ids.0, "partner-deed-refused"))
}

/// Adds to the list of what the unit can lend.
pub async fn lend(visit: Visit, Path(id): Path<PartnerId>, form: Form) -> Answer {
    let resource = Resource {
        id: form.text("id").parse().map_err(|_| Problem::Malformed)?,
        what: form.text("resource").to_owned(),
    };
    match lend::lend(&visit.state.app, &visit.actor, id, resource).await {
        Ok(()) => Ok(done(&visit, id, "partner-resource-added")),
        Err(error) if is_of_fields(&error) => {
            let mut typed = Form::default();
            typed.put("resource", [form.text("resource").to_owned()]);
            let wrong = Wrong {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                resource: saying::fault(&visit.page(), &error, "resource"),
                ..Wrong::default()
            };
            draw(&visit, id, &typed, wrong).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes something off that list.
pub async fn withdraw(visit: Visit, Path((id, resource)): Path<(PartnerId, ResourceId)>) -> Answer {
    lend::withdraw(&visit.state.app, &visit.actor, id, resource).await?;
    Ok(done(&visit, id, "partner-resource-gone"))
}
