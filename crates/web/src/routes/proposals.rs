//! Proposals: what somebody is asked, and who was asked about a case.

use huiyin_domain::access::Action;

use super::{Route, get, post};
use crate::guard::Permission::{SignedIn, Staff};
use crate::pages::{desk, resident};

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    vec![
        get("/my/proposals", SignedIn, resident::proposals::show),
        post("/my/proposals/{proposal}/accept", SignedIn, resident::proposals::accept),
        post("/my/proposals/{proposal}/decline", SignedIn, resident::proposals::decline),
        get("/desk/proposals", Staff(Action::ProposalMake), desk::proposals_summary::show),
        get("/desk/cases/{case}/proposals", Staff(Action::ProposalMake), desk::proposals::show),
        post("/desk/cases/{case}/proposals", Staff(Action::ProposalMake), desk::proposals::ask),
    ]
}
