//! What is wrong with a form that comes back: a sentence beside each field, and one above for
//! what is wrong with the whole.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use huiyin_app::{Error, Refusal};

use crate::layout::Page;
use crate::pages::desk::saying;
use crate::problem::Problem;

/// Nothing is wrong, unless it says so.
#[derive(Debug, Default)]
pub struct Wrong {
    pub status: StatusCode,
    pub above: String,
    at: BTreeMap<String, String>,
}

impl Wrong {
    /// What to say of a refusal; what was not found or is not permitted has a page of its own.
    pub fn of(page: &Page, error: Error) -> Result<Wrong, Problem> {
        let faults = error.refusal().map(Refusal::faults).unwrap_or_default();
        let at: BTreeMap<String, String> = faults
            .iter()
            .map(|fault| {
                let sentence = saying::filled(page, fault.key, &fault.words());
                (fault.field.clone(), sentence)
            })
            .collect();
        let (status, said) = saying::refused(page, error)?;
        let above = match at.is_empty() {
            true => said.text,
            false => said.title,
        };
        Ok(Wrong { status, above, at })
    }

    /// What is wrong with a field, empty when nothing is.
    pub fn at(&self, field: &str) -> &str {
        self.at.get(field).map_or("", String::as_str)
    }
}
