//! One unit, what is suggested first.

use super::{Frame, item};

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    item::draw_select(frame, &frame.known.units, &frame.known.suggested_units)
}
