//! Places with their borders as a GeoJSON file, which can be imported again.

use axum::extract::RawQuery;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use huiyin_app::places::features;
use huiyin_domain::place::PlaceCode;

use crate::form::Form;
use crate::problem::Problem;
use crate::visit::{Answer, Visit};

pub async fn send(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let within: Option<PlaceCode> = match asked.text("at") {
        "" => None,
        at => Some(at.parse().map_err(|_| Problem::Malformed)?),
    };
    let name = within
        .as_ref()
        .map_or_else(|| "places".to_owned(), |code| format!("places-{code}"));
    let file = features::export(&visit.state.app, &visit.actor, within).await?;
    let disposition = format!("attachment; filename=\"{name}.geojson\"");
    let headers = [
        (CONTENT_TYPE, "application/geo+json".to_owned()),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, file.to_string()).into_response())
}
