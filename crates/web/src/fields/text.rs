//! Text, on one line or on many.

use askama::Template;
use huiyin_domain::case::{FieldType, Lines, Value};

use crate::form::Form;
use crate::layout::Page;

use super::{Frame, Got};

#[derive(Template)]
#[template(path = "fields/text.html")]
struct Text<'a> {
    page: &'a Page,
    frame: &'a Frame<'a>,
    chars_max: usize,
    is_long: bool,
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let (chars_max, is_long) = match frame.field.kind {
        FieldType::Text { max, lines } => (max, lines == Lines::Many),
        _ => (200, false),
    };
    Text {
        page: frame.page,
        frame,
        chars_max,
        is_long,
    }
    .render()
}

pub(super) fn read(name: &str, form: &Form) -> Got {
    let text = form.get(name).unwrap_or_default();
    Ok((!text.trim().is_empty()).then(|| Value::Text(text.trim().to_owned())))
}
