//! Read a file of a case.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use huiyin_app::Refusal;
use huiyin_app::cases::read;
use huiyin_app::error::Thing;
use huiyin_app::files::fetch::{self, Size};
use huiyin_domain::id::FileId;

use crate::api::v1::caller;
use crate::headers::FILE_POLICY;
use crate::problem::Problem;
use crate::visit::{Answer, Visit};

/// What a file of the case holds, as it was kept: a picture is drawn anew when it comes in.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{case}/files/{file}",
    operation_id = "readFile",
    tag = "files",
    security(("token" = ["cases:read"]), ("tracking-code" = [])),
    params(
        ("case" = String, Path, description = "The id of the case",
            pattern = "^[0-9a-hjkmnp-tv-z]{13}$"),
        ("file" = String, Path, description = "The id of the file",
            pattern = "^[0-9a-hjkmnp-tv-z]{13}$"),
    ),
    responses((status = 200, content_type = "image/*", body = Vec<u8>, description = "The file"))
)]
pub async fn read(
    visit: Visit,
    Path((case, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let id = caller::id(&case, Thing::Case)?;
    let file: FileId = caller::id(&file, Thing::File)?;
    let actor = caller::on_case(&visit, &headers, id).await?;
    let app = &visit.state.app;
    let page = read::read(app, &actor, id).await?;
    let held = page.files.iter().find(|held| held.id == file);
    let held = held.ok_or(Refusal::NotFound(Thing::File))?;
    let bytes = fetch::fetch(app, held, Size::Display).await?;
    let kind = HeaderValue::from_str(&held.media_type).map_err(|_| Problem::NotFound)?;
    let said = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, FILE_POLICY),
    ];
    let answer: Response = (said, Body::from(bytes)).into_response();
    Ok(answer)
}
