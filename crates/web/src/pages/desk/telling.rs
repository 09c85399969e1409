//! How somebody of the desk wants to be told, and when they are on duty.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::telling::{duty, prefer};
use huiyin_domain::id::ShiftId;
use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::telling_form::{self, TellingForm};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

use super::inbox::Choice;
use super::{saying, show};

const PATH: &str = "/desk/me/telling";

#[derive(Template)]
#[template(path = "pages/desk/telling.html")]
struct TellingPage<'a> {
    page: &'a Page,
    form: TellingForm,
    posts: Vec<Choice>,
    shifts: Vec<Row>,
    starts: String,
    ends: String,
    error: String,
}

/// One span in which somebody is on duty.
struct Row {
    id: String,
    post: String,
    from: String,
    until: String,
}

/// What was typed for a shift that was refused.
#[derive(Default)]
struct Back {
    status: StatusCode,
    error: String,
    typed: Form,
}

pub async fn show(visit: Visit) -> Answer {
    draw(&visit, Back::default()).await
}

async fn draw(visit: &Visit, back: Back) -> Answer {
    let app = &visit.state.app;
    let page = visit.page();
    let held = prefer::read(app, &visit.actor).await?;
    let atlas = app.atlas_now().await?;
    let when = show::when(visit, &page);
    let posts = visit.actor.posts.iter().map(|post| {
        let unit = atlas
            .unit(post.unit)
            .map(|unit| unit.names.in_lang(page.lang.as_str()));
        let role = page.t(&format!("role-{}", post.role.word())).into_owned();
        let value = post.post.to_string();
        Choice {
            label: format!("{} · {role}", unit.unwrap_or_default()),
            chosen: back.typed.text("post") == value,
            value,
        }
    });
    let posts: Vec<Choice> = posts.collect();
    let shifts = duty::list(app, &visit.actor).await?;
    let rows = shifts.into_iter().map(|shift| {
        let id = shift.post.to_string();
        let post = posts.iter().find(|post| post.value == id);
        Row {
            id: shift.id.to_string(),
            post: post.map(|post| post.label.clone()).unwrap_or_default(),
            from: when.moment(shift.starts_at),
            until: when.moment(shift.ends_at),
        }
    });
    let drawn = TellingPage {
        form: telling_form::of(&page, &held),
        shifts: rows.collect(),
        posts,
        starts: back.typed.text("starts").to_owned(),
        ends: back.typed.text("ends").to_owned(),
        error: back.error,
        page: &page,
    };
    html_as(back.status, &drawn)
}

pub async fn set(visit: Visit, form: Form) -> Answer {
    let app = &visit.state.app;
    let held = prefer::read(app, &visit.actor).await?;
    let wanted = telling_form::read(&form, &held.preferences)?;
    prefer::set(app, &visit.actor, wanted).await?;
    let back = see(PATH);
    Ok(flash::say(
        back,
        Tone::Done,
        "telling-kept",
        visit.transport(),
    ))
}

/// Notes a span in which the reader is on duty.
pub async fn begin_shift(visit: Visit, form: Form) -> Answer {
    let request = duty::Request {
        post: form.text("post").parse().map_err(|_| Problem::Malformed)?,
        starts_at: instant(&visit, form.text("starts"))?,
        ends_at: instant(&visit, form.text("ends"))?,
    };
    match duty::begin(&visit.state.app, &visit.actor, request).await {
        Ok(_) => Ok(flash::say(
            see(PATH),
            Tone::Done,
            "shift-kept",
            visit.transport(),
        )),
        Err(error) => {
            let page = visit.page();
            let fault = saying::fault(&page, &error, "ends");
            let (status, said) = saying::refused(&page, error)?;
            let error = match fault.is_empty() {
                true => said.text,
                false => fault,
            };
            let back = Back {
                status,
                error,
                typed: form,
            };
            draw(&visit, back).await
        }
    }
}

/// `2026-03-02T22:00`, as a browser writes it, in the time of this house.
fn instant(visit: &Visit, text: &str) -> Result<Timestamp, Problem> {
    let here: DateTime = text.parse().map_err(|_| Problem::Malformed)?;
    let zone = visit.state.app.config.time_zone.clone();
    let zoned = here.to_zoned(zone).map_err(|_| Problem::Malformed)?;
    Ok(zoned.timestamp())
}

pub async fn end_shift(visit: Visit, Path(shift): Path<ShiftId>) -> Answer {
    duty::end(&visit.state.app, &visit.actor, shift).await?;
    let back = see(PATH);
    Ok(flash::say(
        back,
        Tone::Done,
        "shift-ended",
        visit.transport(),
    ))
}
