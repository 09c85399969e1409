//! Civic posts with their pledges and ratings, and households with who visits them.

use huiyin_domain::access::Action;

use super::Permission::{Public, SignedIn, Staff};
use super::{Route, get, post};
use crate::pages::{desk, public, resident, volunteer};

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    use Action::VolunteersKeep;
    vec![
        get("/civic-posts", Public, public::civic_posts::list),
        get("/civic-posts/{civic_post}", Public, public::civic_posts::show),
        post("/civic-posts/{civic_post}/pledge", SignedIn, public::civic_posts::pledge),
        post("/civic-posts/{civic_post}/rate", SignedIn, public::civic_posts::rate),
        get("/volunteer/pledges", SignedIn, volunteer::pledges::show),
        post("/volunteer/pledges/{pledge}/reports", SignedIn, volunteer::pledges::report),
        post("/volunteer/pledges/{pledge}/end", SignedIn, volunteer::pledges::end),
        get("/desk/civic-posts", Staff(VolunteersKeep), desk::civic_posts::list),
        post("/desk/civic-posts", Staff(VolunteersKeep), desk::civic_posts::add),
        get("/desk/civic-posts/new", Staff(VolunteersKeep), desk::civic_posts::new),
        get("/desk/civic-posts/{civic_post}", Staff(VolunteersKeep), desk::civic_post::show),
        post("/desk/civic-posts/{civic_post}/pledges/{pledge}/accept", Staff(VolunteersKeep), desk::civic_post::accept),
        post("/desk/civic-posts/{civic_post}/pledges/{pledge}/decline", Staff(VolunteersKeep), desk::civic_post::decline),
        post("/desk/civic-posts/{civic_post}/rating", Staff(VolunteersKeep), desk::civic_post::ask),
        post("/desk/civic-posts/{civic_post}/hands", Staff(VolunteersKeep), desk::civic_post::count),
        post("/desk/civic-posts/{civic_post}/close", Staff(VolunteersKeep), desk::civic_post::close),
        get("/my/pairing", SignedIn, resident::pairing::show),
        post("/my/pairing", SignedIn, resident::pairing::send),
        post("/my/pairing/other", SignedIn, resident::pairing::somebody_else),
        post("/my/pairing/end", SignedIn, resident::pairing::end),
        get("/volunteer/pairings", SignedIn, volunteer::pairings::list),
        get("/volunteer/pairings/{pairing}", SignedIn, volunteer::pairings::show),
        post("/volunteer/pairings/{pairing}/agree", SignedIn, volunteer::pairings::agree),
        post("/volunteer/pairings/{pairing}/end", SignedIn, volunteer::pairings::hand_back),
        post("/volunteer/pairings/{pairing}/visits", SignedIn, volunteer::pairings::tell),
        get("/desk/pairings", Staff(VolunteersKeep), desk::pairings::list),
        get("/desk/pairings/new", Staff(VolunteersKeep), desk::pairing_new::new),
        post("/desk/pairings", Staff(VolunteersKeep), desk::pairing_new::add),
        get("/desk/pairings/{pairing}", Staff(VolunteersKeep), desk::pairings::show),
        post("/desk/pairings/{pairing}/offer", Staff(VolunteersKeep), desk::pairings::offer),
        post("/desk/pairings/{pairing}/missed/{day}", Staff(VolunteersKeep), desk::pairings::see_to),
        post("/desk/pairings/{pairing}/end", Staff(VolunteersKeep), desk::pairings::end),
    ]
}
