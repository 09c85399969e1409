//! Forms that were written down without signal. They are sent as they would have been, with
//! three headers more, and applied once, however often they are delivered; their files have
//! come ahead and are put in here, so that no handler knows the difference.
//!
//! Whoever sends is told one of three things: `done`, with where it leads; which files are not
//! there yet; or what the handler answers, a page that says what is wrong. In the last two
//! cases nothing was written, and the same form may be sent again.

use std::sync::Arc;

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use huiyin_app::offline::once::{self, Mended, Outcome};
use huiyin_app::offline::{Token, staged};
use huiyin_domain::id::PersonId;
use jiff::SignedDuration;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::csrf;
use crate::form::{self, FORM_BYTES_MAX, Form, Upload};
use crate::problem::Problem;
use crate::seal::Purpose;
use crate::state::AppState;
use crate::visit::Visit;

/// The name of the form, made on the phone.
const ID: &str = "x-queue-id";
/// How long ago it was written down: by one clock at both ends, so that a wrong one does no harm.
const MADE_MS: &str = "x-queue-made-ms";
/// Whose it is, so that nobody sends what somebody else wrote on the same phone.
const OWNER: &str = "x-queue-owner";
/// Somebody waits for the answer, and reads on the next page what was said.
const HERE: &str = "x-queue-here";
/// In front of the name of a field whose file has come ahead; its text is `token:size`.
const FILE: &str = "queue-file:";
const FILES_MAX: usize = 24;

/// A form that waited.
pub struct Queued {
    token: Token,
    age: SignedDuration,
    answered: Answered,
}

/// Whether somebody waits for the answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answered {
    Here,
    Unseen,
}

/// What is answered when the handler's page is not.
#[derive(Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
enum Told {
    Done {
        see: Option<String>,
        /// Whether it was applied by an earlier delivery.
        before: bool,
        /// Whether that delivery said something else: the form was mended meanwhile.
        differs: bool,
    },
    Files {
        missing: Vec<String>,
    },
}

/// The person as a phone knows them: it tells two people apart, and nothing about either.
pub fn owner(state: &AppState, person: PersonId) -> String {
    state.secret.seal(Purpose::Owner, &person.to_string())
}

/// What the headers of a request say; none when it is a form like any other.
pub fn of(visit: &Visit, headers: &HeaderMap) -> Result<Option<Queued>, Problem> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(token) = text(ID) else {
        return Ok(None);
    };
    let token = Token::parse(token).ok_or(Problem::Header(ID))?;
    let person = visit.actor.person().ok_or(Problem::NotPermitted)?;
    if text(OWNER) != Some(&owner(&visit.state, person)) {
        return Err(Problem::NotPermitted);
    }
    // A clock that was years behind says nothing; what it says is cut where it is used.
    let age_ms: u64 = text(MADE_MS)
        .and_then(|age| age.parse().ok())
        .ok_or(Problem::Header(MADE_MS))?;
    let age_ms = u32::try_from(age_ms).unwrap_or(u32::MAX);
    Ok(Some(Queued {
        token,
        age: SignedDuration::from_millis(age_ms.into()),
        answered: match headers.contains_key(HERE) {
            true => Answered::Here,
            false => Answered::Unseen,
        },
    }))
}

/// Runs the handler unless this form was applied before.
pub async fn once(visit: &Visit, queued: Queued, mut request: Request, next: Next) -> Response {
    let form = request.extensions_mut().remove::<Form>();
    let form = form.unwrap_or_default();
    let (app, actor) = (&visit.state.app, &visit.actor);
    let delivered = once::Request {
        token: queued.token,
        request_hash: hash(&form),
        age: queued.age,
    };
    let handler = async {
        match with_files(visit, form).await {
            Ok((form, files)) => {
                request.extensions_mut().insert(form);
                (next.run(request).await, files)
            }
            Err(answer) => (*answer, Vec::new()),
        }
    };
    match once::once(app, actor, delivered, handler).await {
        Err(error) => Problem::from(error).into_response(),
        Ok(Outcome::Before(mended)) => repeated(mended),
        Ok(Outcome::Applied((answer, files))) => {
            if !files.is_empty()
                && let Err(error) = staged::put_away(app, actor, files).await
            {
                tracing::warn!(%error, "pieces of files are left to the sweep");
            }
            done(&answer, queued.answered)
        }
        // It leads somewhere, and nothing was to be written: there was nothing to do.
        Ok(Outcome::Nothing((answer, _)))
            if answer.status().is_redirection() && !is_refused(&answer) =>
        {
            done(&answer, queued.answered)
        }
        Ok(Outcome::Nothing((answer, _))) => answer,
    }
}

/// Whether the answer carries why something could not be done.
fn is_refused(answer: &Response) -> bool {
    answer.extensions().get::<Arc<Problem>>().is_some()
}

fn done(answer: &Response, answered: Answered) -> Response {
    let see = answer.headers().get(header::LOCATION);
    let see = see.and_then(|see| see.to_str().ok()).map(str::to_owned);
    let told = Told::Done {
        see,
        before: false,
        differs: false,
    };
    let mut done = Json(told).into_response();
    if answered == Answered::Here {
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            done.headers_mut()
                .append(header::SET_COOKIE, cookie.clone());
        }
    }
    done
}

fn repeated(mended: Mended) -> Response {
    let told = Told::Done {
        see: None,
        before: true,
        differs: mended == Mended::Since,
    };
    Json(told).into_response()
}

/// Of everything that was handed in but the token, which is another one each time.
fn hash(form: &Form) -> [u8; 32] {
    let mut hash = Sha256::new();
    for (name, text) in form.texts().filter(|(name, _)| *name != csrf::FIELD) {
        for part in [name, text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    hash.finalize().into()
}

/// The files that a form names: field, token, size. No file twice, and together no more than a
/// form may carry that brings them itself.
fn named(form: &Form) -> Result<Vec<(&str, Token, usize)>, Problem> {
    let mut named: Vec<(&str, Token, usize)> = Vec::new();
    for (name, text) in form.texts() {
        let Some(field) = name.strip_prefix(FILE) else {
            continue;
        };
        let parsed = text.split_once(':').and_then(|(token, size)| {
            let size: usize = size.parse().ok()?;
            Some((Token::parse(token)?, size))
        });
        let (token, size) = parsed.ok_or(Problem::Malformed)?;
        if named.iter().any(|(_, other, _)| *other == token) {
            return Err(Problem::Malformed);
        }
        named.push((field, token, size));
    }
    let together = named
        .iter()
        .try_fold(0_usize, |sum, (.., size)| sum.checked_add(*size));
    match together {
        Some(together) if together <= FORM_BYTES_MAX && named.len() <= FILES_MAX => Ok(named),
        _ => Err(Problem::Form(form::Fault::TooLarge)),
    }
}

/// The form with the files that have come ahead; else which have not.
async fn with_files(visit: &Visit, form: Form) -> Result<(Form, Vec<Token>), Box<Response>> {
    let refused = |problem: Problem| Box::new(problem.into_response());
    let mut whole = form.clone();
    let (mut tokens, mut missing) = (Vec::new(), Vec::new());
    for (field, token, size) in named(&form).map_err(refused)? {
        let (app, actor) = (&visit.state.app, &visit.actor);
        // What has not come whole is not read.
        let there = staged::size(app, actor, &token).await;
        if usize::try_from(there.map_err(|error| refused(error.into()))?) != Ok(size) {
            missing.push(token.as_str().to_owned());
            continue;
        }
        let content = staged::content(app, actor, &token).await;
        let bytes = content.map_err(|error| refused(error.into()))?;
        whole.put(&format!("{FILE}{field}"), []);
        whole.attach(Upload {
            field: field.to_owned(),
            bytes: Some(bytes),
        });
        tokens.push(token);
    }
    if missing.is_empty() {
        return Ok((whole, tokens));
    }
    let told = Json(Told::Files { missing });
    Err(Box::new((StatusCode::CONFLICT, told).into_response()))
}
