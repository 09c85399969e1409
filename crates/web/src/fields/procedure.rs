//! A procedure of the guide, under its group.

use super::Frame;
use super::item::draw_select;

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    draw_select(frame, &frame.known.procedures, &[])
}
