//! Calendars for other programs: `/calendar/venue-….ics`, `place-….ics`, `own-….ics`.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use huiyin_app::feeds::{Whose, feed};
use huiyin_app::limits::Purpose;

use crate::problem::Problem;
use crate::visit::{Answer, Visit};

pub async fn show(visit: Visit, Path(feed_name): Path<String>) -> Answer {
    let whose = Whose::of_file(&feed_name).ok_or(Problem::NotFound)?;
    let is_own = matches!(whose, Whose::Link(_));
    if is_own {
        visit.count(Purpose::OpenByCode)?;
    }
    let text = feed(&visit.state.app, whose, visit.taste.lang).await?;
    Ok(sent(
        text,
        match is_own {
            true => Kept::Nowhere,
            false => Kept::AWhile,
        },
    ))
}

/// Who may keep it on its way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is somebody's own.
    Nowhere,
    AWhile,
}

/// A calendar as an answer.
pub fn sent(text: String, kept: Kept) -> Response {
    let mut answer = Response::new(Body::from(text));
    let headers = answer.headers_mut();
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    let kept = match kept {
        Kept::Nowhere => HeaderValue::from_static("private, no-store"),
        Kept::AWhile => HeaderValue::from_static("public, max-age=300"),
    };
    headers.insert(header::CACHE_CONTROL, kept);
    answer
}
