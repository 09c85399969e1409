//! Files that are ahead of their form, in pieces: where to go on, and the next piece. A small
//! part of the draft of the IETF for resumable uploads: `Upload-Offset`, asked for and appended
//! at; the whole length is said by the form that names the file.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use huiyin_app::offline::{Token, stage, staged};

use crate::form::Form;
use crate::problem::Problem;
use crate::visit::{Answer, Visit};

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// The field in which a piece comes.
const PIECE: &str = "piece";

pub async fn show(visit: Visit, Path(file): Path<String>) -> Answer {
    let token = Token::parse(&file).ok_or(Problem::NotFound)?;
    let size = staged::size(&visit.state.app, &visit.actor, &token).await?;
    Ok(at(size, StatusCode::NO_CONTENT))
}

/// Keeps a piece. One that begins elsewhere is left, and the answer says where to go on.
pub async fn append(
    visit: Visit,
    Path(file): Path<String>,
    headers: HeaderMap,
    form: Form,
) -> Answer {
    let token = Token::parse(&file).ok_or(Problem::NotFound)?;
    let offset = headers
        .get(&OFFSET)
        .and_then(|offset| offset.to_str().ok()?.parse::<i64>().ok())
        .ok_or(Problem::Header("upload-offset"))?;
    let piece = form.files(PIECE).next();
    let content = piece.and_then(|piece| piece.bytes.clone());
    let content = content.ok_or(Problem::Malformed)?;
    let end = offset.saturating_add(content.len() as i64);
    let request = stage::Request {
        token,
        starts_at_byte: offset,
        content,
    };
    let there = stage::stage(&visit.state.app, &visit.actor, request).await?;
    let status = match there == end {
        true => StatusCode::NO_CONTENT,
        false => StatusCode::CONFLICT,
    };
    Ok(at(there, status))
}

fn at(size: i64, status: StatusCode) -> Response {
    (status, [(OFFSET, size.to_string())]).into_response()
}
