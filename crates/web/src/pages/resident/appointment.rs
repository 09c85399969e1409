//! What somebody booked at a window: number, time, what to bring; another time, or giving it back.
//! This browser has shown its code.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use huiyin_app::Refusal;
use huiyin_app::windows::book::Wanted;
use huiyin_app::windows::own::{self, Own};
use huiyin_app::windows::times::times;
use huiyin_app::windows::{cancel, change};
use huiyin_domain::id::{AppointmentId, WindowId};
use huiyin_domain::window::AppointmentState;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::parts;
use crate::pages::public::book::local;
use crate::pages::public::guide::form_and_count;
use crate::pages::window_parts::{Day, called, free_day, wait_words};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::qr;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

const DAYS: usize = 4;

/// Refuses unless this browser has shown the code.
fn own_only(visit: &Visit, id: AppointmentId) -> Result<(), Problem> {
    match visit.booked.contains(&id) {
        true => Ok(()),
        false => Err(Problem::NotFound),
    }
}

#[derive(Template)]
#[template(path = "pages/resident/appointment.html")]
struct ShowPage<'a> {
    page: &'a Page,
    id: AppointmentId,
    number: String,
    state: String,
    tone: &'static str,
    sign: &'static str,
    moment: String,
    window: String,
    location: String,
    contact: String,
    name: String,
    papers: Vec<Bring>,
    code: String,
    qr: String,
    wait: String,
    called: String,
    /// Whether another time can still be chosen.
    may_change: bool,
    is_displaced: bool,
    looks: Vec<LookLine>,
    wrong: Wrong,
}

struct Bring {
    name: String,
    form: String,
    note: String,
}

struct LookLine {
    when: String,
    who: String,
    why: String,
}

pub async fn show(visit: Visit, Path(id): Path<AppointmentId>) -> Answer {
    draw(&visit, id, Wrong::default()).await
}

async fn draw(visit: &Visit, id: AppointmentId, wrong: Wrong) -> Answer {
    own_only(visit, id)?;
    let app = &visit.state.app;
    let own = own::show(app, id).await?;
    let atlas = app.atlas_now().await?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let when = When {
        page: &page,
        now: visit.state.now(),
        zone: parts::clocks(&own.zone),
    };
    let one = &own.appointment;
    let procedure = own.procedure.as_ref();
    let papers = procedure.iter().flat_map(|procedure| &procedure.papers);
    let (tone, sign) = look(one.state);
    let address = format!("{}/t/{}", visit.origin, own.code);
    let looks = own.looks.iter().map(|look| LookLine {
        when: when.moment(look.at),
        who: look.unit.and_then(|unit| atlas.unit(unit)).map_or_else(
            || page.t("desk-some-unit").into_owned(),
            |unit| unit.names.in_lang(lang).to_owned(),
        ),
        why: look.purpose.clone(),
    });
    let status = wrong.status;
    let drawn = ShowPage {
        number: one.number.to_string(),
        state: page
            .t(&format!("appointment-{}", one.state.word()))
            .into_owned(),
        moment: one
            .time
            .map_or_else(String::new, |time| when.moment(time.starts_at)),
        window: own.window.names.in_lang(lang).to_owned(),
        location: where_it_is(&own, lang),
        contact: own.window.setup.contact.clone(),
        name: procedure.map_or_else(String::new, |one| one.names.in_lang(lang).to_owned()),
        papers: papers
            .map(|paper| Bring {
                name: paper.names.in_lang(lang).to_owned(),
                form: form_and_count(&page, paper.form, paper.count),
                note: paper.note.in_lang(lang).to_owned(),
            })
            .collect(),
        qr: qr::svg(&address, &page.t("receipt-qr")),
        wait: wait_words(&page, &own.wait),
        called: called(&page, &own.wait),
        may_change: may_change(&own, when.now),
        is_displaced: one.state == AppointmentState::Displaced,
        looks: looks.collect(),
        code: own.code.clone(),
        tone,
        sign,
        id,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn where_it_is(own: &Own, lang: &str) -> String {
    format!(
        "{} · {}",
        own.place.in_lang(lang),
        own.window.setup.location
    )
}

fn may_change(own: &Own, now: jiff::Timestamp) -> bool {
    let begins = own
        .appointment
        .time
        .is_some_and(|time| time.starts_at > now);
    match own.appointment.state {
        AppointmentState::Displaced => true,
        AppointmentState::Booked => begins,
        _ => false,
    }
}

/// How a state looks.
pub fn look(state: AppointmentState) -> (&'static str, &'static str) {
    match state {
        AppointmentState::Booked => ("new", "calendar"),
        AppointmentState::Arrived => ("wait", "hourglass"),
        AppointmentState::Called => ("work", "volume"),
        AppointmentState::Served => ("done", "check"),
        AppointmentState::Missed | AppointmentState::Cancelled => ("quiet", "ban"),
        AppointmentState::Displaced => ("late", "alert-circle"),
    }
}

#[derive(Template)]
#[template(path = "pages/resident/appointment_change.html")]
struct ChangePage<'a> {
    page: &'a Page,
    id: AppointmentId,
    window_id: WindowId,
    slug: String,
    window: String,
    location: String,
    days: Vec<Day>,
    later: String,
    wrong: Wrong,
}

/// The free times, at the same window.
pub async fn other(
    visit: Visit,
    Path(id): Path<AppointmentId>,
    RawQuery(query): RawQuery,
) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    draw_other(&visit, id, &query, Wrong::default()).await
}

async fn draw_other(visit: &Visit, id: AppointmentId, typed: &Form, wrong: Wrong) -> Answer {
    own_only(visit, id)?;
    let app = &visit.state.app;
    let own = own::show(app, id).await?;
    let slug = own.appointment.procedure.as_ref();
    let slug = slug.map(|(slug, _)| slug.clone()).unwrap_or_default();
    let free = times(app, own.window.id, typed.text("from").parse().ok(), DAYS).await?;
    let page = visit.page();
    let when = local(visit, &page, &free);
    let status = wrong.status;
    let drawn = ChangePage {
        window_id: own.window.id,
        window: own.window.names.in_lang(page.lang.as_str()).to_owned(),
        location: where_it_is(&own, page.lang.as_str()),
        days: free.days.iter().map(|day| free_day(&when, day)).collect(),
        later: free.next.map_or_else(String::new, |next| {
            format!("/appointments/{id}/change?from={next}")
        }),
        slug,
        id,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn change(visit: Visit, Path(id): Path<AppointmentId>, form: Form) -> Answer {
    own_only(&visit, id)?;
    let done = match wanted(&form) {
        Ok(wanted) => change::change(&visit.state.app, id, wanted).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(said(&visit, id, "appointment-moved")),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw_other(&visit, id, &form, wrong).await
        }
    }
}

fn wanted(form: &Form) -> Result<Wanted, Refusal> {
    let window = form.text("window").parse();
    let starts_at = form.text("at").parse();
    Ok(Wanted {
        window: window.map_err(|_| Refusal::field("at", "fault-form-old"))?,
        procedure: form.text("procedure").to_owned(),
        starts_at: starts_at.map_err(|_| Refusal::field("at", "fault-required"))?,
    })
}

pub async fn cancel(visit: Visit, Path(id): Path<AppointmentId>) -> Answer {
    own_only(&visit, id)?;
    match cancel::cancel(&visit.state.app, id).await {
        Ok(()) => Ok(said(&visit, id, "appointment-cancelled")),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, id, wrong).await
        }
    }
}

fn said(visit: &Visit, id: AppointmentId, word: &str) -> Response {
    let to = see(&format!("/appointments/{id}"));
    flash::say(to, Tone::Done, word, visit.transport())
}

/// For the calendar of a telephone.
pub async fn calendar(visit: Visit, Path(id): Path<AppointmentId>) -> Answer {
    own_only(&visit, id)?;
    let text = own::calendar(&visit.state.app, id, visit.taste.lang).await?;
    let mut answer = Response::new(Body::from(text));
    *answer.status_mut() = StatusCode::OK;
    let headers = answer.headers_mut();
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    let kept = HeaderValue::from_static("private, no-store");
    headers.insert(header::CACHE_CONTROL, kept);
    Ok(answer)
}
