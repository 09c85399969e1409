//! Another case: chosen from those that seem to be about the same thing, or by its number.

use askama::Template;

use crate::form::Form;
use crate::layout::Page;

use super::Frame;
use super::known::LikeCase;
use super::line::{Control, draw_line};

const NUMBER_CHARS_MAX: usize = 20;

#[derive(Template)]
#[template(path = "fields/case.html")]
struct CaseField<'a> {
    page: &'a Page,
    frame: &'a Frame<'a>,
    like: &'a [LikeCase],
    typed_name: String,
    typed: &'a str,
}

/// The name under which a number is typed beside what can be chosen.
fn typed_name(name: &str) -> String {
    format!("{name}--typed")
}

/// What was handed in: the number that was typed goes before what is chosen, which cannot be
/// unchosen without JavaScript.
pub(super) fn entered<'f>(name: &str, form: &'f Form) -> Option<&'f str> {
    let typed = form.get(&typed_name(name)).map(str::trim);
    typed
        .filter(|typed| !typed.is_empty())
        .or_else(|| form.get(name))
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let like = &frame.known.cases;
    if like.is_empty() {
        let control = Control {
            kind: "text",
            mode: "",
            autocomplete: "off",
            chars_max: Some(NUMBER_CHARS_MAX),
        };
        return draw_line(frame, control, "field-case-help");
    }
    let entered = entered(&frame.name, frame.form).unwrap_or_default();
    let is_like = like.iter().any(|like| like.id == entered);
    CaseField {
        page: frame.page,
        typed_name: typed_name(&frame.name),
        typed: if is_like { "" } else { entered },
        frame,
        like,
    }
    .render()
}
