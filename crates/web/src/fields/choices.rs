//! Any of a few choices.

use huiyin_domain::case::Value;

use crate::form::Form;

use super::{Frame, Got, choice};

/// Something that can be chosen.
pub(super) struct Option {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// What the field offers.
pub(super) fn options(frame: &Frame<'_>) -> Vec<Option> {
    frame
        .field
        .kind
        .choices()
        .iter()
        .map(|choice| Option {
            label: frame.choice(choice),
            chosen: frame.has(choice),
            value: choice.clone(),
        })
        .collect()
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    choice::draw_as("checkbox", frame)
}

pub(super) fn read(name: &str, form: &Form) -> Got {
    let chosen: Vec<String> = form
        .all(name)
        .filter(|choice| !choice.is_empty())
        .map(str::to_owned)
        .collect();
    Ok((!chosen.is_empty()).then_some(Value::Choices(chosen)))
}
