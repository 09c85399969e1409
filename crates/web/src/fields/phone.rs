//! A telephone number, for answers; it lies under the seal.

use super::Frame;
use super::line::{Control, draw_line};

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let control = Control {
        kind: "tel",
        mode: "",
        autocomplete: "tel",
        chars_max: Some(200),
    };
    draw_line(frame, control, "field-phone-help")
}
