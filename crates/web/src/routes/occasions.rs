//! Lists of many cases at once, and days on which many are brought together.

use huiyin_domain::access::Action;

use super::{Route, get, post};
use crate::guard::Permission::{Public, Staff};
use crate::pages::{desk, public};

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    vec![
        get("/occasions", Public, public::occasions::list),
        get("/occasions/{occasion}", Public, public::occasions::show),
        get("/desk/collections", Staff(Action::CollectionsBring), desk::collections::list),
        get("/desk/collections/new", Staff(Action::CollectionsBring), desk::collections::new),
        post("/desk/collections", Staff(Action::CollectionsBring), desk::collections::take),
        get("/desk/collections/{collection}", Staff(Action::CollectionsBring), desk::collections::show),
        get("/desk/occasions", Staff(Action::OccasionsRun), desk::occasions::list),
        get("/desk/occasions/new", Staff(Action::OccasionsRun), desk::occasions::new),
        post("/desk/occasions", Staff(Action::OccasionsRun), desk::occasions::add),
        get("/desk/occasions/{occasion}", Staff(Action::OccasionsRun), desk::occasion::show),
        get("/desk/occasions/{occasion}/add", Staff(Action::OccasionsRun), desk::occasion::add),
        post("/desk/occasions/{occasion}/add", Staff(Action::OccasionsRun), desk::occasion::put),
        get("/desk/occasions/{occasion}/packing", Staff(Action::OccasionsRun), desk::occasion::packing),
        post("/desk/occasions/{occasion}/packing", Staff(Action::OccasionsRun), desk::occasion::pack),
        post("/desk/occasions/{occasion}/tick", Staff(Action::OccasionsRun), desk::occasion::tick),
        post("/desk/occasions/{occasion}/off/{case}", Staff(Action::OccasionsRun), desk::occasion::off),
        post("/desk/occasions/{occasion}/cancel", Staff(Action::OccasionsRun), desk::occasion::cancel),
        post("/desk/occasions/{occasion}/end", Staff(Action::OccasionsRun), desk::occasion::end),
    ]
}
