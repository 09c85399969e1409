//! List the kinds of case.

use axum::Json;

use crate::api::v1::query::Query;
use crate::api::v1::shapes::{KindRow, Kinds};
use crate::api::v1::tongue::Tongue;
use crate::problem::Problem;
use crate::visit::Visit;

/// What can be brought in here.
#[utoipa::path(
    get,
    path = "/api/v1/kinds",
    operation_id = "listKinds",
    tag = "reference",
    responses((status = 200, body = Kinds, description = "The kinds in force"))
)]
pub async fn list(visit: Visit) -> Result<Json<Kinds>, Problem> {
    Query::of(&visit)?.finish()?;
    let tongue = Tongue::of(&visit);
    let all = visit.state.app.kinds();
    let kinds = all.current().iter();
    let kinds = kinds.map(|kind| KindRow::of(kind, &tongue)).collect();
    Ok(Json(Kinds { kinds }))
}
