//! A service of the menu, under the place whose menu it is.

use super::Frame;
use super::item::draw_select;

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    draw_select(frame, &frame.known.services, &[])
}
