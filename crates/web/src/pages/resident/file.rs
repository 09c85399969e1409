//! A photo of a case, for whoever may read the case.

use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use huiyin_app::files::fetch::{self, Size};
use huiyin_app::files::look;
use huiyin_domain::id::FileId;

use crate::headers::FILE_POLICY;
use crate::problem::Problem;
use crate::visit::{Answer, Visit};

pub async fn show(visit: Visit, Path(file): Path<FileId>) -> Answer {
    serve(&visit, file, Size::Display).await
}

pub async fn small(visit: Visit, Path(file): Path<FileId>) -> Answer {
    serve(&visit, file, Size::Small).await
}

async fn serve(visit: &Visit, id: FileId, size: Size) -> Answer {
    let app = &visit.state.app;
    let asker = visit.clone();
    let file = look::look(app, id, move |case| asker.looking_at(case)).await?;
    let bytes = fetch::fetch(app, &file, size).await?;
    shown(bytes, &file.media_type)
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
