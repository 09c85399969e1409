//! A signature: drawn with a finger where the browser can, else a photo of the paper that was
//! signed. Whoever can do neither is named in the field beside it.

use askama::Template;

use super::{Frame, photos};
use crate::form::FILE_BYTES_MAX;
use crate::layout::Page;

#[derive(Template)]
#[template(path = "fields/signature.html")]
struct Signature<'a> {
    page: &'a Page,
    frame: &'a Frame<'a>,
    kept: Vec<&'a str>,
    megabytes: usize,
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    Signature {
        page: frame.page,
        frame,
        kept: photos::kept(frame),
        megabytes: FILE_BYTES_MAX >> 20,
    }
    .render()
}
