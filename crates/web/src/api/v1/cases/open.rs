//! Bring something in.

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use huiyin_app::Refusal;
use huiyin_app::cases::Channel;
use huiyin_app::cases::open::{self, Request};
use huiyin_app::error::Thing;
use huiyin_app::limits::Purpose;
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::CaseId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::v1::body::Body;
use crate::api::v1::headers;
use crate::api::v1::values::{self, Plain, PlainValues};
use crate::language;
use crate::problem::Problem;
use crate::visit::{Answer, Visit};

/// What somebody brings in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenCase {
    /// See `/api/v1/kinds`.
    #[schema(pattern = "^[a-z][a-z0-9_-]{0,39}$")]
    kind: String,
    /// By the names of the fields that opening this kind asks for.
    #[schema(value_type = BTreeMap<String, Plain>)]
    values: PlainValues,
    /// In which letters are written; by default the language of the request.
    #[serde(default)]
    #[schema(
        nullable = false,
        pattern = "^[a-z]{2,3}(-[A-Z][a-z]{3})?$",
        example = "en"
    )]
    language: Option<String>,
    /// The way by which it came to you; for machines only, by default `partner`.
    #[serde(default)]
    #[schema(nullable = false, pattern = "^[a-z]{3,9}$", example = "hotline")]
    channel: Option<String>,
}

/// The receipt.
#[derive(Debug, Serialize, ToSchema)]
pub struct Receipt {
    #[schema(pattern = "^[0-9a-hjkmnp-tv-z]{13}$", example = "06cgsaqmh8001")]
    id: String,
    /// With this, whoever brought it in follows it without an account: hand it to them.
    /// None for kinds that staff bring in for themselves.
    #[schema(required = true, pattern = "^[0-9]{16}$", example = "4929381057264018")]
    tracking_code: Option<String>,
    #[schema(minimum = 1, example = 1)]
    version: i64,
}

/// Bring something in: the case is opened, its clock runs, somebody owns it.
#[utoipa::path(
    post,
    path = "/api/v1/cases",
    operation_id = "openCase",
    tag = "cases",
    security((), ("token" = ["cases:write"])),
    params(("Idempotency-Key" = Option<String>, Header, nullable = false, pattern = "^[A-Za-z0-9_-]{16,128}$",
        description = "The same key with the same body opens one case and gets the same receipt, \
                       however often it is sent. Make it from chance: a UUID serves.",
        example = "7d9f5c0e-58c2-4f6e-9d0a-2f1f0a6f7a11")),
    request_body(content = OpenCase),
    responses((status = 201, body = Receipt, description = "It was opened",
        headers(("Location" = String, description = "Where the case is read"),
                ("ETag" = String, description = "The version of the case"))))
)]
pub async fn open(visit: Visit, headers: HeaderMap, body: Body<OpenCase>) -> Answer {
    if visit.machine.is_none() {
        visit.count(Purpose::OpenCase)?;
    }
    let app = &visit.state.app;
    let said = &body.said;
    let kind = app
        .kinds()
        .by_slug(&said.kind)
        .cloned()
        .ok_or(Refusal::NotFound(Thing::Kind))?;
    let values = values::read(&kind, &said.values).map_err(Refusal::Invalid)?;
    let request = Request {
        id: CaseId::from_raw(app.mint()),
        kind: kind.slug.clone(),
        values,
        language: match &said.language {
            None => visit.taste.lang,
            Some(tag) => language::known(tag, &app.words)
                .ok_or_else(|| Refusal::field("language", "fault-not-choice"))?,
        },
        channel: channel(&visit, said)?,
        key: headers::idempotency_key(&visit, &headers, &body.bytes)?,
        at: None,
    };
    let reply = open::open(app, &visit.actor, request).await?;
    let receipt = Receipt {
        id: reply.id.to_string(),
        tracking_code: reply.code.map(|code| code.as_str().to_owned()),
        version: reply.version,
    };
    let location = format!("/api/v1/cases/{}", receipt.id);
    let mut answer = (StatusCode::CREATED, Json(receipt)).into_response();
    let location = HeaderValue::from_str(&location).expect("an id is made of letters and digits");
    answer.headers_mut().insert(header::LOCATION, location);
    let answer = headers::with_version(answer, reply.version);
    Ok(headers::replayed(answer, reply.repeated))
}

/// By which way it came: a machine says so, everybody else comes over the web.
fn channel(visit: &Visit, said: &OpenCase) -> Result<Channel, Problem> {
    let is_machine = visit.machine.is_some();
    let Some(word) = &said.channel else {
        return Ok(match is_machine {
            true => Channel::Partner,
            false => Channel::Web,
        });
    };
    if !is_machine {
        let fault = FieldFault::new("channel", "fault-unknown-field");
        return Err(Refusal::Invalid(vec![fault]).into());
    }
    let channel = word.parse().ok();
    let channel = channel
        .filter(|channel| *channel == Channel::Partner || Channel::BY_STAFF.contains(channel));
    channel.ok_or_else(|| Refusal::field("channel", "fault-not-choice").into())
}
