//! Meetings about what was found, and the notice to whoever has to mend it.

use huiyin_domain::access::Action::{CaseRead, RoundsKeep};

use super::Permission::Staff;
use super::{Route, get, post};
use crate::pages::desk::{meetings, mending};

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    vec![
        get("/desk/meetings", Staff(RoundsKeep), meetings::list),
        post("/desk/meetings", Staff(RoundsKeep), meetings::add),
        get("/desk/meetings/new", Staff(RoundsKeep), meetings::new),
        get("/desk/meetings/{meeting}", Staff(RoundsKeep), meetings::show),
        get("/desk/cases/{case}/mending", Staff(CaseRead), mending::print),
    ]
}
