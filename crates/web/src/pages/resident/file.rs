//! A photo of a case, or what was said with it, for whoever may read the case.

use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use huiyin_app::files::fetch::{self, Size};
use huiyin_app::files::look;
use huiyin_domain::id::FileId;

use crate::headers::FILE_POLICY;
use crate::problem::Problem;
use crate::range;
use crate::visit::{Answer, Visit};

pub async fn show(visit: Visit, Path(file): Path<FileId>, headers: HeaderMap) -> Answer {
    let (bytes, media_type) = find(&visit, file, Size::Display).await?;
    match media_type.starts_with("audio/") {
        true => part(bytes, &media_type, &headers),
        false => shown(bytes, &media_type),
    }
}

pub async fn small(visit: Visit, Path(file): Path<FileId>) -> Answer {
    let (bytes, media_type) = find(&visit, file, Size::Small).await?;
    shown(bytes, &media_type)
}

async fn find(visit: &Visit, id: FileId, size: Size) -> Result<(Bytes, String), Problem> {
    let app = &visit.state.app;
    let asker = visit.clone();
    let file = look::look(app, id, move |case| asker.looking_at(case)).await?;
    let bytes = fetch::fetch(app, &file, size).await?;
    Ok((bytes, file.media_type))
}

/// A photo on its way to somebody who may see it.
pub(crate) fn shown(bytes: Bytes, media_type: &str) -> Answer {
    let kind = HeaderValue::from_str(media_type).map_err(|_| Problem::NotFound)?;
    let mut answer = Response::new(Body::from(bytes));
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CONTENT_SECURITY_POLICY, FILE_POLICY);
    let inline = HeaderValue::from_static("inline");
    headers.insert(header::CONTENT_DISPOSITION, inline);
    let kept = HeaderValue::from_static("private, max-age=3600");
    headers.insert(header::CACHE_CONTROL, kept);
    Ok(answer)
}

/// Of a sound a browser asks for parts, and some play none that cannot be had so.
fn part(bytes: Bytes, media_type: &str, asked: &HeaderMap) -> Answer {
    let range = asked.get(header::RANGE);
    let range = range.and_then(|range| range.to_str().ok());
    let bounds = range.and_then(|range| range::bounds(range, bytes.len()));
    let whole = bytes.len();
    let mut answer = match bounds {
        Some((from, to)) => shown(bytes.slice(from..=to), media_type)?,
        None => shown(bytes, media_type)?,
    };
    let accepts = HeaderValue::from_static("bytes");
    answer.headers_mut().insert(header::ACCEPT_RANGES, accepts);
    if let Some((from, to)) = bounds {
        let said = HeaderValue::from_str(&format!("bytes {from}-{to}/{whole}"));
        let said = said.map_err(|_| Problem::NotFound)?;
        answer.headers_mut().insert(header::CONTENT_RANGE, said);
        *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(answer)
}
