//! The guide to procedures, and the receipts for papers that changed hands.

use huiyin_domain::access::Action::{CaseRead, ProceduresEdit};

use super::{Route, get, post};
use crate::guard::Permission::{Petitioner, Public, Staff};
use crate::pages::{desk, public};

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    vec![
        get("/guide", Public, public::guide::list),
        get("/guide/{slug}", Public, public::guide::show),
        get("/guide/{slug}/need", Public, public::guide::need),
        get("/guide/{slug}/print", Public, public::guide::print),
        get("/my/{case}/papers", Petitioner, desk::papers::own),
        get("/desk/cases/{case}/papers", Staff(CaseRead), desk::papers::print),
        get("/desk/guide", Staff(ProceduresEdit), desk::guide::list),
        post("/desk/guide", Staff(ProceduresEdit), desk::guide::load),
        get("/desk/guide/new", Staff(ProceduresEdit), desk::guide::blank),
        post("/desk/guide/new", Staff(ProceduresEdit), desk::guide::add),
        get("/desk/guide/{slug}", Staff(ProceduresEdit), desk::guide::show),
        post("/desk/guide/{slug}", Staff(ProceduresEdit), desk::guide::keep),
        post("/desk/guide/{slug}/close", Staff(ProceduresEdit), desk::guide::close),
        get("/desk/guide/{slug}/papers/{number}", Staff(ProceduresEdit), desk::guide_paper::show),
        post("/desk/guide/{slug}/papers/{number}", Staff(ProceduresEdit), desk::guide_paper::change),
        get("/desk/guide/{slug}/file", Staff(ProceduresEdit), desk::guide::file),
    ]
}
