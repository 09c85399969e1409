//! The headers of the API: a key under which a request may be repeated, the version that
//! somebody has seen, the version that there is.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use huiyin_app::cases::IdempotencyKey;
use huiyin_app::{Error, Refusal};
use huiyin_domain::access::Who;

use crate::problem::Problem;
use crate::visit::Visit;

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Short keys could be guessed by somebody who wants another's receipt.
const KEY_CHARS: std::ops::RangeInclusive<usize> = 16..=128;
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The key of a request, if it has one; `said` is what is asked under it.
pub fn idempotency_key(
    visit: &Visit,
    headers: &HeaderMap,
    said: &[u8],
) -> Result<Option<IdempotencyKey>, Problem> {
    let Some(key) = headers.get(KEY) else {
        return Ok(None);
    };
    let key = key
        .to_str()
        .ok()
        .filter(|key| KEY_CHARS.contains(&key.len()))
        .filter(|key| {
            key.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        })
        .ok_or(Problem::Header("Idempotency-Key"))?;
    let caller = match visit.actor.who {
        Who::Service(token) => format!("token {token}"),
        _ => "api".to_owned(),
    };
    // The same key for another address or with other words is another request.
    let mut asked = visit.path.clone().into_bytes();
    asked.push(b'\n');
    asked.extend_from_slice(said);
    Ok(Some(IdempotencyKey::new(&caller, key, &asked)))
}

/// The version that the caller has seen, if they say so.
pub fn if_match(headers: &HeaderMap) -> Result<Option<i64>, Problem> {
    let Some(line) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let line = line.to_str().unwrap_or_default().trim();
    if line == "*" {
        return Ok(None);
    }
    let version = line
        .strip_prefix('"')
        .and_then(|line| line.strip_suffix('"'))
        .filter(|digits| digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|digits| digits.parse().ok());
    version.map(Some).ok_or(Problem::Header("If-Match"))
}

/// A step that was decided on an older version: nothing was done.
pub fn stale_as_such(error: Error) -> Problem {
    match error {
        Error::Refused(Refusal::Stale { .. }) => Problem::Stale,
        other => other.into(),
    }
}

/// The answer with the version of the case.
pub fn with_version(answer: impl IntoResponse, version: i64) -> Response {
    let mut answer = answer.into_response();
    let tag = HeaderValue::from_str(&format!("\"{version}\"")).expect("a number and two quotes");
    answer.headers_mut().insert(header::ETAG, tag);
    answer
}

/// The answer, marked when it is the same as to an earlier request with the same key.
pub fn replayed(mut answer: Response, repeated: bool) -> Response {
    if repeated {
        let yes = HeaderValue::from_static("true");
        answer.headers_mut().insert(REPLAYED, yes);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(line: &str) -> Option<Option<i64>> {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_MATCH, line.parse().unwrap());
        if_match(&headers).ok()
    }

    #[test]
    fn a_version_is_read_and_nothing_else() {
        assert_eq!(seen("\"12\""), Some(Some(12)));
        assert_eq!(seen("*"), Some(None));
        assert_eq!(if_match(&HeaderMap::new()).unwrap(), None);
        for bad in [
            "12",
            "\"\"",
            "W/\"12\"",
            "\"a\"",
            "\"1\", \"2\"",
            "\"1234567890123456\"",
        ] {
            assert_eq!(seen(bad), None, "{bad}");
        }
    }
}
