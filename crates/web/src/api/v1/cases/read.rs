//! Read a case.

use axum::Json;
use axum::extract::Path;
use axum::http::HeaderMap;
use huiyin_app::cases::read;
use huiyin_app::error::Thing;

use crate::api::v1::shapes::Case;
use crate::api::v1::tongue::Tongue;
use crate::api::v1::{caller, headers};
use crate::visit::{Answer, Visit};

/// Read a case, as far as you may see it.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{case}",
    operation_id = "readCase",
    tag = "cases",
    security(("token" = ["cases:read"]), ("tracking-code" = [])),
    params(("case" = String, Path, description = "The id of the case",
        pattern = "^[0-9a-hjkmnp-tv-z]{13}$")),
    responses((status = 200, body = Case, description = "The case",
        headers(("ETag" = String, description = "Its version: hand it in as `If-Match`"))))
)]
pub async fn read(visit: Visit, Path(case): Path<String>, headers: HeaderMap) -> Answer {
    let id = caller::id(&case, Thing::Case)?;
    let actor = caller::on_case(&visit, &headers, id).await?;
    let app = &visit.state.app;
    let page = read::read(app, &actor, id).await?;
    let atlas = app.atlas_now().await?;
    let case = Case::of(&page, &atlas, &Tongue::of(&visit));
    Ok(headers::with_version(Json(case), page.case.version))
}
