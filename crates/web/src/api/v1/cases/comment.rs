//! Add a word, and files if there are any, to a case.

use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use huiyin_app::Refusal;
use huiyin_app::cases::remark::{self, Request};
use huiyin_app::error::Thing;
use huiyin_domain::id::FileId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::v1::body::Body;
use crate::api::v1::{caller, headers};
use crate::visit::{Answer, Visit};

/// A word to a case.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    #[schema(min_length = 1, example = "The neighbours have the same trouble")]
    text: String,
    /// Files that were sent before, to be attached with it.
    #[serde(default)]
    #[schema(required = false)]
    files: Vec<String>,
}

/// What was written, and where the case stands afterwards.
#[derive(Debug, Serialize, ToSchema)]
pub struct Commented {
    #[schema(pattern = "^[0-9a-hjkmnp-tv-z]{13}$", example = "06cgsaqmh8001")]
    id: String,
    #[schema(minimum = 1, example = 4)]
    version: i64,
    #[schema(example = "in-hand")]
    stage: String,
    /// The step of the kind under which it stands in the history.
    #[schema(example = "note")]
    step: String,
}

/// Comment and attach: adds a word, with files if there are any, and moves nothing. It stands
/// in the history as the quietest step of the kind that takes a word from you: of the desk a
/// note, of whoever brought the case in an addition that its owner is told of.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{case}/comments",
    operation_id = "addComment",
    tag = "cases",
    security(("token" = ["cases:write"]), ("tracking-code" = [])),
    params(
        ("case" = String, Path, description = "The id of the case",
            pattern = "^[0-9a-hjkmnp-tv-z]{13}$"),
        ("If-Match" = Option<String>, Header, nullable = false, pattern = r#"^(\*|"[0-9]{1,15}")$"#,
            description = "The version that you have seen; if the case has changed since, \
                           nothing is done", example = "\"3\""),
        ("Idempotency-Key" = Option<String>, Header, nullable = false, pattern = "^[A-Za-z0-9_-]{16,128}$",
            description = "The same key with the same body adds it once and gets the same \
                           answer, however often it is sent",
            example = "7d9f5c0e-58c2-4f6e-9d0a-2f1f0a6f7a11"),
    ),
    request_body(content = Comment),
    responses((status = 201, body = Commented, description = "It was added",
        headers(("ETag" = String, description = "The version of the case now"))))
)]
pub async fn add(
    visit: Visit,
    Path(case): Path<String>,
    headers: HeaderMap,
    body: Body<Comment>,
) -> Answer {
    let id = caller::id(&case, Thing::Case)?;
    let actor = caller::on_case(&visit, &headers, id).await?;
    let files: Result<Vec<FileId>, _> = body.said.files.iter().map(|id| id.parse()).collect();
    let request = Request {
        id,
        version: headers::if_match(&headers)?,
        text: body.said.text.clone(),
        files: files.map_err(|_| Refusal::field("files", "fault-unknown"))?,
        key: headers::idempotency_key(&visit, &headers, &body.bytes)?,
    };
    let added = remark::remark(&visit.state.app, &actor, request).await;
    let (step, reply) = added.map_err(headers::stale_as_such)?;
    let commented = Commented {
        id: reply.id.to_string(),
        version: reply.version,
        stage: reply.stage,
        step,
    };
    let answer = (StatusCode::CREATED, Json(commented)).into_response();
    let answer = headers::with_version(answer, reply.version);
    Ok(headers::replayed(answer, reply.repeated))
}
