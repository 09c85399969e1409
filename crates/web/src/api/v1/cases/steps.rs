//! Which steps the caller may take now.

use axum::Json;
use axum::extract::Path;
use axum::http::HeaderMap;
use huiyin_app::cases::read;
use huiyin_app::error::Thing;

use crate::api::v1::shapes::{Offered, Steps};
use crate::api::v1::tongue::Tongue;
use crate::api::v1::{caller, headers};
use crate::visit::{Answer, Visit};

/// Which steps you may take now, and what each of them asks.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{case}/steps",
    operation_id = "listSteps",
    tag = "cases",
    security(("token" = ["cases:read"]), ("tracking-code" = [])),
    params(("case" = String, Path, description = "The id of the case",
        pattern = "^[0-9a-hjkmnp-tv-z]{13}$")),
    responses((status = 200, body = Steps, description = "The steps",
        headers(("ETag" = String, description = "The version of the case"))))
)]
pub async fn list(visit: Visit, Path(case): Path<String>, headers: HeaderMap) -> Answer {
    let id = caller::id(&case, Thing::Case)?;
    let actor = caller::on_case(&visit, &headers, id).await?;
    let page = read::read(&visit.state.app, &actor, id).await?;
    let tongue = Tongue::of(&visit);
    let version = page.case.version;
    let steps = page
        .offers
        .iter()
        .map(|offer| Offered::of(&page.kind, offer, &tongue))
        .collect();
    Ok(headers::with_version(
        Json(Steps { version, steps }),
        version,
    ))
}
