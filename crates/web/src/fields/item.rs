//! An item of the duty list, under its heading.

use askama::Template;

use crate::layout::Page;

use super::Frame;
use super::known::{self, Group};

#[derive(Template)]
#[template(path = "fields/select.html")]
struct Select<'a> {
    page: &'a Page,
    frame: &'a Frame<'a>,
    suggested: Vec<(String, String)>,
    groups: Vec<Group>,
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    draw_select(frame, &frame.known.items, &frame.known.suggested_items)
}

/// One of many, in groups, what is suggested first.
pub(super) fn draw_select(
    frame: &Frame<'_>,
    groups: &[Group],
    suggested: &[String],
) -> Result<String, askama::Error> {
    let (suggested, groups) =
        known::apart(groups, |value| suggested.iter().any(|one| one == value));
    Select {
        page: frame.page,
        frame,
        suggested,
        groups,
    }
    .render()
}
