//! The history as it is sealed, for another installation that keeps it.

use axum::Json;
use axum::extract::Path;
use axum::response::IntoResponse;
use huiyin_app::error::Thing;
use huiyin_app::installations::chain;

use crate::api::v1::caller;
use crate::api::v1::query::Query;
use crate::api::v1::shapes::Chain;
use crate::visit::{Answer, Visit};

/// How the case came where it stands, without a word of what was said: by this you can prove
/// later that nothing was changed, left out or put in. At most a thousand entries at once.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{case}/chain",
    operation_id = "readChain",
    tag = "cases",
    security(("token" = ["cases:read"])),
    params(
        ("case" = String, Path, description = "The id of the case",
            pattern = "^[0-9a-hjkmnp-tv-z]{13}$"),
        ("after" = Option<i64>, Query, minimum = 0,
            description = "The number of the last entry that you have"),
    ),
    responses((status = 200, body = Chain, description = "The entries"))
)]
pub async fn read(visit: Visit, Path(case): Path<String>) -> Answer {
    let id = caller::id(&case, Thing::Case)?;
    let mut query = Query::of(&visit)?;
    let after: Option<u32> = query.parsed("after", "fault-wrong-type");
    query.finish()?;
    let asked = (id, i64::from(after.unwrap_or(0)));
    let entries = chain::read(&visit.state.app, &visit.actor, asked).await?;
    Ok(Json(Chain { entries }).into_response())
}
