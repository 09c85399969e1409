//! List the units.

use axum::Json;
use huiyin_domain::case::FieldFault;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::UnitCategory;

use crate::api::v1::query::Query;
use crate::api::v1::shapes::{UnitShape, Units};
use crate::api::v1::tongue::Tongue;
use crate::problem::Problem;
use crate::visit::Visit;

const WORD_CHARS_MAX: usize = 40;

/// The units that are at work: departments, communities, streets, partners.
#[utoipa::path(
    get,
    path = "/api/v1/units",
    operation_id = "listUnits",
    tag = "reference",
    security(("token" = ["house:read"])),
    params(
        ("category" = Option<String>, Query,
            pattern = "^(prefecture|county|street|community|department|partner|hotline)$"),
        ("within" = Option<String>, Query, pattern = "^[0-9]{4}([0-9]{2}([0-9]{3}){0,6})?$",
            description = "Only those that stand for a place in this one"),
    ),
    responses((status = 200, body = Units, description = "The units"))
)]
pub async fn list(visit: Visit) -> Result<Json<Units>, Problem> {
    let mut query = Query::of(&visit)?;
    let category = query.text("category", WORD_CHARS_MAX);
    let category =
        category.map(|word| UnitCategory::ALL.into_iter().find(|one| one.word() == word));
    if category == Some(None) {
        query.fault(FieldFault::new("category", "fault-not-choice"));
    }
    let within: Option<PlaceCode> = query.parsed("within", "fault-not-place");
    query.finish()?;
    let atlas = visit.state.app.atlas_now().await?;
    let tongue = Tongue::of(&visit);
    let units = atlas
        .units()
        .filter(|unit| unit.closed_at.is_none())
        .filter(|unit| category.is_none_or(|category| category == Some(unit.category)))
        .filter(|unit| {
            within
                .as_ref()
                .is_none_or(|place| unit.place.is_within(place))
        })
        .map(|unit| UnitShape::of(unit, &tongue))
        .collect();
    Ok(Json(Units { units }))
}
