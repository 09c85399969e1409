//! Several units: the suggested ones in sight, the others one press away.

use askama::Template;
use huiyin_domain::case::Value;

use crate::form::Form;
use crate::layout::Page;

use super::known::{self, Group};
use super::{Frame, Got};

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

pub(super) fn read(name: &str, form: &Form) -> Got {
    let mut units = Vec::new();
    for text in form.all(name).filter(|text| !text.is_empty()) {
        let unit = text.parse().map_err(|_| "fault-not-a-choice")?;
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    Ok((!units.is_empty()).then_some(Value::Units(units)))
}
