//! Voice notes: spoken into the page where the browser can record, else chosen as files.

use askama::Template;

use super::{Frame, photos};
use crate::layout::Page;

#[derive(Template)]
#[template(path = "fields/sounds.html")]
struct Sounds<'a> {
    page: &'a Page,
    frame: &'a Frame<'a>,
    kept: Vec<&'a str>,
    count_max: usize,
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    Sounds {
        page: frame.page,
        frame,
        kept: photos::kept(frame),
        count_max: photos::count_max(frame.field),
    }
    .render()
}
