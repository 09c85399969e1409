//! What another installation tells us by its webhook.

use axum::extract::{Path, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use huiyin_app::Refusal;
use huiyin_app::installations::hear;
use huiyin_domain::id::InstallationId;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::form;
use crate::problem::Problem;
use crate::visit::{Answer, Visit};

/// An event is short.
const BYTES_MAX: usize = 64 * 1024;

/// A CloudEvent 1.0, as `docs/webhooks.md` describes it.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "tells the document what the body holds")]
pub struct Event {
    #[schema(example = "1.0")]
    specversion: String,
    #[schema(example = "06cgsaqmh8001-7")]
    id: String,
    #[schema(example = "https://county.example")]
    source: String,
    #[serde(rename = "type")]
    #[schema(example = "cn.huiyin.case.advanced.v1")]
    kind: String,
    /// The case, as it is numbered there.
    #[schema(
        required = false,
        pattern = "^[0-9a-hjkmnp-tv-z]{13}$",
        example = "06cgsaqmh8001"
    )]
    subject: Option<String>,
}

/// Where another installation that hands us cases tells what happens to them: the address of its
/// webhook. The signature says who it is; what really happened we then ask it ourselves.
#[utoipa::path(
    post,
    path = "/api/v1/installations/{installation}/events",
    operation_id = "hearEvent",
    tag = "cases",
    params(
        ("installation" = String, Path, description = "As it is registered here",
            pattern = "^[0-9a-hjkmnp-tv-z]{13}$"),
        ("webhook-id" = String, Header, description = "Names the message"),
        ("webhook-timestamp" = String, Header, description = "The instant of this try, in seconds",
            pattern = "^[0-9]{1,12}$"),
        ("webhook-signature" = String, Header,
            description = "`v1,` and the base64 of HMAC-SHA-256, as Standard Webhooks say"),
    ),
    request_body(content = Event, content_type = "application/cloudevents+json"),
    responses(
        (status = 204, description = "It is looked after"),
        (status = 401, description = "It is not signed by anybody who is known here"),
    )
)]
pub async fn hear(
    visit: Visit,
    Path(installation): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Answer {
    // Whoever is not known here learns nothing of who is.
    let to: InstallationId = installation.parse().map_err(|_| Refusal::SignInNeeded)?;
    let said = |name: &str| {
        let line = headers.get(name).and_then(|line| line.to_str().ok());
        line.unwrap_or_default().to_owned()
    };
    let body = form::whole(request.into_body(), BYTES_MAX);
    let request = hear::Request {
        to,
        name: said("webhook-id"),
        at: said("webhook-timestamp"),
        signature: said("webhook-signature"),
        body: body.await.map_err(Problem::Form)?.to_vec(),
    };
    hear::hear(&visit.state.app, request).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
