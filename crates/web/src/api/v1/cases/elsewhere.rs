//! Bring what happened to a case at the installation that works on it.

use axum::Json;
use axum::extract::Path;
use axum::response::IntoResponse;
use huiyin_app::Refusal;
use huiyin_app::error::Thing;
use huiyin_app::installations::chain;

use crate::api::v1::body::Body;
use crate::api::v1::caller;
use crate::api::v1::shapes::{FarChain, Known};
use crate::visit::{Answer, Visit};

/// Bring your part of the history of a case that you work on: entries without their texts. They
/// are kept beside our own for good; brought twice they are kept once, and entries that do not
/// follow from those before, or differ from what was brought, are refused.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{case}/elsewhere",
    operation_id = "bringChain",
    tag = "cases",
    security(("token" = ["cases:write"])),
    params(("case" = String, Path, description = "The id of the case here",
        pattern = "^[0-9a-hjkmnp-tv-z]{13}$")),
    request_body(content = FarChain),
    responses((status = 200, body = Known, description = "They are kept"))
)]
pub async fn bring(visit: Visit, Path(case): Path<String>, body: Body<FarChain>) -> Answer {
    let id = caller::id(&case, Thing::Case)?;
    let FarChain { case, entries } = body.said;
    let theirs = case
        .parse()
        .map_err(|_| Refusal::field("case", "fault-wrong-type"))?;
    let brought = (id, theirs, entries);
    let number = chain::bring(&visit.state.app, &visit.actor, brought).await?;
    Ok(Json(Known { number }).into_response())
}
