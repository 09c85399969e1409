//! Addresses elsewhere that are told what happens here, never of whom.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::webhooks::create::{self, Request};
use huiyin_app::webhooks::event::EventType;
use huiyin_app::webhooks::list::{self, Line};
use huiyin_app::webhooks::turn::{self, Turn};
use huiyin_domain::id::WebhookId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::{saying, show};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

use super::{choices, pick, units};

const PATH: &str = "/admin/webhooks";

#[derive(Template)]
#[template(path = "pages/admin/webhooks.html")]
struct WebhooksPage<'a> {
    page: &'a Page,
    made: String,
    rows: Vec<Row>,
    events: Vec<Choice>,
    units: Vec<Choice>,
    name: String,
    url: String,
    /// The field in which a place is chosen, as HTML.
    place: String,
    name_error: String,
    url_error: String,
}

struct Row {
    id: String,
    name: String,
    url: String,
    asks: String,
    is_off: bool,
    tone: &'static str,
    sign: &'static str,
    state: String,
    fault: String,
    waiting: i64,
}

/// What the page says besides, after something was tried.
#[derive(Default)]
struct Back {
    status: StatusCode,
    made: String,
    faults: [String; 3],
    typed: Form,
}

pub async fn list(visit: Visit) -> Answer {
    draw(&visit, Back::default()).await
}

async fn draw(visit: &Visit, back: Back) -> Answer {
    let app = &visit.state.app;
    let held = list::list(app, &visit.actor).await?;
    let atlas = app.atlas_now().await?;
    let page = visit.page();
    let when = show::when(visit, &page);
    let unit_name = |line: &Line| {
        let unit = line.webhook.unit.and_then(|unit| atlas.unit(unit));
        unit.map(|unit| unit.names.in_lang(page.lang.as_str()).to_owned())
    };
    let mut rows = Vec::with_capacity(held.len());
    for line in &held {
        let place = units::place_name(visit, &page, &line.webhook.place).await?;
        let around = std::iter::once(place).chain(unit_name(line));
        rows.push(row(&page, &when, line, around));
    }
    let asked = |event: EventType| back.typed.all("event").any(|word| word == event.word());
    let events = EventType::ALL.into_iter().map(|event| Choice {
        value: event.word().to_owned(),
        label: page.t(&event_key(event.word())).into_owned(),
        chosen: asked(event),
    });
    let [name_error, url_error, place_error] = back.faults;
    let drawn = WebhooksPage {
        rows,
        events: events.collect(),
        units: choices::units(&page, &atlas, &[back.typed.text("unit").to_owned()]),
        name: back.typed.text("name").to_owned(),
        url: back.typed.text("url").to_owned(),
        place: pick::draw(
            visit,
            &page,
            &back.typed,
            pick::Ask::where_it_is(place_error),
        )
        .await?,
        made: back.made,
        name_error,
        url_error,
        page: &page,
    };
    html_as(back.status, &drawn)
}

/// `cn.huiyin.case.opened.v1` is told in words under `admin-event-opened`.
fn event_key(word: &str) -> String {
    let short = word.trim_start_matches("cn.huiyin.case.");
    format!("admin-event-{}", short.trim_end_matches(".v1"))
}

/// A line of the list; `around` names the place and the unit that it is about.
fn row(page: &Page, when: &When<'_>, line: &Line, around: impl Iterator<Item = String>) -> Row {
    let webhook = &line.webhook;
    let events = webhook
        .events
        .iter()
        .map(|word| page.t(&event_key(word)).into_owned());
    let events = match webhook.events.is_empty() {
        true => page.t("admin-event-all").into_owned(),
        false => events.collect::<Vec<_>>().join(&page.t("desk-and")),
    };
    let asks: Vec<String> = std::iter::once(events).chain(around).collect();
    let (tone, sign, state) = match (webhook.off_at, webhook.failing_since) {
        (Some(at), _) => {
            let word = page.ts("admin-webhook-off", "when", &when.moment(at));
            ("late", "alert-circle", word.into_owned())
        }
        (None, Some(since)) => {
            let word = page.ts("admin-webhook-failing", "when", &when.moment(since));
            ("wait", "alert-triangle", word.into_owned())
        }
        (None, None) => (
            "done",
            "circle-check",
            page.t("admin-webhook-on").into_owned(),
        ),
    };
    Row {
        id: webhook.id.to_string(),
        name: webhook.name.clone(),
        url: webhook.url.clone(),
        asks: asks.join(" · "),
        is_off: webhook.off_at.is_some(),
        tone,
        sign,
        state,
        fault: webhook.fault.clone().unwrap_or_default(),
        waiting: line.waiting,
    }
}

/// Registers an address and shows its secret, this once.
pub async fn create(visit: Visit, mut form: Form) -> Answer {
    let page = visit.page();
    if pick::settle(&mut form) {
        let back = Back {
            typed: form,
            ..Back::default()
        };
        return draw(&visit, back).await;
    }
    let place = match pick::needed(&form) {
        Ok(place) => place,
        Err(key) => {
            let fault = page.t(key).into_owned();
            let back = Back {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                faults: [String::new(), String::new(), fault],
                typed: form,
                ..Back::default()
            };
            return draw(&visit, back).await;
        }
    };
    let unit = match form.text("unit") {
        "" => None,
        id => Some(id.parse().map_err(|_| Problem::Malformed)?),
    };
    let request = Request {
        name: form.text("name").to_owned(),
        url: form.text("url").to_owned(),
        events: form
            .all("event")
            .filter_map(|word| word.parse().ok())
            .collect(),
        place,
        unit,
    };
    let back = match create::create(&visit.state.app, &visit.actor, request).await {
        Ok(made) => Back {
            made: made.secret,
            ..Back::default()
        },
        Err(error) => {
            let faults = ["name", "url", "place"].map(|field| saying::fault(&page, &error, field));
            let (status, _) = saying::refused(&page, error)?;
            Back {
                status,
                faults,
                typed: form,
                ..Back::default()
            }
        }
    };
    draw(&visit, back).await
}

/// Turns an address off or on, tries it, takes it away.
pub async fn turn(visit: Visit, Path(id): Path<WebhookId>, form: Form) -> Answer {
    let (to, said) = match form.text("do") {
        "on" => (Turn::On, "webhook-on"),
        "off" => (Turn::Off, "webhook-off"),
        "test" => (Turn::Test, "webhook-tested"),
        "end" => (Turn::End, "webhook-ended"),
        _ => return Err(Problem::Malformed),
    };
    turn::turn(&visit.state.app, &visit.actor, id, to).await?;
    let back = see(PATH);
    Ok(flash::say(back, Tone::Done, said, visit.transport()))
}
