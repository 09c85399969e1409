//! Whether this process can do its work: for whoever watches over it, and for a load balancer.

use axum::http::header;
use axum::response::IntoResponse;
use huiyin_app::{Error, health};

use crate::visit::{Answer, Visit};

/// Answers `ok` when the database does, and "not now" when this process is about to end.
pub async fn look(visit: Visit) -> Answer {
    if visit.state.is_leaving() {
        return Err(Error::Busy.into());
    }
    health::look(&visit.state.app).await?;
    let fresh = [(header::CACHE_CONTROL, "no-store")];
    Ok((fresh, "ok\n").into_response())
}
