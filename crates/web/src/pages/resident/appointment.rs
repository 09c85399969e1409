//! What somebody booked at a window: number, time, what to bring; another time, or giving it back.
//! This browser has shown its code.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use huiyin_app::limits::Purpose;
use huiyin_app::windows::own::{self, Own};
use huiyin_app::windows::times::{Times, times};
use huiyin_app::windows::{cancel, change, list};
use huiyin_app::{Error, Refusal};
use huiyin_domain::id::{AppointmentId, WindowId};
use huiyin_domain::window::AppointmentState;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::parts;
use crate::pages::public::book::local;
use crate::pages::public::calendar::{Kept, sent};
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
        location: own.location(lang),
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
        wait: own
            .wait
            .as_ref()
            .map_or_else(String::new, |wait| wait_words(&page, wait)),
        called: own
            .wait
            .as_ref()
            .map_or_else(String::new, |wait| called(&page, wait)),
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
    window: String,
    location: String,
    days: Vec<Day>,
    later: String,
    /// Other windows that do the same: address, name, where, and the first time that is free.
    others: Vec<[String; 4]>,
    wrong: Wrong,
}

/// The free times, at the same window or another one.
pub async fn other(
    visit: Visit,
    Path(id): Path<AppointmentId>,
    RawQuery(query): RawQuery,
) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    draw_other(&visit, id, &query, Wrong::default()).await
}

async fn draw_other(visit: &Visit, id: AppointmentId, typed: &Form, wrong: Wrong) -> Answer {
    own_only(visit, id)?;
    let app = &visit.state.app;
    let own = own::show(app, id).await?;
    let slug = own.appointment.procedure.as_ref();
    let slug = slug.map(|(slug, _)| slug.clone()).unwrap_or_default();
    let window_id = typed.text("window").parse().unwrap_or(own.window.id);
    // A window that was closed for good, or does something else now, has no times.
    let free = match times(app, window_id, typed.text("from").parse().ok(), DAYS).await {
        Ok(free) => Some(free).filter(|free| free.window.setup.does(&slug)),
        Err(Error::Refused(Refusal::NotFound(_))) => None,
        Err(error) => return Err(error.into()),
    };
    let (elsewhere, _) = list::list(app, list::Request::doing(&slug)).await?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let others = elsewhere.iter().filter(|line| line.window.id != window_id);
    let others = others.filter_map(|line| other_window(&page, (visit, id), line));
    let status = wrong.status;
    let (window, location) = match &free {
        Some(free) => (&free.window, free.window.setup.location.clone()),
        None => (&own.window, own.location(lang)),
    };
    let drawn = ChangePage {
        window: window.names.in_lang(lang).to_owned(),
        others: others.collect(),
        days: free
            .iter()
            .flat_map(|free| days(visit, &page, free))
            .collect(),
        later: match free.as_ref().and_then(|free| free.next) {
            Some(next) => format!("/appointments/{id}/change?window={window_id}&from={next}"),
            None => String::new(),
        },
        location,
        window_id,
        id,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn days(visit: &Visit, page: &Page, free: &Times) -> Vec<Day> {
    let when = local(visit, page, free);
    free.days.iter().map(|day| free_day(&when, day)).collect()
}

/// Another window with something free.
fn other_window(
    page: &Page,
    (visit, id): (&Visit, AppointmentId),
    line: &list::Line,
) -> Option<[String; 4]> {
    let lang = page.lang.as_str();
    let when = When {
        page,
        now: visit.state.now(),
        zone: parts::clocks(&line.zone),
    };
    Some([
        format!("/appointments/{id}/change?window={}", line.window.id),
        line.window.names.in_lang(lang).to_owned(),
        format!(
            "{} · {}",
            line.unit.in_lang(lang),
            line.window.setup.location
        ),
        when.moment(line.first?.starts_at),
    ])
}

pub async fn change(visit: Visit, Path(id): Path<AppointmentId>, form: Form) -> Answer {
    own_only(&visit, id)?;
    // Each change is told by a message.
    visit.count(Purpose::OpenCase)?;
    let done = match wanted(&form) {
        Ok(request) => change::change(&visit.state.app, id, request).await,
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

fn wanted(form: &Form) -> Result<change::Request, Refusal> {
    let window = form.text("window").parse();
    let starts_at = form.text("at").parse();
    Ok(change::Request {
        window: window.map_err(|_| Refusal::field("at", "fault-form-old"))?,
        starts_at: starts_at.map_err(|_| Refusal::field("at", "fault-required"))?,
    })
}

pub async fn cancel(visit: Visit, Path(id): Path<AppointmentId>) -> Answer {
    own_only(&visit, id)?;
    visit.count(Purpose::OpenCase)?;
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
    Ok(sent(text, Kept::Nowhere))
}
