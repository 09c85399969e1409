//! Vector tiles of our own.

use axum::body::Body;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use huiyin_app::places::tiles;
use huiyin_domain::geo::tile::Tile;
use huiyin_domain::place::Level;
use sha2::{Digest, Sha256};

use crate::problem::Problem;
use crate::visit::{Answer, Visit};

const KIND: HeaderValue = HeaderValue::from_static("application/vnd.mapbox-vector-tile");
/// Borders change a few times a year; who draws one sees it within this, others a little later.
const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=60");
/// What one person may see is asked for each time, and sent only when it has changed.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// `{z}/{x}/{y}.mvt`.
pub type Address = Path<(String, String, String)>;

fn tile((zoom, column, row): &(String, String, String)) -> Option<Tile> {
    let row = row.strip_suffix(".mvt")?;
    Tile::new(zoom.parse().ok()?, column.parse().ok()?, row.parse().ok()?)
}

/// Down to which level somebody wants to see places at every zoom: `to=grid`.
fn level(query: Option<&str>) -> Option<Level> {
    let word = query?.strip_prefix("to=")?;
    let mut levels = Level::ALL.iter().map(|&(level, _)| level);
    levels.find(|level| level.word() == word)
}

/// Borders and names.
pub async fn of_places(
    visit: Visit,
    Path(address): Address,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let tile = tile(&address).ok_or(Problem::NotFound)?;
    let to = level(query.as_deref());
    let bytes = tiles::of_places(&visit.state.app, tile, to).await?;
    Ok(sent(bytes, &headers, PUBLIC))
}

/// Borders, names and open cases.
pub async fn of_desk(
    visit: Visit,
    Path(address): Address,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let tile = tile(&address).ok_or(Problem::NotFound)?;
    let asked = (tile, level(query.as_deref()));
    let bytes = tiles::of_desk(&visit.state.app, &visit.actor, asked).await?;
    Ok(sent(bytes, &headers, PRIVATE))
}

fn sent(bytes: Vec<u8>, asked: &HeaderMap, keep: HeaderValue) -> Response<Body> {
    let digest = Sha256::digest(&bytes);
    let tag: String = digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    // Weak, because the tile may be packed on its way.
    let tag = format!("W/\"{tag}\"");
    let known = asked.get(header::IF_NONE_MATCH);
    let known = known.and_then(|known| known.to_str().ok()).unwrap_or("");
    let is_known = known.split(',').any(|known| known.trim() == tag);
    let (status, body) = match (is_known, bytes.is_empty()) {
        (true, _) => (StatusCode::NOT_MODIFIED, Body::empty()),
        (false, true) => (StatusCode::NO_CONTENT, Body::empty()),
        (false, false) => (StatusCode::OK, Body::from(bytes)),
    };
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    if status == StatusCode::OK {
        headers.insert(header::CONTENT_TYPE, KIND);
    }
    headers.insert(header::CACHE_CONTROL, keep);
    let tag = HeaderValue::from_str(&tag).expect("a digest is made of letters");
    headers.insert(header::ETAG, tag);
    answer
}
