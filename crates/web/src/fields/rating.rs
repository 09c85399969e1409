//! How content somebody is: five faces with words.

use askama::Template;
use huiyin_domain::case::Value;

use crate::form::Form;
use crate::layout::Page;

use super::{Frame, Got, entered};

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

pub(super) fn read(name: &str, form: &Form) -> Got {
    let Some(text) = entered(name, form) else {
        return Ok(None);
    };
    match text.parse() {
        Ok(rating @ 1..=5) => Ok(Some(Value::Rating(rating))),
        _ => Err("fault-not-a-choice"),
    }
}
