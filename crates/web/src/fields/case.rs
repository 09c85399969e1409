//! Another case, by its number.

use huiyin_domain::case::Value;

use crate::form::Form;

use super::line::{Control, draw_line};
use super::{Frame, Got, entered};

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let control = Control {
        kind: "text",
        mode: "",
        autocomplete: "off",
        chars_max: Some(20),
    };
    draw_line(frame, control, "field-case-help")
}

pub(super) fn read(name: &str, form: &Form) -> Got {
    let Some(text) = entered(name, form) else {
        return Ok(None);
    };
    let case = text.parse().map_err(|_| "fault-no-such-case")?;
    Ok(Some(Value::Case(case)))
}
