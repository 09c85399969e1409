//! Send a file, to be named in a step or when bringing something in.

use axum::Json;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use huiyin_app::Refusal;
use huiyin_app::files::upload;
use utoipa::ToSchema;

use crate::api::v1::shapes::FileShape;
use crate::form::{self, FILE_BYTES_MAX, Fault};
use crate::problem::Problem;
use crate::visit::{Answer, Visit};

/// A form with one file in it.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "tells the document what the form holds; form.rs reads it"
)]
pub struct Upload {
    /// A picture, a recording or a document of at most 10 MB. A picture is drawn anew, so that
    /// nothing but the picture is kept.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
}

/// Send a file; its id is then handed in with a step, or when bringing something in, within
/// a day: what nobody names is thrown away.
#[utoipa::path(
    post,
    path = "/api/v1/files",
    operation_id = "sendFile",
    tag = "files",
    security((), ("token" = ["cases:write"])),
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 201, body = FileShape, description = "It was kept"))
)]
pub async fn upload(visit: Visit, request: Request) -> Answer {
    let is_multipart = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|line| {
            line.as_bytes()
                .to_ascii_lowercase()
                .starts_with(b"multipart/form-data")
        });
    if !is_multipart {
        return Err(Problem::Form(Fault::Encoding));
    }
    let form = form::read(request).await.map_err(Problem::Form)?;
    let unknown = form.texts().map(|(name, _)| name).next();
    if let Some(name) = unknown {
        return Err(Refusal::field(name, "fault-unknown-field").into());
    }
    let mut files = form.files("file");
    let file = files
        .next()
        .ok_or_else(|| Refusal::field("file", "fault-required"))?;
    let bytes = file.bytes.clone().ok_or(Refusal::TooLarge {
        bytes_max: FILE_BYTES_MAX as u64,
    })?;
    if files.next().is_some() {
        return Err(Refusal::field("file", "fault-repeated").into());
    }
    let request = upload::Request {
        bytes,
        name: String::new(),
        peer: visit.peer,
    };
    let file = upload::upload(&visit.state.app, request).await?;
    Ok((StatusCode::CREATED, Json(FileShape::of(&file))).into_response())
}
