//! A telephone number or mail address, for answers; it lies under the seal.

use huiyin_domain::case::Value;

use crate::form::Form;

use super::line::{Control, draw_line};
use super::{Frame, Got, entered};

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let control = Control {
        kind: "text",
        mode: "",
        autocomplete: "tel",
        chars_max: Some(200),
    };
    draw_line(frame, control, "field-phone-help")
}

pub(super) fn read(name: &str, form: &Form) -> Got {
    Ok(entered(name, form).map(|number| Value::Text(number.to_owned())))
}
