//! Take a step of a case: answer, accept, add to it, judge it, whatever its kind offers.

use std::sync::Arc;

use axum::Json;
use axum::extract::Path;
use axum::http::HeaderMap;
use huiyin_app::cases::advance::{self, Request};
use huiyin_app::error::Thing;
use huiyin_domain::case::{Input, Kind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::v1::body::Body;
use crate::api::v1::values::{self, Plain, PlainValues};
use crate::api::v1::{caller, headers};
use crate::visit::{Answer, Visit};

/// What is handed in with a step.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeStep {
    /// By the names of the fields that the step asks for.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Plain>, required = false, example = json!({"message": "The neighbours have the same trouble"}))]
    values: PlainValues,
}

/// Where the case stands afterwards.
#[derive(Debug, Serialize, ToSchema)]
pub struct Taken {
    #[schema(pattern = "^[0-9a-hjkmnp-tv-z]{13}$", example = "06cgsaqmh8001")]
    id: String,
    #[schema(minimum = 1, example = 4)]
    version: i64,
    #[schema(example = "in-hand")]
    stage: String,
}

/// Take a step: the one way in which anything about a case changes. Which steps there are,
/// and what they ask, is told by `GET /api/v1/cases/{case}/steps`.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{case}/steps/{step}",
    operation_id = "takeStep",
    tag = "cases",
    security(("token" = ["cases:write"]), ("tracking-code" = [])),
    params(
        ("case" = String, Path, description = "The id of the case",
            pattern = "^[0-9a-hjkmnp-tv-z]{13}$"),
        ("step" = String, Path, description = "The name of the step",
            pattern = "^[a-z][a-z0-9_-]{0,39}$", example = "add"),
        ("If-Match" = Option<String>, Header, nullable = false, pattern = r#"^(\*|"[0-9]{1,15}")$"#,
            description = "The version that you have seen; if the case has changed since, \
                           nothing is done", example = "\"3\""),
        ("Idempotency-Key" = Option<String>, Header, nullable = false, pattern = "^[A-Za-z0-9_-]{16,128}$",
            description = "The same key with the same body takes one step and gets the same \
                           answer, however often it is sent",
            example = "7d9f5c0e-58c2-4f6e-9d0a-2f1f0a6f7a11"),
    ),
    request_body(content = TakeStep),
    responses((status = 200, body = Taken, description = "The step was taken",
        headers(("ETag" = String, description = "The version of the case now"))))
)]
pub async fn advance(
    visit: Visit,
    Path((case, step)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body<TakeStep>,
) -> Answer {
    let id = caller::id(&case, Thing::Case)?;
    let actor = caller::on_case(&visit, &headers, id).await?;
    let app = &visit.state.app;
    let seen = headers::if_match(&headers)?;
    let key = headers::idempotency_key(&visit, &headers, &body.bytes)?;
    let plain = body.said.values;
    let meaning = move |kind: &Kind| -> Result<Input, _> {
        values::read(kind, &plain).map(|values| Input { values })
    };
    let request = Request {
        id,
        version: seen,
        step,
        input: Input::default(),
        key,
        at: None,
    };
    let reply = advance::advance_by_kind(app, &actor, request, Arc::new(meaning)).await;
    let reply = reply.map_err(headers::stale_as_such)?;
    let taken = Taken {
        id: reply.id.to_string(),
        version: reply.version,
        stage: reply.stage,
    };
    let answer = headers::with_version(Json(taken), reply.version);
    Ok(headers::replayed(answer, reply.repeated))
}
