//! Why something could not be done, as an answer: a page for people, problem+json
//! (RFC 9457) for machines. The only file where errors become answers.
//!
//! Handlers return a [`Problem`]; it travels in the answer to the edge, which knows the reader's
//! language and draws it. What is broken is logged there, once, without any personal data.

mod json;

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use huiyin_app::{Error, Loss, Refusal};
use huiyin_domain::case::{Args, Class, FieldFault};
use huiyin_domain::words::Value;

use crate::csrf::Disbelief;
use crate::form::{self, Form};
use crate::layout::Page;
use crate::pages::problem as drawing;
use crate::visit::{self, Visit, Wants};

const BROKEN: StatusCode = StatusCode::INTERNAL_SERVER_ERROR;

/// Why something could not be done.
#[derive(Debug)]
pub enum Problem {
    /// An operation refused or failed.
    App(Error),
    NotFound,
    /// The page exists, but cannot be asked this way.
    WrongMethod,
    /// Nobody has signed in, and this needs somebody.
    SignInNeeded(Desk),
    NotPermitted,
    /// The address or the request makes no sense.
    Malformed,
    Form(form::Fault),
    /// The body is not JSON from here on.
    NotJson {
        line: usize,
        column: usize,
    },
    /// This header cannot be read.
    Header(&'static str),
    /// The case is not of the version that the request says any more.
    Stale,
    /// Another site sent this, or the page is too old; then what was typed.
    Disbelief(Disbelief, Form),
    /// Whoever filled this in is signed in no longer; then what was typed.
    SignedOut(Desk, Form),
    /// There were signs in it that are no text; then what was typed, without them.
    NotText(Form),
    Busy,
    TooSlow,
    Panicked,
    Template(askama::Error),
}

/// Whether somebody of the desk or a resident is meant to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk {
    Staff,
    Resident,
}

impl Desk {
    /// Where they sign in.
    pub(crate) fn door(self) -> &'static str {
        match self {
            Desk::Staff => "/desk/sign-in",
            Desk::Resident => "/sign-in",
        }
    }
}

impl Problem {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Problem::App(Error::Refused(Refusal::SignInNeeded)) => StatusCode::UNAUTHORIZED,
            // The same key for another request: the request is wrong, not the time.
            Problem::App(Error::Refused(Refusal::KeyReused)) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::App(Error::Refused(refusal)) => status_of(refusal.class()),
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Problem::SignInNeeded(_) | Problem::SignedOut(..) => StatusCode::UNAUTHORIZED,
            Problem::NotPermitted | Problem::Disbelief(..) => StatusCode::FORBIDDEN,
            Problem::Stale => StatusCode::PRECONDITION_FAILED,
            // The guard answers for it; it comes no further.
            Problem::App(Error::Repeated) => StatusCode::CONFLICT,
            Problem::Form(form::Fault::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::Form(form::Fault::Encoding) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Problem::Form(form::Fault::TooSlow) => StatusCode::REQUEST_TIMEOUT,
            Problem::Form(_)
            | Problem::Malformed
            | Problem::NotText(_)
            | Problem::NotJson { .. }
            | Problem::Header(_) => StatusCode::BAD_REQUEST,
            Problem::App(Error::NotStored(loss)) if loss.is_for_good() => BROKEN,
            Problem::Busy | Problem::TooSlow | Problem::App(Error::Busy | Error::NotStored(_)) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Problem::App(Error::Broken { .. }) | Problem::Panicked | Problem::Template(_) => BROKEN,
        }
    }

    /// The key of its title; its sentence is the attribute `.text`.
    pub(crate) fn key(&self) -> &'static str {
        match self {
            // Who may take which step is no matter of pages.
            Problem::App(Error::Refused(Refusal::Case(_)) | Error::Repeated) => "problem-refused",
            Problem::App(Error::Refused(refusal)) => match refusal.class() {
                Class::NotFound => "problem-not-found",
                Class::NotPermitted => "problem-not-permitted",
                Class::TooMany => "problem-too-often",
                Class::TooLarge => "problem-too-large",
                Class::Invalid | Class::Conflict | Class::Gone => "problem-refused",
            },
            Problem::NotFound => "problem-not-found",
            Problem::WrongMethod => "problem-wrong-method",
            Problem::SignInNeeded(_) => "problem-sign-in-needed",
            Problem::NotPermitted => "problem-not-permitted",
            Problem::Malformed => "problem-malformed",
            Problem::Form(form::Fault::TooLarge) => "problem-too-large",
            Problem::Form(form::Fault::Encoding) => "problem-media-type",
            Problem::Form(form::Fault::TooSlow) => "problem-sent-too-slowly",
            Problem::NotText(_) | Problem::Form(form::Fault::NotUtf8 | form::Fault::Nul) => {
                "problem-not-text"
            }
            Problem::Form(_) => "problem-malformed",
            Problem::NotJson { .. } => "problem-not-json",
            Problem::Header(_) => "problem-header",
            Problem::Stale => "problem-stale",
            Problem::Disbelief(Disbelief::Origin, _) => "problem-foreign",
            Problem::Disbelief(Disbelief::Token, _) => "problem-old-page",
            Problem::SignedOut(..) => "problem-signed-out",
            Problem::App(Error::NotStored(Loss::Full)) => "problem-full",
            Problem::App(Error::NotStored(Loss::Connection | Loss::Closed)) => "problem-away",
            Problem::TooSlow | Problem::App(Error::NotStored(Loss::Unknown)) => "problem-unsure",
            Problem::App(Error::Busy | Error::NotStored(Loss::Serialization)) => "problem-busy",
            Problem::Busy => "problem-busy",
            Problem::App(_) | Problem::Panicked | Problem::Template(_) => "problem-broken",
        }
    }

    pub fn retry_after_s(&self) -> Option<u32> {
        match self {
            Problem::App(Error::Refused(Refusal::TooMany { retry_after_s })) => {
                Some(*retry_after_s)
            }
            Problem::App(Error::Busy | Error::NotStored(_)) | Problem::Busy | Problem::TooSlow => {
                Some(5)
            }
            _ => None,
        }
    }

    /// Whether somebody who runs this house should know.
    fn is_broken(&self) -> bool {
        matches!(self, Problem::App(Error::NotStored(_))) || self.status() == BROKEN
    }

    /// What was typed, when it comes back with the answer.
    pub(crate) fn typed(&self) -> Option<&Form> {
        match self {
            Problem::Disbelief(Disbelief::Token, form)
            | Problem::SignedOut(_, form)
            | Problem::NotText(form) => Some(form),
            _ => None,
        }
    }

    /// Whether the very same form may be taken if it is sent again.
    pub(crate) fn passes(&self) -> bool {
        let is_busy = matches!(self, Problem::Busy | Problem::App(Error::Busy));
        let is_too_often = self.status() == StatusCode::TOO_MANY_REQUESTS;
        is_busy || is_too_often || self.is_broken()
    }

    /// What the general sentence is filled with.
    fn args(&self) -> Vec<(&'static str, Value<'_>)> {
        match self {
            Problem::NotJson { line, column } => {
                vec![("line", (*line).into()), ("column", (*column).into())]
            }
            Problem::Header(name) => vec![("name", (*name).into())],
            _ => vec![("seconds", self.retry_after_s().unwrap_or(0).into())],
        }
    }

    /// What is said to a machine: the refusal's own sentence, else the general one.
    pub(crate) fn text(&self, shell: &Page) -> String {
        let own = match self {
            Problem::App(Error::Refused(refusal)) => sentence(shell, refusal),
            _ => None,
        };
        let for_machines = format!("{}.api", self.key());
        let found = || shell.words.find(shell.lang, &for_machines, &[]);
        own.or_else(|| found().map(std::borrow::Cow::into_owned))
            .unwrap_or_else(|| self.general(shell))
    }

    /// The sentence that is the same for everybody.
    pub(crate) fn general(&self, shell: &Page) -> String {
        let key = format!("{}.text", self.key());
        shell.ta(&key, &self.args()).into_owned()
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        Problem::App(error)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        Problem::App(Error::Refused(refusal))
    }
}

/// The status of an answer that refuses.
pub fn status_of(class: Class) -> StatusCode {
    match class {
        Class::NotFound => StatusCode::NOT_FOUND,
        Class::NotPermitted => StatusCode::FORBIDDEN,
        Class::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Class::Conflict => StatusCode::CONFLICT,
        Class::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Class::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Class::Gone => StatusCode::GONE,
    }
}

/// The sentence of a refusal, when there is one.
pub fn sentence(page: &Page, refusal: &Refusal) -> Option<String> {
    filled(page, &refusal.key(), &refusal.args())
}

fn filled(page: &Page, key: &str, args: &Args) -> Option<String> {
    let args: Vec<(&str, Value<'_>)> = args
        .iter()
        .map(|(name, word)| (*name, Value::from(word.as_str())))
        .collect();
    let found = page.words.find(page.lang, key, &args);
    found.map(std::borrow::Cow::into_owned)
}

/// What a form says when it comes back: nothing was done, why, and what is wrong where.
#[derive(Clone, Debug)]
pub struct Refused {
    pub status: StatusCode,
    pub sentence: String,
    pub faults: Vec<FieldFault>,
}

/// What somebody who filled in a form is told on that very form; what is not theirs to
/// mend, or not theirs at all, has a page of its own.
pub fn refused(page: &Page, error: Error) -> Result<Refused, Problem> {
    let Error::Refused(refusal) = error else {
        return Err(error.into());
    };
    let class = refusal.class();
    if matches!(class, Class::NotFound | Class::NotPermitted) {
        return Err(refusal.into());
    }
    let general = || page.t("problem-refused").into_owned();
    Ok(Refused {
        status: status_of(class),
        sentence: sentence(page, &refusal).unwrap_or_else(general),
        faults: refusal.faults().to_vec(),
    })
}

impl IntoResponse for Problem {
    /// An empty answer that carries the problem to the edge.
    fn into_response(self) -> Response {
        let mut answer = self.status().into_response();
        answer.extensions_mut().insert(Arc::new(self));
        answer
    }
}

/// What the panic catcher answers. The text of a panic may hold what somebody typed,
/// so only its place is logged, by the panic hook.
pub fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Problem::Panicked.into_response()
}

/// Draws the problem that an answer carries; an answer without one passes.
pub fn drawn(answer: Response, visit: &Visit) -> Response {
    let Some(problem) = carried(&answer) else {
        return answer;
    };
    if problem.is_broken() {
        tracing::error!(problem = ?*problem, "a request failed");
    }
    let status = problem.status();
    let kept = drawing::typed(&answer);
    let typed = problem.typed().or(kept.filter(|_| problem.passes()));
    let mut drawn = match (&*problem, visit.wants) {
        (_, Wants::Page) if let Some(form) = typed => drawing::again(&problem, form, visit),
        (_, Wants::Json) => json::json(&problem, visit),
        (Problem::SignInNeeded(desk), _) => sign_in(*desk, visit),
        (Problem::App(Error::Refused(Refusal::SignInNeeded)), _) => sign_in(Desk::Resident, visit),
        _ => drawing::page(&problem, kept, visit),
    };
    if let Some(seconds) = problem.retry_after_s() {
        drawn
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    // What the inner layers said besides, such as the methods that are allowed.
    for name in [header::ALLOW, header::SET_COOKIE, header::WWW_AUTHENTICATE] {
        for value in answer.headers().get_all(&name) {
            drawn.headers_mut().append(name.clone(), value.clone());
        }
    }
    tracing::debug!(status = status.as_u16(), key = problem.key(), "refused");
    drawn
}

/// The problem of an answer: one of ours, or what an extractor of axum refused.
fn carried(answer: &Response) -> Option<Arc<Problem>> {
    if let Some(problem) = answer.extensions().get::<Arc<Problem>>() {
        return Some(Arc::clone(problem));
    }
    let kind = answer.headers().get(header::CONTENT_TYPE);
    let is_plain = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let problem = match answer.status() {
        _ if !is_plain => return None,
        StatusCode::BAD_REQUEST => Problem::Malformed,
        StatusCode::NOT_FOUND => Problem::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Problem::WrongMethod,
        StatusCode::PAYLOAD_TOO_LARGE => Problem::Form(form::Fault::TooLarge),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::Form(form::Fault::Encoding),
        StatusCode::UNPROCESSABLE_ENTITY => Problem::Malformed,
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Problem::TooSlow,
        status if status.is_server_error() => Problem::Panicked,
        _ => return None,
    };
    Some(Arc::new(problem))
}

/// Where to sign in, and back to this page afterwards.
fn sign_in(desk: Desk, visit: &Visit) -> Response {
    let door = desk.door();
    let back =
        percent_encoding::utf8_percent_encode(&visit.path, percent_encoding::NON_ALPHANUMERIC);
    visit::see(&format!("{door}?back={back}"))
}

/// The sentence of a fault, when there is one.
pub(crate) fn told(page: &Page, fault: &FieldFault) -> Option<String> {
    filled(page, fault.key, &fault.words())
}
