//! Why something could not be done, as an answer: a page for people, problem+json
//! (RFC 9457) for machines. The only file where errors become answers.
//!
//! Handlers return a [`Problem`]; it travels in the answer to the edge, which knows the
//! reader's language and draws it. What is broken is logged there, once, without any
//! personal data.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use huiyin_app::{Error, Refusal};
use huiyin_domain::case::{Args, Class, FieldFault};
use huiyin_domain::words::Value;

use crate::api::v1::{FieldProblem, ProblemShape};
use crate::csrf::{self, Disbelief};
use crate::form::{self, Form};
use crate::layout::Page;
use crate::visit::{self, Visit, Wants};

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

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Problem::App(Error::Refused(Refusal::SignInNeeded)) => StatusCode::UNAUTHORIZED,
            // The same key for another request: the request is wrong, not the time.
            Problem::App(Error::Refused(Refusal::KeyReused)) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::App(Error::Refused(refusal)) => status_of(refusal.class()),
            Problem::App(Error::Busy | Error::NotStored(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Problem::App(Error::Broken { .. }) => StatusCode::INTERNAL_SERVER_ERROR,
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Problem::SignInNeeded(_) => StatusCode::UNAUTHORIZED,
            Problem::NotPermitted | Problem::Disbelief(..) => StatusCode::FORBIDDEN,
            Problem::Malformed | Problem::NotJson { .. } | Problem::Header(_) => {
                StatusCode::BAD_REQUEST
            }
            Problem::Stale => StatusCode::PRECONDITION_FAILED,
            Problem::Form(form::Fault::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::Form(form::Fault::Encoding) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Problem::Form(form::Fault::TooSlow) => StatusCode::REQUEST_TIMEOUT,
            Problem::Form(_) => StatusCode::BAD_REQUEST,
            Problem::Busy | Problem::TooSlow => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Panicked | Problem::Template(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The key of its title; its sentence is the attribute `.text`.
    fn key(&self) -> &'static str {
        match self {
            Problem::App(Error::Refused(refusal)) => match refusal.class() {
                Class::NotFound => "problem-not-found",
                Class::NotPermitted => "problem-not-permitted",
                Class::TooMany => "problem-too-often",
                Class::TooLarge => "problem-too-large",
                Class::Invalid | Class::Conflict | Class::Gone => "problem-refused",
            },
            Problem::App(Error::Busy | Error::NotStored(_)) => "problem-busy",
            Problem::App(Error::Broken { .. }) => "problem-broken",
            Problem::NotFound => "problem-not-found",
            Problem::WrongMethod => "problem-wrong-method",
            Problem::SignInNeeded(_) => "problem-sign-in-needed",
            Problem::NotPermitted => "problem-not-permitted",
            Problem::Malformed => "problem-malformed",
            Problem::Form(form::Fault::TooLarge) => "problem-too-large",
            Problem::Form(form::Fault::TooSlow) => "problem-sent-too-slowly",
            Problem::Form(form::Fault::NotUtf8 | form::Fault::Nul) => "problem-not-text",
            Problem::Form(_) => "problem-malformed",
            Problem::NotJson { .. } => "problem-not-json",
            Problem::Header(_) => "problem-header",
            Problem::Stale => "problem-stale",
            Problem::Disbelief(Disbelief::Origin, _) => "problem-foreign",
            Problem::Disbelief(Disbelief::Token, _) => "problem-old-page",
            Problem::Busy | Problem::TooSlow => "problem-busy",
            Problem::Panicked | Problem::Template(_) => "problem-broken",
        }
    }

    fn retry_after_s(&self) -> Option<u32> {
        match self {
            Problem::App(Error::Refused(Refusal::TooMany { retry_after_s })) => {
                Some(*retry_after_s)
            }
            Problem::App(Error::Busy | Error::NotStored(_)) => Some(5),
            Problem::Busy | Problem::TooSlow => Some(5),
            _ => None,
        }
    }

    /// Whether somebody who runs this house should know.
    fn is_broken(&self) -> bool {
        let not_stored = matches!(self, Problem::App(Error::NotStored(_)));
        not_stored || self.status() == StatusCode::INTERNAL_SERVER_ERROR
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

    /// What is said to the reader: the refusal's own sentence, else the general one.
    fn text(&self, shell: &Page) -> String {
        let own = match self {
            Problem::App(Error::Refused(refusal)) => sentence(shell, refusal),
            _ => None,
        };
        let general = format!("{}.text", self.key());
        own.unwrap_or_else(|| shell.ta(&general, &self.args()).into_owned())
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
    let mut drawn = match (&*problem, visit.wants) {
        (_, Wants::Json) => json(&problem, visit),
        (Problem::SignInNeeded(desk), _) => sign_in(*desk, visit),
        (Problem::App(Error::Refused(Refusal::SignInNeeded)), _) => sign_in(Desk::Resident, visit),
        (Problem::Disbelief(Disbelief::Token, form), Wants::Page) => again(form, visit),
        _ => page(&problem, visit),
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

#[derive(Template)]
#[template(path = "pages/problem.html")]
struct ProblemPage<'a> {
    page: &'a Page,
    title: String,
    text: String,
    again: &'a str,
}

fn page(problem: &Problem, visit: &Visit) -> Response {
    let shell = visit.page();
    let seconds = i64::from(problem.retry_after_s().unwrap_or(0));
    let drawn = ProblemPage {
        title: shell.t(problem.key()).into_owned(),
        text: shell
            .tn(&format!("{}.text", problem.key()), "seconds", seconds)
            .into_owned(),
        // Where it can be asked for again, when that may help.
        again: match seconds > 0 && visit.is_asking {
            true => &visit.path,
            false => "",
        },
        page: &shell,
    };
    let answer = visit::html_as(problem.status(), &drawn);
    answer.unwrap_or_else(|_| problem.status().into_response())
}

#[derive(Template)]
#[template(path = "pages/again.html")]
struct AgainPage<'a> {
    page: &'a Page,
    typed: Vec<(&'a str, &'a str)>,
}

/// The page was open for too long: everything typed is kept, one press sends it anew.
fn again(form: &Form, visit: &Visit) -> Response {
    let shell = visit.page();
    let typed = form
        .texts()
        .filter(|(name, _)| *name != csrf::FIELD && !name.contains("password"))
        .collect();
    let drawn = AgainPage {
        page: &shell,
        typed,
    };
    let answer = visit::html_as(StatusCode::FORBIDDEN, &drawn);
    answer.unwrap_or_else(|_| StatusCode::FORBIDDEN.into_response())
}

/// Where to sign in, and back to this page afterwards.
fn sign_in(desk: Desk, visit: &Visit) -> Response {
    let door = match desk {
        Desk::Staff => "/desk/sign-in",
        Desk::Resident => "/sign-in",
    };
    let back =
        percent_encoding::utf8_percent_encode(&visit.path, percent_encoding::NON_ALPHANUMERIC);
    visit::see(&format!("{door}?back={back}"))
}

fn json(problem: &Problem, visit: &Visit) -> Response {
    let shell = visit.page();
    let refusal = match problem {
        Problem::App(Error::Refused(refusal)) => Some(refusal),
        _ => None,
    };
    let key = refusal.map_or_else(|| problem.key().to_owned(), Refusal::key);
    let faults = refusal.map(Refusal::faults).unwrap_or_default().iter();
    let body = ProblemShape {
        kind: format!("urn:huiyin:problem:{}", plain_key(&key)),
        title: shell.t(problem.key()).into_owned(),
        status: problem.status().as_u16(),
        detail: problem.text(&shell),
        errors: faults
            .map(|fault| FieldProblem {
                field: fault.field.clone(),
                key: plain_key(fault.key).to_owned(),
                detail: filled(&shell, fault.key, &named(fault))
                    .unwrap_or_else(|| fault.key.to_owned()),
            })
            .collect(),
    };
    let mut answer = Json(body).into_response();
    *answer.status_mut() = problem.status();
    let headers = answer.headers_mut();
    let media_type = HeaderValue::from_static("application/problem+json");
    headers.insert(header::CONTENT_TYPE, media_type);
    if let Ok(lang) = HeaderValue::from_str(shell.lang.as_str()) {
        headers.insert(header::CONTENT_LANGUAGE, lang);
    }
    if problem.status() == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    answer
}

/// The words of a fault, and the name of its field, which some sentences say.
fn named(fault: &FieldFault) -> Args {
    let mut args = fault.args.clone();
    args.push(("field", fault.field.clone()));
    args
}

/// The key of a sentence without the family that it stands in.
fn plain_key(key: &str) -> &str {
    ["problem-", "refused-", "fault-"]
        .into_iter()
        .find_map(|family| key.strip_prefix(family))
        .unwrap_or(key)
}
