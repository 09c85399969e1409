//! One of a few choices, as rows or, when they are short, as chips.

use askama::Template;

use crate::layout::Page;

use super::Frame;
use super::choices::{Option, options};

#[derive(Template)]
#[template(path = "fields/choice.html")]
struct Choice<'a> {
    page: &'a Page,
    frame: &'a Frame<'a>,
    control: &'static str,
    options: Vec<Option>,
    are_short: bool,
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    draw_as("radio", frame)
}

/// The same template serves one choice and several.
pub(super) fn draw_as(control: &'static str, frame: &Frame<'_>) -> Result<String, askama::Error> {
    let options = options(frame);
    Choice {
        page: frame.page,
        frame,
        control,
        are_short: options
            .iter()
            .all(|option| option.label.chars().count() <= 12),
        options,
    }
    .render()
}
