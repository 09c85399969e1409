//! Yes or no.

use askama::Template;
use huiyin_domain::case::Value;

use crate::form::Form;
use crate::layout::Page;

use super::{Frame, Got, entered};

#[derive(Template)]
#[template(path = "fields/yes_no.html")]
struct YesNo<'a> {
    page: &'a Page,
    frame: &'a Frame<'a>,
    yes: String,
    no: String,
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    // A kind may have its own words for the two answers.
    let word = |answer: &str, common: &str| match frame.choice(answer) {
        own if own != answer => own,
        _ => frame.page.t(common).into_owned(),
    };
    let (yes, no) = (word("yes", "field-yes"), word("no", "field-no"));
    YesNo {
        page: frame.page,
        frame,
        yes,
        no,
    }
    .render()
}

pub(super) fn read(name: &str, form: &Form) -> Got {
    match entered(name, form) {
        None => Ok(None),
        Some("yes") => Ok(Some(Value::YesNo(true))),
        Some("no") => Ok(Some(Value::YesNo(false))),
        Some(_) => Err("fault-not-a-choice"),
    }
}
