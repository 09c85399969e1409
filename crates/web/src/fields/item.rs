//! An item of the duty list, under its heading.

use askama::Template;
use huiyin_domain::case::Value;

use crate::form::Form;
use crate::layout::Page;

use super::known::{self, Group};
use super::{Frame, Got, entered};

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

pub(super) fn read(name: &str, form: &Form) -> Got {
    let Some(text) = entered(name, form) else {
        return Ok(None);
    };
    let item = text.parse().map_err(|_| "fault-not-a-choice")?;
    Ok(Some(Value::Item(item)))
}
