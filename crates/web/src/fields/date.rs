//! A day.

use super::Frame;
use super::line::{Control, draw_line};

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let control = Control {
        kind: "date",
        mode: "",
        autocomplete: "off",
        chars_max: None,
    };
    draw_line(frame, control, "")
}
