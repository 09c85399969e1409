//! Whether this process can do its work: for whoever watches over it.

use axum::http::header;
use axum::response::IntoResponse;
use huiyin_app::health;

use crate::visit::{Answer, Visit};

/// Answers `ok` when the database does.
pub async fn look(visit: Visit) -> Answer {
    health::look(&visit.state.app).await?;
    let fresh = [(header::CACHE_CONTROL, "no-store")];
    Ok((fresh, "ok\n").into_response())
}
