//! Search for places, or list what lies inside one.

use axum::Json;
use huiyin_app::limits::Purpose;
use huiyin_app::places::look;
use huiyin_domain::case::FieldFault;
use huiyin_domain::place::PlaceCode;

use crate::api::v1::query::Query;
use crate::api::v1::shapes::{PlaceShape, Places};
use crate::api::v1::tongue::Tongue;
use crate::problem::Problem;
use crate::visit::Visit;

const TEXT_CHARS_MAX: usize = 100;

/// Search for places by name (`text`), list what lies directly inside one (`within`), or,
/// with neither, the widest ones.
#[utoipa::path(
    get,
    path = "/api/v1/places",
    operation_id = "listPlaces",
    tag = "reference",
    params(
        ("text" = Option<String>, Query, min_length = 1, max_length = 100,
            description = "Words of its name, each within the place of the word before"),
        ("within" = Option<String>, Query, pattern = "^[0-9]{4}([0-9]{2}([0-9]{3}){0,6})?$",
            description = "The code of a place; not together with `text`"),
    ),
    responses((status = 200, body = Places, description = "Places, the widest first"))
)]
pub async fn list(visit: Visit) -> Result<Json<Places>, Problem> {
    let mut query = Query::of(&visit)?;
    let text = query.text("text", TEXT_CHARS_MAX);
    let within: Option<PlaceCode> = query.parsed("within", "fault-not-place");
    if text.is_some() && within.is_some() {
        query.fault(FieldFault::new("within", "fault-not-together"));
    }
    query.finish()?;
    if visit.machine.is_none() {
        visit.count(Purpose::Search)?;
    }
    let app = &visit.state.app;
    let found = match text {
        Some(text) => look::search(app, text).await?,
        None => look::inside(app, within).await?,
    };
    let tongue = Tongue::of(&visit);
    let places = found.iter();
    let places = places.map(|place| PlaceShape::of(place, &tongue)).collect();
    Ok(Json(Places { places }))
}
