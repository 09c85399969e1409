//! Somebody's name; it lies under the seal.

use huiyin_domain::case::Value;

use crate::form::Form;

use super::line::{Control, draw_line};
use super::{Frame, Got, entered};

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let control = Control {
        kind: "text",
        mode: "",
        autocomplete: "name",
        chars_max: Some(100),
    };
    draw_line(frame, control, "field-person-help")
}

pub(super) fn read(name: &str, form: &Form) -> Got {
    Ok(entered(name, form).map(|name| Value::Text(name.to_owned())))
}
