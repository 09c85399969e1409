//! Yes or no.

use askama::Template;

use crate::layout::Page;

use super::Frame;

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
