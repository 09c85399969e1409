//! Read the case that a tracking code opens.

use axum::Json;
use axum::http::HeaderMap;
use huiyin_app::cases::read;

use crate::api::v1::shapes::Case;
use crate::api::v1::tongue::Tongue;
use crate::api::v1::{caller, headers};
use crate::visit::{Answer, Visit};

/// Read the case that the tracking code opens, when only the code is at hand.
#[utoipa::path(
    get,
    path = "/api/v1/tracked",
    operation_id = "readTracked",
    tag = "cases",
    security(("tracking-code" = [])),
    responses((status = 200, body = Case, description = "The case",
        headers(("ETag" = String, description = "Its version: hand it in as `If-Match`"))))
)]
pub async fn read(visit: Visit, headers: HeaderMap) -> Answer {
    let (id, actor) = caller::by_code(&visit, &headers).await?;
    let app = &visit.state.app;
    let page = read::read(app, &actor, id).await?;
    let atlas = app.atlas_now().await?;
    let case = Case::of(&page, &atlas, &Tongue::of(&visit));
    Ok(headers::with_version(Json(case), page.case.version))
}
