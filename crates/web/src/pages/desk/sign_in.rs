//! The door of the desk: login and password, then the second step for those who have one.
//! Whether a login exists cannot be learnt here.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use huiyin_app::Error;
use huiyin_app::identity::NewSession;
use huiyin_app::identity::session;
use huiyin_app::identity::sign_in::{self, Proof, Reply, Request};

use crate::cookies::Cookie;
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::problem::{Problem, status_of};
use crate::visit::{Answer, Visit, html_as, own_path, see, with_cookie, without_cookie};

use super::saying;

#[derive(Template)]
#[template(path = "pages/desk/sign_in.html")]
struct SignInPage<'a> {
    page: &'a Page,
    login: &'a str,
    back: &'a str,
    error: String,
}

#[derive(Template)]
#[template(path = "pages/desk/sign_in_code.html")]
struct CodePage<'a> {
    page: &'a Page,
    back: &'a str,
    error: String,
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let page = visit.page();
    let drawn = SignInPage {
        page: &page,
        login: "",
        back: asked.text("back"),
        error: String::new(),
    };
    html_as(StatusCode::OK, &drawn)
}

/// The second step, for somebody whose password was right.
pub async fn ask_code(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let page = visit.page();
    let drawn = CodePage {
        page: &page,
        back: asked.text("back"),
        error: String::new(),
    };
    html_as(StatusCode::OK, &drawn)
}

pub async fn enter(visit: Visit, headers: HeaderMap, form: Form) -> Answer {
    let request = Request {
        login: form.text("login").to_owned(),
        password: form.get("password").unwrap_or_default().to_owned(),
        peer: visit.peer,
        agent: agent(&headers),
        previous: token(&visit, &headers),
    };
    let back = form.text("back");
    match sign_in::sign_in(&visit.state.app, request).await {
        Ok(Reply::SignedIn(session)) => Ok(inside(&visit, &session, back)),
        Ok(Reply::SecondFactorNeeded(half)) => {
            let back =
                percent_encoding::utf8_percent_encode(back, percent_encoding::NON_ALPHANUMERIC);
            let answer = see(&format!("/desk/sign-in/code?back={back}"));
            Ok(with_session(&visit, answer, &half))
        }
        Err(error) => {
            let page = visit.page();
            let (status, error) = told(&page, error)?;
            html_as(
                status,
                &SignInPage {
                    page: &page,
                    login: form.text("login"),
                    back,
                    error,
                },
            )
        }
    }
}

pub async fn prove(visit: Visit, headers: HeaderMap, form: Form) -> Answer {
    let Some(token) = token(&visit, &headers) else {
        return Ok(see("/desk/sign-in"));
    };
    let proof = Proof {
        token,
        code: form.text("code").to_owned(),
        peer: visit.peer,
        agent: agent(&headers),
    };
    let back = form.text("back");
    match sign_in::prove(&visit.state.app, proof).await {
        Ok(session) => Ok(inside(&visit, &session, back)),
        Err(error) => {
            let page = visit.page();
            let (status, error) = told(&page, error)?;
            html_as(
                status,
                &CodePage {
                    page: &page,
                    back,
                    error,
                },
            )
        }
    }
}

pub async fn leave(visit: Visit, headers: HeaderMap) -> Answer {
    if let Some(token) = token(&visit, &headers) {
        session::sign_out(&visit.state.app, &token).await?;
    }
    let answer = without_cookie(see("/desk/sign-in"), Cookie::Session, visit.transport());
    let answer = cleared(answer);
    Ok(flash::say(
        answer,
        Tone::Done,
        "signed-out",
        visit.transport(),
    ))
}

/// The answer after which this browser keeps nothing of ours but cookies.
pub fn cleared(mut answer: Response) -> Response {
    let what = HeaderValue::from_static("\"storage\"");
    let name = HeaderName::from_static("clear-site-data");
    answer.headers_mut().insert(name, what);
    answer
}

/// The sentence of a refusal on the page where it happened; only what is broken goes further.
pub fn told(page: &Page, error: Error) -> Result<(StatusCode, String), Problem> {
    let Some(refusal) = error.refusal().cloned() else {
        return Err(error.into());
    };
    let status = status_of(refusal.class());
    Ok((status, saying::sentence(page, &refusal)))
}

/// The desk, or the page that somebody wanted before they were sent to the door.
pub fn inside(visit: &Visit, session: &NewSession, back: &str) -> Response {
    let back = match own_path(back) {
        "/" => "/desk",
        own => own,
    };
    with_session(visit, see(back), session)
}

fn with_session(visit: &Visit, answer: Response, session: &NewSession) -> Response {
    with_cookie(
        answer,
        Cookie::Session.set(session.token.reveal(), visit.transport()),
    )
}

/// The token that the browser holds now.
pub fn token(visit: &Visit, headers: &HeaderMap) -> Option<String> {
    Cookie::Session
        .read(headers, visit.transport())
        .map(str::to_owned)
}

/// The browser, as it names itself.
pub fn agent(headers: &HeaderMap) -> String {
    let named = headers.get(axum::http::header::USER_AGENT);
    named
        .and_then(|name| name.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}
