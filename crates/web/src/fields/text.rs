//! Text, on one line or on many.

use askama::Template;
use huiyin_domain::case::FieldType;

use crate::layout::Page;

use super::Frame;

#[derive(Template)]
#[template(path = "fields/text.html")]
struct Text<'a> {
    page: &'a Page,
    frame: &'a Frame<'a>,
    chars_max: usize,
    is_long: bool,
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let (chars_max, is_long) = match &frame.field.kind {
        FieldType::Text(text) => (text.max, text.is_long),
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
