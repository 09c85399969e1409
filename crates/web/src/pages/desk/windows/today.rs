//! Today at the window: who comes when, one tap each.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::windows::contact::{self, Booker};
use huiyin_app::windows::today::{self, Keeps, Reach, Today};
use huiyin_app::windows::{settle, tap, walk_in};
use huiyin_app::{Error, Refusal};
use huiyin_domain::id::{AppointmentId, WindowId};
use huiyin_domain::window::{AppointmentState, Tap};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::parts;
use crate::pages::resident::appointment::look;
use crate::pages::window_parts::{DayRow, day_row, wait_words};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/windows/today.html")]
struct TodayPage<'a> {
    page: &'a Page,
    id: WindowId,
    name: String,
    day: DayRow,
    wait: String,
    groups: Vec<Group>,
    is_empty: bool,
    earlier: Vec<Row>,
    displaced: Vec<DisplacedRow>,
    may_keep: bool,
    /// For the next who just comes.
    fresh: String,
    /// The number that was drawn a moment ago.
    drawn: String,
    opened: Option<Opened>,
    wrong: Wrong,
}

struct Group {
    title: String,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    number: i64,
    when: String,
    what: String,
    state: String,
    tone: &'static str,
    sign: &'static str,
    seen: &'static str,
    /// The taps that are possible; the first is the one that is meant nearly always.
    taps: Vec<(&'static str, String)>,
    is_known: bool,
}

struct DisplacedRow {
    id: String,
    when: String,
    what: String,
    must_call: bool,
}

/// Who it is, shown this once.
struct Opened {
    number: i64,
    name: String,
    contact: String,
}

pub async fn show(visit: Visit, Path(id): Path<WindowId>, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    draw(&visit, id, (&query, None), Wrong::default()).await
}

async fn draw(
    visit: &Visit,
    id: WindowId,
    (query, opened): (&Form, Option<(AppointmentId, Booker)>),
    wrong: Wrong,
) -> Answer {
    let app = &visit.state.app;
    let found = today::today(app, &visit.actor, id).await?;
    let page = visit.page();
    let when = When {
        page: &page,
        now: visit.state.now(),
        zone: parts::clocks(&found.zone),
    };
    let drawn: Option<AppointmentId> = query.text("drawn").parse().ok();
    let of = |id: Option<AppointmentId>| found.rows.iter().find(|one| Some(one.id) == id);
    let status = wrong.status;
    let opened = opened.and_then(|(id, booker)| {
        let all = found.rows.iter().chain(&found.earlier);
        let mut all = all.chain(found.displaced.iter().map(|one| &one.appointment));
        let one = all.find(|one| one.id == id)?;
        Some(Opened {
            number: one.number,
            name: booker.name,
            contact: booker.contact,
        })
    });
    let drawn = TodayPage {
        name: found.window.names.in_lang(page.lang.as_str()).to_owned(),
        day: day_row(&when, &found.plan),
        wait: wait_words(&page, &found.wait),
        groups: groups(&when, &found),
        is_empty: found.rows.is_empty(),
        earlier: found
            .earlier
            .iter()
            .map(|one| row(&when, &found, one))
            .collect(),
        displaced: displaced(&when, &found),
        may_keep: found.keeps == Keeps::Yes,
        fresh: AppointmentId::from_raw(app.mint()).to_string(),
        drawn: of(drawn).map_or_else(String::new, |one| one.number.to_string()),
        opened,
        wrong,
        id,
        page: &page,
    };
    html_as(status, &drawn)
}

fn groups(when: &When<'_>, found: &Today) -> Vec<Group> {
    use AppointmentState::{Arrived, Booked, Called, Cancelled, Displaced, Missed, Served};
    let sorts: [(&str, &[AppointmentState]); 4] = [
        ("window-group-called", &[Called]),
        ("window-group-waiting", &[Arrived]),
        ("window-group-expected", &[Booked]),
        ("window-group-over", &[Served, Missed, Cancelled, Displaced]),
    ];
    let group = |(key, states): (&str, &[AppointmentState])| {
        let mut rows: Vec<_> = found
            .rows
            .iter()
            .filter(|one| states.contains(&one.state))
            .collect();
        // Whoever has a time comes when it has come; whoever just came, since they came.
        rows.sort_by_key(|one| one.time.map(|time| time.starts_at).or(one.arrived_at));
        Group {
            title: when.page.t(key).into_owned(),
            rows: rows.into_iter().map(|one| row(when, found, one)).collect(),
        }
    };
    let groups = sorts.into_iter().map(group);
    groups.filter(|group| !group.rows.is_empty()).collect()
}

type Appointment = huiyin_app::windows::today::Appointment;

fn row(when: &When<'_>, found: &Today, one: &Appointment) -> Row {
    let page = when.page;
    let (tone, sign) = look(one.state);
    Row {
        id: one.id.to_string(),
        number: one.number,
        when: one.time.map_or_else(
            || page.t("window-walked-in").into_owned(),
            |time| match one.day == found.day {
                true => when.clock(time.starts_at),
                false => when.moment(time.starts_at),
            },
        ),
        what: what(page, found, one),
        state: page
            .t(&format!("appointment-{}", one.state.word()))
            .into_owned(),
        seen: one.state.word(),
        taps: taps(when, found, one),
        is_known: one.time.is_some(),
        tone,
        sign,
    }
}

fn what(page: &Page, found: &Today, one: &Appointment) -> String {
    let slug = one.procedure.as_ref().map(|(slug, _)| slug);
    let names = slug.and_then(|slug| found.names.get(slug));
    names.map_or_else(String::new, |names| {
        names.in_lang(page.lang.as_str()).to_owned()
    })
}

fn taps(when: &When<'_>, found: &Today, one: &Appointment) -> Vec<(&'static str, String)> {
    use AppointmentState::{Arrived, Booked, Called, Missed, Served};
    let is_early = one.time.is_some_and(|time| time.starts_at > when.now);
    let taps: &[Tap] = match one.state {
        Booked | Arrived if one.day < found.day => &[Tap::Miss, Tap::Serve],
        Booked if is_early => &[Tap::Arrive],
        Booked => &[Tap::Arrive, Tap::Miss],
        Arrived => &[Tap::Call, Tap::Miss, Tap::Back],
        Called => &[Tap::Serve, Tap::Miss, Tap::Back],
        Served | Missed => &[Tap::Back],
        AppointmentState::Cancelled | AppointmentState::Displaced => &[],
    };
    let word = |tap: &Tap| {
        let key = format!("window-tap-{}", tap.word());
        (tap.word(), when.page.t(&key).into_owned())
    };
    taps.iter().map(word).collect()
}

fn displaced(when: &When<'_>, found: &Today) -> Vec<DisplacedRow> {
    let rows = found.displaced.iter().map(|one| DisplacedRow {
        id: one.appointment.id.to_string(),
        when: one
            .appointment
            .time
            .map_or_else(String::new, |time| when.moment(time.starts_at)),
        what: what(when.page, found, &one.appointment),
        must_call: one.reach == Reach::Nobody,
    });
    rows.collect()
}

/// Goes on with the page, or draws it with what was refused.
async fn after(visit: &Visit, id: WindowId, done: Result<(), Error>) -> Answer {
    match done {
        Ok(()) => Ok(see(&format!("/desk/windows/{id}/today"))),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(visit, id, (&Form::default(), None), wrong).await
        }
    }
}

pub async fn press(
    visit: Visit,
    Path((id, appointment)): Path<(WindowId, AppointmentId)>,
    form: Form,
) -> Answer {
    let words = (form.text("seen").parse(), form.text("tap").parse());
    let done = match words {
        (Ok(seen), Ok(one)) => {
            let request = tap::Request {
                id: appointment,
                seen,
                tap: one,
            };
            tap::tap(&visit.state.app, &visit.actor, request).await
        }
        _ => Err(Refusal::field("tap", "fault-form-old").into()),
    };
    after(&visit, id, done).await
}

/// Somebody just comes and takes a number.
pub async fn draw_number(visit: Visit, Path(id): Path<WindowId>, form: Form) -> Answer {
    let fresh: Result<AppointmentId, _> = form.text("id").parse();
    let Ok(fresh) = fresh else {
        let old = Refusal::field("id", "fault-form-old").into();
        return after(&visit, id, Err(old)).await;
    };
    let request = walk_in::Request {
        id: fresh,
        window: id,
    };
    match walk_in::walk_in(&visit.state.app, &visit.actor, request).await {
        Ok(_) => Ok(see(&format!("/desk/windows/{id}/today?drawn={fresh}"))),
        Err(error) => after(&visit, id, Err(error)).await,
    }
}

/// Somebody whose time fell away was called.
pub async fn settled(
    visit: Visit,
    Path((id, appointment)): Path<(WindowId, AppointmentId)>,
) -> Answer {
    match settle::settle(&visit.state.app, &visit.actor, appointment).await {
        Ok(()) => {
            let to = see(&format!("/desk/windows/{id}/today"));
            Ok(flash::say(
                to,
                Tone::Done,
                "window-settled",
                visit.transport(),
            ))
        }
        Err(error) => after(&visit, id, Err(error)).await,
    }
}

/// Who it is, for a purpose that they will read.
pub async fn unseal(
    visit: Visit,
    Path((id, appointment)): Path<(WindowId, AppointmentId)>,
    form: Form,
) -> Answer {
    let request = contact::Request {
        id: appointment,
        purpose: form.text("purpose").to_owned(),
    };
    let none = Form::default();
    match contact::unseal(&visit.state.app, &visit.actor, request).await {
        Ok(Some(booker)) => {
            let opened = Some((appointment, booker));
            draw(&visit, id, (&none, opened), Wrong::default()).await
        }
        Ok(None) => {
            let mut wrong = Wrong::default();
            wrong.above = visit.page().t("window-look-forgotten").into_owned();
            draw(&visit, id, (&none, None), wrong).await
        }
        Err(error) => after(&visit, id, Err(error)).await,
    }
}
