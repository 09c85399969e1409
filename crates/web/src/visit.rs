//! One request by somebody: who, from where, and how they want their pages.
//!
//! Made once, at the edge; handlers take [`Visit`] as an argument and make their
//! page with [`Visit::page`].

use std::sync::Arc;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header, request};
use axum::response::{Html, IntoResponse, Redirect, Response};
use huiyin_app::Horizon;
use huiyin_app::identity::session::Visitor;
use huiyin_app::identity::token::Machine;
use huiyin_app::limits::{Key, Peer, Purpose};
use huiyin_domain::access::Actor;
use huiyin_domain::id::{AppointmentId, CaseId};

use crate::actor;
use crate::cookies::{Cookie, Transport};
use crate::csrf::Browser;
use crate::flash;
use crate::language::Taste;
use crate::layout::{Flash, Page};
use crate::problem::Problem;
use crate::queued;
use crate::rail;
use crate::state::{Address, AppState};

/// What a page answers.
pub type Answer = Result<Response, Problem>;

/// In which form somebody wants to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    Page,
    /// A part of a page, asked for by htmx.
    Part,
    /// The API.
    Json,
}

/// One request by somebody.
#[derive(Clone)]
pub struct Visit {
    pub state: AppState,
    pub peer: Peer,
    pub actor: Actor,
    /// The session, when a person has signed in.
    pub visitor: Option<Visitor>,
    /// The token, when a machine asks.
    pub machine: Option<Machine>,
    /// The cases whose tracking codes were shown in this browser.
    pub shown: Vec<CaseId>,
    /// The appointments whose codes were shown in this browser.
    pub booked: Vec<AppointmentId>,
    pub taste: Taste,
    pub wants: Wants,
    pub nonce: String,
    pub browser: Browser,
    /// Path and query, as asked for.
    pub path: String,
    /// Whether it only asks for something, so that asking again does no harm.
    pub is_asking: bool,
    /// A phone fetches the page for later: nobody has read it, and no message on it.
    pub is_ahead: bool,
    /// Scheme and host under which this house was reached.
    pub origin: String,
    flash: Option<Flash>,
    /// What a replica must have to answer this visit.
    pub horizon: Arc<Horizon>,
}

/// The header by which the worker on a phone says that it fetches a page for later.
const AHEAD: &str = "x-ahead";

impl Visit {
    /// Reads what a request says of its sender; when that cannot be looked up, why, and a visit
    /// by nobody, to whom it can be told.
    pub async fn of(
        state: &AppState,
        peer: Peer,
        parts: &request::Parts,
    ) -> (Visit, Option<Problem>) {
        let headers = &parts.headers;
        let transport = state.transport();
        let path = parts.uri.path_and_query();
        let path = path.map_or("/", axum::http::uri::PathAndQuery::as_str);
        let wants = wants(path, headers);
        let (known, problem) = match actor::known(state, wants, headers).await {
            Ok(known) => (known, None),
            Err(problem) => (actor::Known::nobody(), Some(problem)),
        };
        let is_asking = parts.method == Method::GET;
        let before = Cookie::Horizon.read(headers, transport);
        let before = before.and_then(|before| before.parse().ok()).unwrap_or(0);
        let nonce: [u8; 12] = state.chance();
        let visit = Visit {
            peer,
            shown: actor::shown_cases(state, headers),
            booked: actor::shown_appointments(state, headers),
            taste: Taste::of(headers, transport, &state.app.words),
            wants,
            nonce: nonce.iter().map(|byte| format!("{byte:02x}")).collect(),
            browser: Browser::of(headers, transport, || state.chance()),
            path: path.to_owned(),
            is_asking,
            // A program keeps no cookie that says what it has done.
            horizon: Arc::new(Horizon::new(before, is_asking && wants != Wants::Json)),
            is_ahead: headers.contains_key(AHEAD),
            origin: origin(state, headers),
            flash: flash::read(headers, transport).filter(|_| !headers.contains_key(AHEAD)),
            actor: known.actor,
            visitor: known.visitor,
            machine: known.machine,
            state: state.clone(),
        };
        (visit, problem)
    }

    pub fn transport(&self) -> Transport {
        self.state.transport()
    }

    /// The shell of this answer.
    pub fn page(&self) -> Page {
        let config = &self.state.app.config;
        let words = Arc::clone(&self.state.app.words);
        let lang = self.taste.lang;
        let town = config.name.in_lang(lang.as_str()).to_owned();
        let mut page = Page::new(words, lang, town);
        page.theme = self.taste.theme;
        page.view = self.taste.view;
        page.csrf = self.browser.token(&self.state.secret, self.state.chance());
        page.nonce = self.nonce.clone();
        page.is_first = self.browser.is_new;
        page.path = self.path.clone();
        page.signed_in = self.visitor.as_ref().map(|visitor| visitor.name.clone());
        let person = self.visitor.as_ref().and(self.actor.person());
        page.owner = person.map(|person| queued::owner(&self.state, person));
        page.flash = self.flash.clone().map(|flash| Flash {
            text: page.t(&flash.text).into_owned(),
            ..flash
        });
        page.demo = config.demo;
        let unread = self.visitor.as_ref().map_or(0, |visitor| visitor.unread);
        page.rail = rail::doors(&self.actor, unread);
        page
    }

    /// Whether the page made of this visit says its flash.
    pub fn page_says_flash(&self) -> bool {
        self.flash.is_some()
    }

    /// Who acts on this case on the pages for residents: its petitioner, when its code was
    /// shown in this browser; else whoever asks, for themselves and from no post.
    pub fn acting_on(&self, case: CaseId) -> Actor {
        match self.shown.contains(&case) {
            true => Actor::petitioner(case),
            false => self.actor.privately(),
        }
    }

    /// Who looks at a file of this case: the desk with its posts, else as on the pages.
    pub fn looking_at(&self, case: CaseId) -> Actor {
        match self.actor.is_staff() {
            true => self.actor.clone(),
            false => self.acting_on(case),
        }
    }

    /// Counts one of what is limited for this household.
    pub fn count(&self, what: Purpose) -> Result<(), Problem> {
        let now = self.state.now();
        let taken = self.state.app.limits.take(what, Key::Peer(self.peer), now);
        taken.map_err(Problem::from)
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Visit, Problem> {
        let visit = parts.extensions.get::<Visit>().cloned();
        Ok(visit.expect("the edge makes a visit of every request"))
    }
}

/// A page.
pub fn html(template: &impl Template) -> Answer {
    html_as(StatusCode::OK, template)
}

/// A page with another status than 200.
pub fn html_as(status: StatusCode, template: &impl Template) -> Answer {
    let text = template.render().map_err(Problem::Template)?;
    Ok((status, Html(text)).into_response())
}

/// To another page, after something has been done.
pub fn see(address: &str) -> Response {
    Redirect::to(address).into_response()
}

/// To another page of ours that a form or link named; anywhere else leads home.
pub fn see_own(address: &str) -> Response {
    see(own_path(address))
}

/// The address, if it is a path of this house; else the front page.
pub fn own_path(address: &str) -> &str {
    let is_own = address.starts_with('/')
        && !address.starts_with("//")
        && address
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_own { address } else { "/" }
}

/// The answer with one more cookie.
pub fn with_cookie(mut answer: Response, cookie: HeaderValue) -> Response {
    answer.headers_mut().append(header::SET_COOKIE, cookie);
    answer
}

/// The answer after which this cookie is forgotten.
pub fn without_cookie(answer: Response, cookie: Cookie, transport: Transport) -> Response {
    with_cookie(answer, cookie.forget(transport))
}

fn wants(path: &str, headers: &HeaderMap) -> Wants {
    if path.starts_with("/api/") {
        Wants::Json
    } else if headers.contains_key("hx-request") {
        Wants::Part
    } else {
        Wants::Page
    }
}

/// Scheme and host under which this house is reached.
fn origin(state: &AppState, headers: &HeaderMap) -> String {
    if state.config.address == Address::Configured {
        return state.app.config.base_url.clone();
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let plain = |host: &&str| {
        host.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
    };
    format!("http://{}", host.filter(plain).unwrap_or("localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_our_own_pages_only() {
        assert_eq!(own_path("/my?x=1"), "/my?x=1");
        for foreign in [
            "//evil.example",
            "https://evil.example",
            "",
            "/\\evil",
            "/a\r\nb",
            "x",
        ] {
            assert_eq!(own_path(foreign), "/", "{foreign}");
        }
    }
}
