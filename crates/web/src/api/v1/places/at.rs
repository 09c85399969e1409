//! Which place is this point in.

use axum::Json;
use huiyin_app::Refusal;
use huiyin_app::error::Thing;
use huiyin_app::limits::Purpose;
use huiyin_app::places::locate::{self, Request};
use huiyin_domain::case::FieldFault;
use huiyin_domain::geo::{Degrees, System};

use crate::api::v1::query::Query;
use crate::api::v1::shapes::PlaceShape;
use crate::api::v1::tongue::Tongue;
use crate::problem::Problem;
use crate::visit::Visit;

/// The deepest place whose border holds a point, with the places in which it lies. A point on
/// a border belongs to exactly one of the neighbours. Nothing is kept of what was asked.
#[utoipa::path(
    get,
    path = "/api/v1/places/at",
    operation_id = "locatePlace",
    tag = "reference",
    params(
        ("lon" = f64, Query, minimum = -180, maximum = 180, description = "Degrees east"),
        ("lat" = f64, Query, minimum = -90, maximum = 90, description = "Degrees north"),
        ("system" = Option<String>, Query, pattern = "^(wgs84|cgcs2000|gcj02|bd09)$",
            description = "In which system the coordinates are: `wgs84` (the default; `cgcs2000` counts as the same), `gcj02`, or `bd09`"),
    ),
    responses((status = 200, body = PlaceShape, description = "The place"))
)]
pub async fn read(visit: Visit) -> Result<Json<PlaceShape>, Problem> {
    let mut query = Query::of(&visit)?;
    let lon: Option<f64> = query.parsed("lon", "fault-not-on-earth");
    let lat: Option<f64> = query.parsed("lat", "fault-not-on-earth");
    let system = query.parsed::<System>("system", "fault-not-system");
    query.finish()?;
    let needed = |name| Refusal::Invalid(vec![FieldFault::new(name, "fault-required")]);
    let lon = lon.ok_or_else(|| needed("lon"))?;
    let lat = lat.ok_or_else(|| needed("lat"))?;
    if visit.machine.is_none() {
        visit.count(Purpose::Search)?;
    }
    let request = Request {
        at: Degrees { lon, lat },
        system: system.unwrap_or_default(),
    };
    let found = locate::locate(&visit.state.app, request).await?;
    let found = found.ok_or(Refusal::NotFound(Thing::Place))?;
    Ok(Json(PlaceShape::of(&found, &Tongue::of(&visit))))
}
