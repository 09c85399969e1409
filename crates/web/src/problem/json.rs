//! A problem as the API tells it (RFC 9457).

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_app::{Error, Refusal};

use super::{Problem, told};
use crate::api::v1::{FieldProblem, ProblemShape};
use crate::visit::Visit;

pub(super) fn json(problem: &Problem, visit: &Visit) -> Response {
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
                detail: told(&shell, fault).unwrap_or_else(|| fault.key.to_owned()),
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

/// The key of a sentence without the family that it stands in.
fn plain_key(key: &str) -> &str {
    ["problem-", "refused-", "fault-"]
        .into_iter()
        .find_map(|family| key.strip_prefix(family))
        .unwrap_or(key)
}
