//! My plans: what I signed up for, the rooms I booked, and the link to my calendar.

use askama::Template;
use axum::extract::Path;
use huiyin_app::activities::mine::{self, MyActivity, MyBooking};
use huiyin_app::venues::cancel::{self, Which};
use huiyin_domain::activity::SignUpState;
use huiyin_domain::id::BookingId;
use huiyin_domain::venue::BookingState;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::parts;
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

const PATH: &str = "/my/plans";

#[derive(Template)]
#[template(path = "pages/resident/plans.html")]
struct PlansPage<'a> {
    page: &'a Page,
    activities: Vec<ActivityRow>,
    bookings: Vec<BookingRow>,
    /// The secret link, on the page after it was made and never again.
    link: String,
    link_since: String,
    wrong: Wrong,
}

struct ActivityRow {
    href: String,
    title: String,
    when: String,
    state: String,
    tone: &'static str,
    sign: &'static str,
}

struct BookingRow {
    id: String,
    room: String,
    venue: String,
    when: String,
    purpose: String,
    state: String,
    tone: &'static str,
    sign: &'static str,
    may_cancel: bool,
    is_series: bool,
}

pub async fn show(visit: Visit) -> Answer {
    draw(&visit, String::new(), Wrong::default()).await
}

async fn draw(visit: &Visit, link: String, wrong: Wrong) -> Answer {
    let plans = mine::plans(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let since = plans.link_made_at.map(|at| when.day_of(at));
    let status = wrong.status;
    let drawn = PlansPage {
        activities: plans
            .activities
            .iter()
            .map(|one| activity_row(&when, one))
            .collect(),
        bookings: plans
            .bookings
            .iter()
            .map(|one| booking_row(&when, one))
            .collect(),
        link,
        link_since: since.unwrap_or_default(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn activity_row(when: &When<'_>, one: &MyActivity) -> ActivityRow {
    let (page, activity) = (when.page, &one.activity);
    let said = |key: &str| page.t(key).into_owned();
    let (state, tone, sign) = match one.sign_up.state {
        _ if activity.cancelled_at.is_some() => (said("activity-is-off"), "late", "ban"),
        SignUpState::Offered => (said("activity-state-offered"), "wait", "hourglass"),
        SignUpState::Waiting => {
            let words = page.tn("activity-you-wait", "count", one.before);
            (words.into_owned(), "wait", "hourglass")
        }
        SignUpState::Seated | SignUpState::Left => {
            (said("activity-state-seated"), "done", "ticket")
        }
    };
    ActivityRow {
        href: format!("/activities/{}", activity.id),
        title: activity.title.clone(),
        when: parts::span(when, activity.starts_at, activity.ends_at),
        state,
        tone,
        sign,
    }
}

fn booking_row(when: &When<'_>, one: &MyBooking) -> BookingRow {
    let (page, booking) = (when.page, &one.booking);
    let lang = page.lang.as_str();
    let (tone, sign) = match booking.state {
        BookingState::Held => ("done", "circle-check"),
        BookingState::Asked => ("wait", "hourglass"),
        BookingState::Declined | BookingState::Lapsed | BookingState::Cancelled => ("quiet", "ban"),
    };
    BookingRow {
        id: booking.id.to_string(),
        room: one.room.in_lang(lang).to_owned(),
        venue: one.venue.in_lang(lang).to_owned(),
        when: parts::span(when, booking.starts_at, booking.ends_at),
        purpose: booking.purpose.clone(),
        state: page
            .t(&format!("booking-state-{}", booking.state.word()))
            .into_owned(),
        tone,
        sign,
        may_cancel: booking.state.is_open() && booking.starts_at > when.now,
        is_series: booking.repeats.is_some(),
    }
}

/// Gives a booking back, or all that were made with it.
pub async fn cancel(visit: Visit, Path(booking): Path<BookingId>, form: Form) -> Answer {
    let which = match form.text("which") {
        "series" => Which::TheSeries,
        _ => Which::ThisOne,
    };
    match cancel::cancel(&visit.state.app, &visit.actor, booking, which).await {
        Ok(_) => Ok(kept(&visit, "booking-cancelled")),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, String::new(), wrong).await
        }
    }
}

/// Makes the link anew and shows it, this once; or takes it away.
pub async fn link(visit: Visit, form: Form) -> Answer {
    let (app, actor) = (&visit.state.app, &visit.actor);
    if form.get("end").is_some() {
        mine::end_link(app, actor).await?;
        return Ok(kept(&visit, "feed-ended"));
    }
    let secret = mine::make_link(app, actor).await?;
    let link = format!("{}/calendar/own-{}.ics", visit.origin, secret.reveal());
    draw(&visit, link, Wrong::default()).await
}

fn kept(visit: &Visit, word: &str) -> axum::response::Response {
    flash::say(see(PATH), Tone::Done, word, visit.transport())
}
