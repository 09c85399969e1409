//! Where somebody lives, in their own words; it lies under the seal.

use huiyin_domain::case::Value;

use crate::form::Form;

use super::line::{Control, draw_line};
use super::{Frame, Got, entered};

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let control = Control {
        kind: "text",
        mode: "",
        autocomplete: "street-address",
        chars_max: Some(120),
    };
    draw_line(frame, control, "field-address-help")
}

pub(super) fn read(name: &str, form: &Form) -> Got {
    Ok(entered(name, form).map(|address| Value::Text(address.to_owned())))
}
