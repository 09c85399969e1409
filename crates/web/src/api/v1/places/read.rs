//! Read a place.

use axum::Json;
use axum::extract::Path;
use huiyin_app::Refusal;
use huiyin_app::error::Thing;
use huiyin_app::places::look;

use crate::api::v1::caller;
use crate::api::v1::query::Query;
use crate::api::v1::shapes::PlaceShape;
use crate::api::v1::tongue::Tongue;
use crate::problem::Problem;
use crate::visit::Visit;

/// A place with the places in which it lies.
#[utoipa::path(
    get,
    path = "/api/v1/places/{place}",
    operation_id = "readPlace",
    tag = "reference",
    params(("place" = String, Path, description = "The code of the place",
        pattern = "^[0-9]{4}([0-9]{2}([0-9]{3}){0,6})?$", example = "990121001001")),
    responses((status = 200, body = PlaceShape, description = "The place"))
)]
pub async fn read(visit: Visit, Path(place): Path<String>) -> Result<Json<PlaceShape>, Problem> {
    Query::of(&visit)?.finish()?;
    let code = caller::id(&place, Thing::Place)?;
    let found = look::path(&visit.state.app, code).await?;
    let found = found.ok_or(Refusal::NotFound(Thing::Place))?;
    Ok(Json(PlaceShape::of(&found, &Tongue::of(&visit))))
}
