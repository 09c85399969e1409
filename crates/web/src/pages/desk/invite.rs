//! The first sign-in: a link that works once, a login, a password. There is no password
//! that somebody else has chosen.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use huiyin_app::identity::invite::{self, Acceptance};

use crate::form::Form;
use crate::layout::Page;
use crate::visit::{Answer, Visit, html_as};

use super::{saying, sign_in};

#[derive(Template)]
#[template(path = "pages/desk/invite.html")]
struct InvitePage<'a> {
    page: &'a Page,
    name: &'a str,
    token: &'a str,
    login: &'a str,
    error: String,
    login_error: String,
    password_error: String,
}

pub async fn show(visit: Visit, Path(token): Path<String>) -> Answer {
    let invited = invite::open(&visit.state.app, &token, visit.peer).await?;
    let page = visit.page();
    let drawn = InvitePage {
        page: &page,
        name: &invited.name,
        token: &token,
        login: "",
        error: String::new(),
        login_error: String::new(),
        password_error: String::new(),
    };
    html_as(StatusCode::OK, &drawn)
}

pub async fn accept(
    visit: Visit,
    Path(token): Path<String>,
    headers: HeaderMap,
    form: Form,
) -> Answer {
    let app = &visit.state.app;
    let request = Acceptance {
        token: token.clone(),
        login: form.text("login").to_owned(),
        password: form.get("password").unwrap_or_default().to_owned(),
        peer: visit.peer,
        agent: sign_in::agent(&headers),
    };
    let error = match invite::accept(app, request).await {
        Ok(session) => return Ok(sign_in::inside(&visit, &session, "/desk")),
        Err(error) => error,
    };
    if error
        .refusal()
        .is_none_or(|refusal| refusal.faults().is_empty())
    {
        return Err(error.into());
    }
    let invited = invite::open(app, &token, visit.peer).await?;
    let page = visit.page();
    let drawn = InvitePage {
        page: &page,
        name: &invited.name,
        token: &token,
        login: form.text("login"),
        error: String::new(),
        login_error: saying::fault(&page, &error, "login"),
        password_error: saying::fault(&page, &error, "password"),
    };
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &drawn)
}
