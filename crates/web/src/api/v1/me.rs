//! Who is asking.

use axum::Json;
use huiyin_app::Refusal;
use huiyin_app::identity::token::Scope;

use crate::api::v1::query::Query;
use crate::api::v1::shapes::{Me, UnitRef};
use crate::api::v1::tongue::Tongue;
use crate::problem::Problem;
use crate::visit::Visit;

/// What your token is, and what it may be used for.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    operation_id = "readMe",
    tag = "reference",
    security(("token" = [])),
    responses((status = 200, body = Me, description = "Your token"))
)]
pub async fn read(visit: Visit) -> Result<Json<Me>, Problem> {
    Query::of(&visit)?.finish()?;
    let machine = visit.machine.as_ref().ok_or(Refusal::SignInNeeded)?;
    let post = machine.actor.posts.first().ok_or(Refusal::SignInNeeded)?;
    let atlas = visit.state.app.atlas_now().await?;
    let names = atlas.unit(post.unit).map(|unit| unit.names.clone());
    Ok(Json(Me {
        token: post.post.to_string(),
        scopes: Scope::ALL
            .into_iter()
            .filter(|scope| machine.has(*scope))
            .map(Scope::word)
            .collect(),
        unit: UnitRef {
            id: post.unit.to_string(),
            name: Tongue::of(&visit).name(&names.unwrap_or_default()),
        },
        role: post.role.word(),
        place: post.place.to_string(),
    }))
}
