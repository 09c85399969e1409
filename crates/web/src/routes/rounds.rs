//! Rounds: today, all of them, one with its spots, and what the community keeps.

use huiyin_domain::access::Action;

use super::Permission::Staff;
use super::{Route, get, post};
use crate::pages::desk::rounds;

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    use Action::RoundsWalk;
    vec![
        get("/desk/today", Staff(RoundsWalk), rounds::today::show),
        get("/desk/rounds", Staff(RoundsWalk), rounds::board::show),
        get("/desk/rounds/{round}", Staff(RoundsWalk), rounds::round::show),
        get("/desk/rounds/{round}/{spot}", Staff(RoundsWalk), rounds::spot::show),
        post("/desk/rounds/{round}/{spot}", Staff(RoundsWalk), rounds::spot::tell),
    ]
}
