//! One unit, what is suggested first.

use huiyin_domain::case::Value;

use crate::form::Form;

use super::{Frame, Got, entered, item};

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    item::draw_select(frame, &frame.known.units, &frame.known.suggested_units)
}

pub(super) fn read(name: &str, form: &Form) -> Got {
    let Some(text) = entered(name, form) else {
        return Ok(None);
    };
    let unit = text.parse().map_err(|_| "fault-not-a-choice")?;
    Ok(Some(Value::Unit(unit)))
}
