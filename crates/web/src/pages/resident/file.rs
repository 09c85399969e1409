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
use crate::visit::{Answer, Visit};

pub async fn show(visit: Visit, Path(file): Path<FileId>, headers: HeaderMap) -> Answer {
    let answer = serve(&visit, file, Size::Display).await?;
    Ok(part(answer, &headers).await)
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

/// Of a sound a browser asks for parts, and some play none that cannot be had so.
async fn part(answer: Response, asked: &HeaderMap) -> Response {
    let kind = answer.headers().get(header::CONTENT_TYPE);
    if !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"audio/")) {
        return answer;
    }
    let (mut head, body) = answer.into_parts();
    head.headers
        .insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        return Response::new(Body::empty());
    };
    let range = asked.get(header::RANGE);
    let range = range.and_then(|range| range.to_str().ok());
    let Some((from, to)) = range.and_then(|range| bounds(range, bytes.len())) else {
        return Response::from_parts(head, Body::from(bytes));
    };
    let said = format!("bytes {from}-{to}/{}", bytes.len());
    if let Ok(said) = HeaderValue::from_str(&said) {
        head.headers.insert(header::CONTENT_RANGE, said);
        head.status = StatusCode::PARTIAL_CONTENT;
    }
    Response::from_parts(head, Body::from(bytes.slice(from..=to)))
}

/// The first and the last byte that are asked for; none when all of it is, or it makes no sense.
fn bounds(range: &str, length: usize) -> Option<(usize, usize)> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let last = length.checked_sub(1)?;
    let (from, to) = match (from.parse::<usize>(), to.parse::<usize>()) {
        (Ok(from), Ok(to)) => (from, to.min(last)),
        (Ok(from), Err(_)) if to.is_empty() => (from, last),
        (Err(_), Ok(count)) if from.is_empty() && count > 0 => (length.saturating_sub(count), last),
        _ => return None,
    };
    (from <= to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_within_the_whole() {
        for (range, bounded) in [
            ("bytes=0-1", Some((0, 1))),
            ("bytes=0-", Some((0, 9))),
            ("bytes=4-99", Some((4, 9))),
            ("bytes=-3", Some((7, 9))),
            ("bytes=-99", Some((0, 9))),
            ("bytes=10-", None),
            ("bytes=5-4", None),
            ("bytes=-0", None),
            ("bytes=0-1,4-5", None),
            ("lines=0-1", None),
            ("bytes=-", None),
        ] {
            assert_eq!(bounds(range, 10), bounded, "{range}");
        }
        assert_eq!(bounds("bytes=0-", 0), None);
    }
}
