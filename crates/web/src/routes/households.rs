//! Households: the doors of places, one door, and what its people left.

use huiyin_domain::access::Action;

use super::Permission::Staff;
use super::{Route, get, post};
use crate::pages::desk::households;

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    use Action::{HouseholdsContact, HouseholdsKeep, HouseholdsRead};
    vec![
        get("/desk/households", Staff(HouseholdsRead), households::own::show),
        get("/desk/households/import", Staff(HouseholdsKeep), households::import::show),
        post("/desk/households/import", Staff(HouseholdsKeep), households::import::take),
        get("/desk/households/{place}", Staff(HouseholdsRead), households::list::show),
        get("/desk/households/{place}/doors.csv", Staff(HouseholdsRead), households::list::export),
        post("/desk/households/{place}/doors", Staff(HouseholdsKeep), households::list::add),
        post("/desk/households/{place}/contact", Staff(HouseholdsContact), households::list::leave),
        get("/desk/households/{place}/run", Staff(HouseholdsKeep), households::run::show),
        post("/desk/households/{place}/run", Staff(HouseholdsKeep), households::run::take),
        get("/desk/household/{household}", Staff(HouseholdsRead), households::one::show),
        post("/desk/household/{household}", Staff(HouseholdsKeep), households::one::change),
        post("/desk/household/{household}/close", Staff(HouseholdsKeep), households::one::close),
        post("/desk/household/{household}/contact", Staff(HouseholdsContact), households::one::leave),
        post("/desk/household/{household}/contact/open", Staff(HouseholdsContact), households::one::open),
        post("/desk/household/{household}/contact/erase", Staff(HouseholdsContact), households::one::erase),
    ]
}
