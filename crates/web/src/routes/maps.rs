//! Maps: the one of the desk, tiles, the base map.

use huiyin_domain::access::Action;

use super::Permission::{Public, Staff};
use super::{Route, get};
use crate::pages::{desk, maps};

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    vec![
        get("/map/tiles/{z}/{x}/{tile}", Public, maps::tiles::of_places),
        get("/map/base.pmtiles", Public, maps::base::send),
        get("/desk/map", Staff(Action::CaseList), desk::map::show),
        get("/desk/map/tiles/{z}/{x}/{tile}", Staff(Action::CaseList), maps::tiles::of_desk),
    ]
}
