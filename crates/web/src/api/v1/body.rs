//! A JSON body: its type and size are looked at first, then whether it is JSON at all
//! (and where not), then whether it says what is asked, field by field.

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use huiyin_app::Refusal;
use huiyin_domain::case::FieldFault;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::form::{self, Fault};
use crate::problem::Problem;

/// The longest body.
pub const BYTES_MAX: usize = 1 << 20;

/// A body that says a `T`, and the very bytes in which it came.
pub struct Body<T> {
    pub said: T,
    pub bytes: Bytes,
}

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Body<T>, Problem> {
        is_json(request.headers())?;
        let bytes = form::whole(request.into_body(), BYTES_MAX);
        let bytes = bytes.await.map_err(Problem::Form)?;
        Ok(Body {
            said: read(&bytes)?,
            bytes,
        })
    }
}

fn is_json(headers: &HeaderMap) -> Result<(), Problem> {
    let line = headers
        .get(header::CONTENT_TYPE)
        .and_then(|line| line.to_str().ok());
    let mut parts = line
        .unwrap_or_default()
        .split(';')
        .map(|part| part.trim().to_ascii_lowercase());
    let is_json = parts.next().as_deref() == Some("application/json");
    let is_utf8 = parts
        .filter_map(|part| part.strip_prefix("charset=").map(str::to_owned))
        .all(|charset| charset.trim_matches('"') == "utf-8");
    match is_json && is_utf8 {
        true => Ok(()),
        false => Err(Problem::Form(Fault::Encoding)),
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|_| Problem::Form(Fault::NotUtf8))?;
    let whole: Value = serde_json::from_str(text).map_err(|fault| Problem::NotJson {
        line: fault.line(),
        column: fault.column(),
    })?;
    let mut faults = Vec::new();
    find_nul(&whole, "", &mut faults);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    serde_path_to_error::deserialize(whole).map_err(|fault| {
        let (path, key) = (fault.path().to_string(), key_of(fault.inner()));
        let missing = (key == "fault-missing-field").then(|| quoted(fault.inner()));
        let path = match (path.as_str(), missing.flatten()) {
            (_, None) => path,
            (".", Some(name)) => name,
            (around, Some(name)) => format!("{around}.{name}"),
        };
        Refusal::Invalid(vec![FieldFault::new(&path, key)]).into()
    })
}

/// What is wrong, as far as serde says it.
fn key_of(fault: &serde_json::Error) -> &'static str {
    let text = fault.to_string();
    if text.starts_with("unknown field") {
        "fault-unknown-field"
    } else if text.starts_with("missing field") {
        "fault-missing-field"
    } else if text.starts_with("unknown variant") {
        "fault-not-choice"
    } else {
        "fault-wrong-type"
    }
}

/// The field that serde names.
fn quoted(fault: &serde_json::Error) -> Option<String> {
    fault.to_string().split('`').nth(1).map(str::to_owned)
}

/// A NUL ends a text in places where we do not want it to end.
fn find_nul(value: &Value, path: &str, faults: &mut Vec<FieldFault>) {
    match value {
        Value::String(text) if text.contains('\0') => {
            faults.push(FieldFault::new(path, "fault-nul"));
        }
        Value::Array(members) => members
            .iter()
            .for_each(|member| find_nul(member, path, faults)),
        Value::Object(members) => {
            for (name, member) in members {
                let inner = match path {
                    "" => name.clone(),
                    path => format!("{path}.{name}"),
                };
                if name.contains('\0') {
                    faults.push(FieldFault::new(&inner, "fault-nul"));
                }
                find_nul(member, &inner, faults);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Said {
        #[serde(rename = "kind")]
        _kind: String,
        #[serde(rename = "inner", default)]
        _inner: Option<Inner>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[serde(rename = "number")]
        _number: i64,
    }

    fn fault(json: &str) -> (String, &'static str) {
        match read::<Said>(json.as_bytes()).unwrap_err() {
            Problem::App(error) => {
                let fault = error.refusal().unwrap().faults()[0].clone();
                (fault.field, fault.key)
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_fault_is_told_with_its_place() {
        let told = |json, field: &str, key| assert_eq!(fault(json), (field.to_owned(), key));
        told(r#"{"kind":"a","shoe":1}"#, "shoe", "fault-unknown-field");
        told("{}", "kind", "fault-missing-field");
        told(
            r#"{"kind":"a","inner":{}}"#,
            "inner.number",
            "fault-missing-field",
        );
        told(r#"{"kind":1}"#, "kind", "fault-wrong-type");
        told(
            r#"{"kind":"a","inner":{"number":"1"}}"#,
            "inner.number",
            "fault-wrong-type",
        );
        told(r#"{"kind":"a\u0000"}"#, "kind", "fault-nul");
        told("[]", ".", "fault-wrong-type");
    }

    #[test]
    fn what_is_not_json_is_told_with_line_and_column() {
        let problem = read::<Said>(b"{\n  \"kind\": }").unwrap_err();
        assert!(matches!(
            problem,
            Problem::NotJson {
                line: 2,
                column: 11
            }
        ));
        let deep = "[".repeat(100_000);
        assert!(matches!(
            read::<Said>(deep.as_bytes()),
            Err(Problem::NotJson { .. })
        ));
        assert!(matches!(
            read::<Said>(b"\"\xff\""),
            Err(Problem::Form(Fault::NotUtf8))
        ));
    }

    #[test]
    fn only_json_in_utf_8_is_read() {
        let says = |line: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, line.parse().unwrap());
            is_json(&headers).is_ok()
        };
        assert!(says("application/json"));
        assert!(says("Application/JSON; charset=UTF-8"));
        assert!(!says("application/json; charset=gbk"));
        assert!(!says("text/json"));
        assert!(is_json(&HeaderMap::new()).is_err());
    }
}
