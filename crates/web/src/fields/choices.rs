//! Any of a few choices.

use super::{Frame, choice};

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
        .words()
        .into_iter()
        .map(|choice| Option {
            label: frame.choice(choice),
            chosen: frame.has(choice),
            value: choice.to_owned(),
        })
        .collect()
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    choice::draw_as("checkbox", frame)
}
