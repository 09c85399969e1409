//! A whole number.

use super::Frame;
use super::line::{Control, draw_line};

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    // Not `type=number`: it drops what it cannot read, and with it what was typed.
    let control = Control {
        kind: "text",
        mode: "numeric",
        autocomplete: "off",
        chars_max: Some(20),
    };
    draw_line(frame, control, "")
}
