//! Read a kind of case.

use axum::Json;
use axum::extract::Path;
use huiyin_app::Refusal;
use huiyin_app::error::Thing;

use crate::api::v1::query::Query;
use crate::api::v1::shapes::KindShape;
use crate::api::v1::tongue::Tongue;
use crate::problem::Problem;
use crate::visit::Visit;

/// What a kind of case asks, its stages, steps and outcomes.
#[utoipa::path(
    get,
    path = "/api/v1/kinds/{kind}",
    operation_id = "readKind",
    tag = "reference",
    params(("kind" = String, Path, pattern = "^[a-z][a-z0-9_-]{0,39}$")),
    responses((status = 200, body = KindShape, description = "The kind"))
)]
pub async fn read(visit: Visit, Path(kind): Path<String>) -> Result<Json<KindShape>, Problem> {
    Query::of(&visit)?.finish()?;
    let all = visit.state.app.kinds();
    let kind = all.by_slug(&kind).ok_or(Refusal::NotFound(Thing::Kind))?;
    Ok(Json(KindShape::of(kind, &Tongue::of(&visit))))
}
