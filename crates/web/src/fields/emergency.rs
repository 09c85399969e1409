//! Whom to call when something happens; it lies under the seal.

use super::Frame;
use super::line::{Control, draw_line};

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let control = Control {
        kind: "text",
        mode: "",
        autocomplete: "off",
        chars_max: Some(120),
    };
    draw_line(frame, control, "field-emergency-help")
}
