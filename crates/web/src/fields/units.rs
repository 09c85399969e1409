//! Several units: the suggested ones in sight, the others one press away.

use askama::Template;

use crate::layout::Page;

use super::Frame;
use super::known::{self, Group};

#[derive(Template)]
#[template(path = "fields/units.html")]
struct Units<'a> {
    page: &'a Page,
    frame: &'a Frame<'a>,
    suggested: Vec<(String, String)>,
    groups: Vec<Group>,
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let groups = frame.known.units.as_slice();
    let in_sight = |value: &str| {
        frame
            .known
            .suggested_units
            .iter()
            .any(|known| known == value)
            || frame.has(value)
    };
    let (suggested, groups) = known::apart(groups, in_sight);
    Units {
        page: frame.page,
        frame,
        suggested,
        groups,
    }
    .render()
}
