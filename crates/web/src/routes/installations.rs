//! Other installations: those that hand us cases, and what goes between two that share one.

use huiyin_app::identity::token::Scope::{CasesRead, CasesWrite};
use huiyin_domain::access::Action;

use super::Permission::{Api, Public, Staff};
use super::{Route, get, post};
use crate::api::v1;
use crate::pages::admin::installations;

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    vec![
        get("/admin/installations", Staff(Action::WebhooksEdit), installations::list),
        post("/admin/installations", Staff(Action::WebhooksEdit), installations::create),
        post("/admin/installations/{installation}", Staff(Action::WebhooksEdit), installations::turn),
        get("/api/v1/cases/{case}/chain", Api(CasesRead), v1::cases::chain::read),
        post("/api/v1/cases/{case}/elsewhere", Api(CasesWrite), v1::cases::elsewhere::bring),
        post("/api/v1/installations/{installation}/events", Public, v1::installations::hear),
    ]
}
