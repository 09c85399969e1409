//! Rounds: today, all of them, one with its spots, and what the community keeps.

use huiyin_domain::access::Action;

use super::Permission::Staff;
use super::{Route, get, post};
use crate::pages::desk::rounds;

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    use Action::{RoundsKeep, RoundsWalk};
    vec![
        get("/desk/today", Staff(RoundsWalk), rounds::today::show),
        get("/desk/rounds", Staff(RoundsWalk), rounds::board::show),
        get("/desk/rounds/setup", Staff(RoundsKeep), rounds::setup::show),
        post("/desk/rounds/setup/storm", Staff(RoundsKeep), rounds::setup::storm),
        post("/desk/rounds/setup/cadences", Staff(RoundsKeep), rounds::setup::add_cadence),
        post("/desk/rounds/setup/cadences/{cadence}/end", Staff(RoundsKeep), rounds::setup::end_cadence),
        post("/desk/rounds/setup/checklists", Staff(RoundsKeep), rounds::setup::take),
        get("/desk/rounds/setup/checklists/{checklist}", Staff(RoundsKeep), rounds::checklist::show),
        post("/desk/rounds/setup/checklists/{checklist}", Staff(RoundsKeep), rounds::checklist::change),
        get("/desk/rounds/setup/checklists/{checklist}/{line}", Staff(RoundsKeep), rounds::line::show),
        post("/desk/rounds/setup/checklists/{checklist}/{line}", Staff(RoundsKeep), rounds::line::change),
        get("/desk/rounds/setup/spots/new", Staff(RoundsKeep), rounds::spots::new),
        post("/desk/rounds/setup/spots", Staff(RoundsKeep), rounds::spots::add),
        get("/desk/rounds/setup/spots/{spot}", Staff(RoundsKeep), rounds::spots::show),
        post("/desk/rounds/setup/spots/{spot}", Staff(RoundsKeep), rounds::spots::change),
        get("/desk/rounds/{round}", Staff(RoundsWalk), rounds::round::show),
        get("/desk/rounds/{round}/{spot}", Staff(RoundsWalk), rounds::spot::show),
        post("/desk/rounds/{round}/{spot}", Staff(RoundsWalk), rounds::spot::tell),
    ]
}
