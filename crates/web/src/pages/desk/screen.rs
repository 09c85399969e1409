//! The wall screen: dark, large, to be read from six metres, with nothing to press. It lives by
//! server-sent events; without JavaScript the page asks anew every half minute.
//!
//! It is for whoever has signed in and may read figures. A stream ends after [`LIVE_FOR`] and
//! the browser comes back by itself, past the guard: a post that has ended shows nothing more.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use huiyin_app::supervision::screen::{self, Counts, Picture};
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;
use tokio::time::Instant;

use crate::layout::{Page, Theme};
use crate::problem::Problem;
use crate::state::Seat;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

use super::show;

/// So long one stream lives.
const LIVE_FOR: Duration = Duration::from_secs(10 * 60);
/// So often it is looked whether the picture has changed.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Proxies that hear nothing for longer than this hang up.
const SILENT_FOR: Duration = Duration::from_secs(15);
/// When a stream breaks off, the browser waits so long before it comes back.
const BACK_AFTER: Duration = Duration::from_secs(5);

#[derive(Template)]
#[template(path = "pages/desk/screen.html")]
struct ScreenPage<'a> {
    page: &'a Page,
    live: String,
}

#[derive(Template)]
#[template(path = "pages/desk/screen_live.html")]
struct ScreenLive<'a> {
    page: &'a Page,
    time: String,
    day: String,
    figures: [(i64, &'static str, &'static str); 4],
    areas: Vec<(String, Counts)>,
    urgent: Vec<(String, i64)>,
    events: Vec<(String, String)>,
}

pub async fn show(visit: Visit) -> Answer {
    let page = page_of(&visit);
    let picture = screen::look(&visit.state.app, &visit.actor).await?;
    html(&ScreenPage {
        live: drawn(&visit, &page, &picture)?,
        page: &page,
    })
}

/// A screen is dark whatever its browser likes, and asks nobody for anything.
fn page_of(visit: &Visit) -> Page {
    let mut page = visit.page();
    page.theme = Theme::Dark;
    page
}

/// The picture as it changes; one picture for whoever does not ask for a stream.
pub async fn live(visit: Visit, headers: HeaderMap) -> Answer {
    let accepted = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok());
    let is_stream = accepted.is_some_and(|accept| accept.contains("text/event-stream"));
    let seat = visit.state.screens.take().ok_or(Problem::Busy)?;
    let watching = Watching {
        page: page_of(&visit),
        until: Instant::now() + if is_stream { LIVE_FOR } else { Duration::ZERO },
        last: None,
        visit,
        seat,
    };
    let events = stream::unfold(Some(watching), |watching| async {
        let mut watching = watching?;
        let event = watching.next().await?;
        Some((Ok::<_, Infallible>(event), Some(watching)))
    });
    let alive = KeepAlive::new().interval(SILENT_FOR);
    let mut answer: Response = Sse::new(events).keep_alive(alive).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    // Some proxies hold back what is small until there is more of it.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(answer)
}

/// Somebody's screen.
struct Watching {
    visit: Visit,
    page: Page,
    until: Instant,
    last: Option<Arc<Picture>>,
    seat: Seat,
}

impl Watching {
    /// The next picture that differs from the last; none when the stream is over.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let picture = screen::look(&self.visit.state.app, &self.visit.actor).await;
            match picture {
                Ok(picture) if self.last.as_ref() != Some(&picture) => {
                    let drawn = drawn(&self.visit, &self.page, &picture).ok()?;
                    self.last = Some(picture);
                    return Some(
                        Event::default()
                            .event("picture")
                            .retry(BACK_AFTER)
                            .data(drawn),
                    );
                }
                Ok(_) => {}
                // The browser comes back, and is told then what is wrong.
                Err(_) => return None,
            }
            let next = Instant::now() + LOOK_EVERY;
            if next >= self.until || self.seat.is_closed_by(next).await {
                return None;
            }
        }
    }
}

/// The clock alone while it is today.
fn told(when: &When<'_>, at: Timestamp) -> String {
    let day = |at: Timestamp| at.to_zoned(when.zone.clone()).date();
    match day(at) == day(when.now) {
        true => when.clock(at),
        false => when.ago(at),
    }
}

fn drawn(visit: &Visit, page: &Page, picture: &Picture) -> Result<String, Problem> {
    let when = show::when(visit, page);
    let area = |code: &PlaceCode| {
        let names = picture.names.get(code);
        let name = names.map(|names| names.in_lang(page.lang.as_str()).to_owned());
        name.unwrap_or_else(|| code.to_string())
    };
    let all = picture.all;
    let urgent = picture.urgent.iter().map(|(kind, place, count)| {
        let kind = show::kind_word(page, kind);
        let args = [("kind", kind.into()), ("place", area(place).into())];
        (page.ta("screen-urgent-line", &args).into_owned(), *count)
    });
    let events = picture.events.iter().map(|event| {
        let args = [
            ("kind", show::kind_word(page, &event.kind).into()),
            ("place", area(&event.area).into()),
            ("count", event.count.into()),
        ];
        let key = format!("screen-event-{}", event.what.word());
        (told(&when, event.at), page.ta(&key, &args).into_owned())
    });
    let areas = picture
        .areas
        .iter()
        .map(|(code, counts)| (area(code), *counts));
    let live = ScreenLive {
        time: when.clock(picture.at),
        day: when.day_of(picture.at),
        figures: [
            (all.opened, "inbox", "screen-opened"),
            (all.closed, "circle-check", "screen-closed"),
            (all.soon, "clock", "screen-soon"),
            (all.late, "alert-triangle", "screen-late"),
        ],
        areas: areas.collect(),
        urgent: urgent.collect(),
        events: events.collect(),
        page,
    };
    live.render().map_err(Problem::Template)
}
