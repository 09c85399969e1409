//! One's own account: posts, display, devices, password, and the way into two-step sign-in.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::identity::{Visitor, change_password, second_factor, session};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::problem::{Desk, Problem};
use crate::visit::{Answer, Visit, html_as, see};

use super::{saying, show, sign_in};

#[derive(Template)]
#[template(path = "pages/desk/me.html")]
struct MePage<'a> {
    page: &'a Page,
    name: &'a str,
    posts: Vec<String>,
    error: String,
    password_error: String,
    sessions: Vec<Device>,
    totp: Totp,
}

struct Device {
    id: String,
    device: String,
    since: String,
    seen: String,
    is_this: bool,
}

/// How two-step sign-in stands, and what is shown once while it is taken up.
pub enum Totp {
    Off,
    On,
    Enrolling { qr: String, secret: String },
    Codes { codes: Vec<String> },
}

/// What the page says besides, after something was tried.
#[derive(Default)]
pub struct Back {
    pub status: StatusCode,
    pub error: String,
    pub password_error: String,
    pub totp: Option<Totp>,
}

pub async fn show(visit: Visit) -> Answer {
    draw(&visit, Back::default()).await
}

/// Whoever has signed in, with their session.
pub fn visitor(visit: &Visit) -> Result<&Visitor, Problem> {
    visit
        .visitor
        .as_ref()
        .ok_or(Problem::SignInNeeded(Desk::Staff))
}

pub async fn draw(visit: &Visit, back: Back) -> Answer {
    let app = &visit.state.app;
    let who = visitor(visit)?;
    let page = visit.page();
    let when = show::when(visit, &page);
    let devices = session::list(app, who).await?;
    let totp = match back.totp {
        Some(totp) => totp,
        None if second_factor::standing(app, who).await?.is_taken_up => Totp::On,
        None => Totp::Off,
    };
    let drawn = MePage {
        posts: posts(visit, &page).await?,
        name: &who.name,
        error: back.error,
        password_error: back.password_error,
        sessions: devices
            .into_iter()
            .map(|device| Device {
                id: device.handle,
                device: called(&page, &device.agent),
                since: when.moment(device.made_at),
                seen: when.ago(device.seen_at),
                is_this: device.is_this_one,
            })
            .collect(),
        page: &page,
        totp,
    };
    html_as(back.status, &drawn)
}

/// Role and unit of each post.
async fn posts(visit: &Visit, page: &Page) -> Result<Vec<String>, Problem> {
    let atlas = visit.state.app.atlas_now().await?;
    let named = visit.actor.posts.iter().map(|post| {
        let unit = atlas
            .unit(post.unit)
            .map(|unit| unit.names.in_lang(page.lang.as_str()));
        let role = page.t(&format!("role-{}", post.role.word())).into_owned();
        format!("{} · {role}", unit.unwrap_or_default())
    });
    Ok(named.collect())
}

/// A browser and its system, as far as its name tells.
fn called(page: &Page, agent: &str) -> String {
    const BROWSERS: [(&str, &str); 6] = [
        ("MicroMessenger", "WeChat"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("Chrom", "Chrome"),
        ("Safari", "Safari"),
        ("curl", "curl"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |list: &[(&str, &'static str)]| {
        list.iter()
            .find(|(part, _)| agent.contains(part))
            .map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => page.t("desk-session-unknown").into_owned(),
    }
}

pub async fn end_session(visit: Visit, Path(handle): Path<String>) -> Answer {
    session::revoke(&visit.state.app, visitor(&visit)?, &handle).await?;
    Ok(flash::say(
        see("/desk/me"),
        Tone::Done,
        "session-ended",
        visit.transport(),
    ))
}

pub async fn set_password(visit: Visit, form: Form) -> Answer {
    let typed = |field: &str| form.get(field).unwrap_or_default().to_owned();
    let (app, who) = (&visit.state.app, visitor(&visit)?);
    match change_password::change_password(app, who, typed("old"), typed("new")).await {
        Ok(()) => Ok(flash::say(
            see("/desk/me"),
            Tone::Done,
            "password-changed",
            visit.transport(),
        )),
        Err(error) => {
            let page = visit.page();
            let password_error = saying::fault(&page, &error, "password");
            let (status, error) = sign_in::told(&page, error)?;
            draw(
                &visit,
                Back {
                    status,
                    error,
                    password_error,
                    totp: None,
                },
            )
            .await
        }
    }
}
