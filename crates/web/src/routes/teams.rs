//! Teams of grids, their contact cards and their posters.

use huiyin_domain::access::Action;

use super::Permission::{Public, Staff};
use super::{Route, get, post};
use crate::pages::{desk, public};

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    use Action::{TeamEdit, TeamRead};
    use desk::teams;
    vec![
        get("/grids/{place}", Public, public::grids::list),
        get("/grids/{place}/map", Public, public::grids_map::show),
        get("/grid/{place}", Public, public::grids::card),
        get("/desk/teams", Staff(TeamRead), teams::list::show),
        get("/desk/teams/{place}", Staff(TeamRead), teams::team::show),
        post("/desk/teams/{place}", Staff(TeamEdit), teams::new::add),
        get("/desk/teams/{place}/new", Staff(TeamEdit), teams::new::show),
        get("/desk/teams/{place}/posters", Staff(TeamRead), teams::posters::choose),
        get("/desk/teams/{place}/posters.pdf", Staff(TeamRead), teams::posters::pdf),
        get("/desk/teams/{place}/posters/print", Staff(TeamRead), teams::posters::print),
        get("/desk/team/{member}", Staff(TeamEdit), teams::member::show),
        post("/desk/team/{member}", Staff(TeamEdit), teams::member::change),
        get("/desk/team/{member}/stand-in", Staff(TeamEdit), teams::stand_in::show),
        post("/desk/team/{member}/stand-in", Staff(TeamEdit), teams::stand_in::begin),
        get("/desk/team/{member}/hand-over", Staff(TeamEdit), teams::hand_over::show),
        post("/desk/team/{member}/hand-over", Staff(TeamEdit), teams::hand_over::give),
        post("/desk/substitutes/{substitute}/end", Staff(TeamEdit), teams::stand_in::end),
    ]
}
