//! List the items of the duty list.

use axum::Json;

use crate::api::v1::query::Query;
use crate::api::v1::shapes::{ItemShape, Items};
use crate::api::v1::tongue::Tongue;
use crate::problem::Problem;
use crate::visit::Visit;

/// What people bring up: the items of the duty list that are in use.
#[utoipa::path(
    get,
    path = "/api/v1/items",
    operation_id = "listItems",
    tag = "reference",
    responses((status = 200, body = Items, description = "The items"))
)]
pub async fn list(visit: Visit) -> Result<Json<Items>, Problem> {
    Query::of(&visit)?.finish()?;
    let atlas = visit.state.app.atlas_now().await?;
    let tongue = Tongue::of(&visit);
    let items = atlas
        .items()
        .filter(|item| item.closed_at.is_none())
        .map(|item| ItemShape::of(item, &tongue))
        .collect();
    Ok(Json(Items { items }))
}
