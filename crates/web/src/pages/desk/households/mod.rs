//! Households at the desk and outdoors: the doors of a place, many at once, one of them with what
//! its people left.

pub mod import;
pub mod list;
pub mod one;
pub mod own;
pub mod run;

use std::collections::BTreeMap;

use huiyin_app::households::leave_contact::Agreed;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;

use super::show;
use crate::form::Form;
use crate::layout::Page;

/// Whether the tick is set that the people of a door agreed.
fn agreed(form: &Form) -> Agreed {
    match form.text("agreed") {
        "yes" => Agreed::Yes,
        _ => Agreed::No,
    }
}

fn place_word(page: &Page, place: &PlaceCode, names: &BTreeMap<PlaceCode, Names>) -> String {
    show::place_word(page, place, |code| names.get(code))
}
