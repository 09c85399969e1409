//! The land of whoever looks after it: what lies in a place, what it was, what becomes of it.

use huiyin_domain::access::Action;

use super::Permission::Staff;
use super::{Route, get, post};
use crate::pages::desk;

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    use Action::PlacesChange;
    vec![
        get("/desk/places", Staff(PlacesChange), desk::places::list),
        get("/desk/places/{place}", Staff(PlacesChange), desk::places::show),
        get("/desk/places/{place}/border", Staff(PlacesChange), desk::border::show),
        post("/desk/places/{place}/border", Staff(PlacesChange), desk::border::save),
        get("/desk/places/{place}/border/near", Staff(PlacesChange), desk::border::near),
        get("/desk/places/{place}/change/{sort}", Staff(PlacesChange), desk::place_change::new),
        post("/desk/places/{place}/change/{sort}", Staff(PlacesChange), desk::place_change::change),
    ]
}
