//! What the desk says when something was not done: the sentence of the refusal, and that
//! nothing typed is lost.

use axum::http::StatusCode;
use huiyin_app::{Error, Refusal};
use huiyin_domain::case::{Args, Class, FieldFault};
use huiyin_domain::words::Value;

use crate::layout::{Page, Tone};
use crate::problem::{Problem, status_of};

/// A sentence at the top of a page that comes back.
#[derive(Clone, Debug)]
pub struct Said {
    pub tone: Tone,
    pub title: String,
    pub text: String,
}

impl Said {
    /// Some fields are not as they should be.
    pub fn fields(page: &Page) -> Said {
        Said {
            tone: Tone::Late,
            title: page.t("desk-refused-fields").into_owned(),
            text: String::new(),
        }
    }

    /// Above a form that says beside each field what is wrong with it, once is enough.
    pub fn above(mut self, faults: &[FieldFault]) -> Said {
        if !faults.is_empty() {
            self.text.clear();
        }
        self
    }
}

/// The sentence of a refusal, or the error when it was none of ours to explain: what is
/// broken, not found or not permitted has a page of its own.
pub fn refused(page: &Page, error: Error) -> Result<(StatusCode, Said), Problem> {
    let refusal = match error {
        Error::Refused(refusal) => refusal,
        other => return Err(other.into()),
    };
    if matches!(refusal.class(), Class::NotFound | Class::NotPermitted) {
        return Err(Error::Refused(refusal).into());
    }
    let status = status_of(refusal.class());
    let tone = match &refusal {
        Refusal::Stale { .. } => Tone::Wait,
        _ => Tone::Late,
    };
    let title = match &refusal {
        Refusal::Stale { .. } => "desk-refused-stale",
        _ if !refusal.faults().is_empty() => "desk-refused-fields",
        _ => "desk-refused",
    };
    let said = Said {
        tone,
        title: page.t(title).into_owned(),
        text: match refusal.faults() {
            [] => sentence(page, &refusal),
            faults => every(page, faults),
        },
    };
    Ok((status, said))
}

/// Every fault in one line, each with what its field is called, for forms that have no place
/// for it.
fn every(page: &Page, faults: &[FieldFault]) -> String {
    let told = faults.iter().map(|fault| {
        let why = filled(page, fault.key, &fault.words());
        match label(&fault.field) {
            Some(key) => page
                .ta(
                    "desk-field-wrong",
                    &[("field", page.t(key).into()), ("why", why.into())],
                )
                .into_owned(),
            None => why,
        }
    });
    told.collect::<Vec<_>>().join(" ")
}

/// What the pages of the administration call their fields.
fn label(field: &str) -> Option<&'static str> {
    Some(match field {
        "name" => "admin-name",
        "code" => "admin-code",
        "category" => "admin-category",
        "place" => "admin-place",
        "parent" => "admin-above",
        "unit" => "admin-unit",
        "role" => "admin-role",
        "scopes" => "admin-scopes",
        _ => return None,
    })
}

/// The sentence of a refusal.
pub fn sentence(page: &Page, refusal: &Refusal) -> String {
    filled(page, &refusal.key(), &refusal.args())
}

/// A sentence with its words filled in.
pub fn filled(page: &Page, key: &str, args: &Args) -> String {
    let args: Vec<(&str, Value<'_>)> = args
        .iter()
        .map(|(name, value)| (*name, Value::from(value.as_str())))
        .collect();
    page.ta(key, &args).into_owned()
}

/// What is wrong with one field, empty when nothing is.
pub fn fault(page: &Page, error: &Error, field: &str) -> String {
    let faults = error.refusal().map(Refusal::faults).unwrap_or_default();
    let fault = faults.iter().find(|fault| fault.field == field);
    fault.map_or_else(String::new, |fault| filled(page, fault.key, &fault.words()))
}
