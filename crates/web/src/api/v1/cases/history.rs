//! How a case came where it stands.

use axum::Json;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use huiyin_app::cases::read;
use huiyin_app::error::Thing;

use crate::api::v1::caller;
use crate::api::v1::shapes::{Entry, History};
use crate::api::v1::tongue::Tongue;
use crate::visit::{Answer, Visit};

/// How the case came where it stands: every step that was taken, the first one first.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{case}/history",
    operation_id = "readHistory",
    tag = "cases",
    security(("token" = ["cases:read"]), ("tracking-code" = [])),
    params(("case" = String, Path, description = "The id of the case",
        pattern = "^[0-9a-hjkmnp-tv-z]{13}$")),
    responses((status = 200, body = History, description = "The history"))
)]
pub async fn read(visit: Visit, Path(case): Path<String>, headers: HeaderMap) -> Answer {
    let id = caller::id(&case, Thing::Case)?;
    let actor = caller::on_case(&visit, &headers, id).await?;
    let app = &visit.state.app;
    let page = read::read(app, &actor, id).await?;
    let atlas = app.atlas_now().await?;
    let tongue = Tongue::of(&visit);
    let entries = page
        .entries
        .iter()
        .map(|entry| Entry::of(entry, &atlas, &tongue))
        .collect();
    Ok(Json(History { entries }).into_response())
}
