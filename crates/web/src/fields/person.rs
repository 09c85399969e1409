//! Somebody's name; it lies under the seal.

use super::Frame;
use super::line::{Control, draw_line};

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let control = Control {
        kind: "text",
        mode: "",
        autocomplete: "name",
        chars_max: Some(100),
    };
    draw_line(frame, control, "field-person-help")
}
