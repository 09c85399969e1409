//! The routes of volunteers: their own pages, the check of a certificate, and what the
//! community does for them; the pages of partner units.

use huiyin_domain::access::Action;

use super::Permission::{Desk, Public, SignedIn, Staff};
use super::{Route, get, post};
use crate::pages::{desk, volunteer};

#[rustfmt::skip]
pub(super) fn routes() -> Vec<Route> {
    use Action::{PartnerSpeak, VolunteersKeep};
    vec![
        get("/volunteer", Public, volunteer::mine::show),
        get("/volunteer/offer", SignedIn, volunteer::offer::show),
        post("/volunteer/offer", SignedIn, volunteer::offer::keep),
        get("/volunteer/report", SignedIn, volunteer::report::show),
        post("/volunteer/report", SignedIn, volunteer::report::send),
        post("/volunteer/leave", SignedIn, volunteer::mine::leave),
        get("/volunteer/data.json", SignedIn, volunteer::mine::data),
        post("/volunteer/certificates", SignedIn, volunteer::certificate::make),
        get("/volunteer/certificates/{certificate}", SignedIn, volunteer::certificate::show),
        get("/volunteer/certificates/{certificate}/pdf", SignedIn, volunteer::certificate::pdf),
        post("/volunteer/certificates/{certificate}/revoke", SignedIn, volunteer::certificate::revoke),
        get("/certificate", Public, volunteer::check::show),
        post("/certificate", Public, volunteer::check::ask),
        get("/certificate/{code}", Public, volunteer::check::scanned),
        get("/desk/volunteers", Staff(VolunteersKeep), desk::volunteers::list),
        get("/desk/volunteers/{volunteer}", Staff(VolunteersKeep), desk::volunteer::show),
        post("/desk/volunteers/{volunteer}/accept", Staff(VolunteersKeep), desk::volunteer::accept),
        post("/desk/volunteers/{volunteer}/decline", Staff(VolunteersKeep), desk::volunteer::decline),
        post("/desk/volunteers/{volunteer}/marks", Staff(VolunteersKeep), desk::volunteer::mark),
        get("/desk/services", Staff(VolunteersKeep), desk::services::list),
        post("/desk/services/{service}/confirm", Staff(VolunteersKeep), desk::services::confirm),
        post("/desk/services/{service}/refuse", Staff(VolunteersKeep), desk::services::refuse),
        get("/desk/skills", Staff(VolunteersKeep), desk::skills::list),
        post("/desk/skills", Staff(VolunteersKeep), desk::skills::add),
        get("/desk/partner", Staff(PartnerSpeak), desk::partner::show),
        post("/desk/partner", Staff(PartnerSpeak), desk::partner::pair),
        post("/desk/partner/members/{volunteer}/agree", Staff(PartnerSpeak), desk::partner::agree),
        post("/desk/partner/members/{volunteer}/part", Staff(PartnerSpeak), desk::partner::part),
        get("/desk/partners", Staff(VolunteersKeep), desk::partners::list),
        // Both sides of a pairing look at one page; which side somebody is on, the operation says.
        get("/desk/partners/{partner}", Desk, desk::partner_year::show),
        post("/desk/partners/{partner}/agree", Staff(VolunteersKeep), desk::partner_year::agree),
        post("/desk/partners/{partner}/end", Desk, desk::partner_year::end),
        post("/desk/partners/{partner}/deeds", Staff(PartnerSpeak), desk::partner_year::report),
        post("/desk/partners/{partner}/deeds/{deed}/confirm", Staff(VolunteersKeep), desk::partner_year::confirm),
        post("/desk/partners/{partner}/deeds/{deed}/refuse", Staff(VolunteersKeep), desk::partner_year::refuse),
        post("/desk/partners/{partner}/resources", Staff(PartnerSpeak), desk::partner_year::lend),
        post("/desk/partners/{partner}/resources/{resource}/end", Staff(PartnerSpeak), desk::partner_year::withdraw),
    ]
}
