//! How content somebody is: five faces with words.

use askama::Template;

use crate::layout::Page;

use super::Frame;

#[derive(Template)]
#[template(path = "fields/rating.html")]
struct Rating<'a> {
    page: &'a Page,
    frame: &'a Frame<'a>,
    chosen: i32,
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let chosen = frame.entered().parse().unwrap_or(0);
    Rating {
        page: frame.page,
        frame,
        chosen,
    }
    .render()
}
