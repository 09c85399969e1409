//! What maps are made of: tiles, the base map, and the box in which a page shows its map.

pub mod base;
pub mod tiles;

use axum::response::Response;
use huiyin_app::base_map::{BaseMap, Drawn};
use huiyin_domain::geo::Bounds;
use huiyin_domain::place::PlaceCode;

use crate::headers;
use crate::layout::Page;
use crate::visit::Visit;

/// Tiles with borders and names only, which everybody may see.
pub const PUBLIC_TILES: &str = "/map/tiles/{z}/{x}/{y}.mvt";
/// The same with the open cases of whoever looks.
pub const DESK_TILES: &str = "/desk/map/tiles/{z}/{x}/{y}.mvt";

/// The words of a map's own parts, with the keys by which the script knows them.
const WORDS: [(&str, &str); 5] = [
    ("map", "map-keys"),
    ("nearer", "map-nearer"),
    ("farther", "map-farther"),
    ("wheel", "map-wheel"),
    ("fingers", "map-fingers"),
];

/// A map as its template draws it.
pub struct MapBox {
    pub tiles: String,
    /// West, south, east and north of what is shown; empty for nothing in particular.
    pub bounds: String,
    /// The place that stands out.
    pub at: String,
    /// Which sort of base map there is: empty, `vector`, `raster` or `tiles`.
    pub base: &'static str,
    /// Addresses of tiles from elsewhere, as JSON.
    pub base_tiles: String,
    pub base_zoom: u8,
    pub attribution: String,
    /// The words of the map's own parts, as JSON.
    pub words: String,
}

impl MapBox {
    pub fn new(visit: &Visit, page: &Page, tiles: &'static str, bounds: Option<Bounds>) -> MapBox {
        MapBox::saying(visit, page, (tiles, bounds), &[])
    }

    /// The same with more words for the script.
    pub fn saying(
        visit: &Visit,
        page: &Page,
        (tiles, bounds): (&'static str, Option<Bounds>),
        more: &[(&str, &str)],
    ) -> MapBox {
        let base_map = &visit.state.app.config.base_map;
        let words = WORDS.iter().chain(more);
        let words = words.map(|(name, key)| ((*name).to_owned(), page.t(key).into()));
        let (base, base_tiles, base_zoom) = match base_map {
            BaseMap::None => ("", String::new(), 0),
            BaseMap::File {
                drawn: Drawn::Vector,
                ..
            } => ("vector", String::new(), 0),
            BaseMap::File { .. } => ("raster", String::new(), 0),
            BaseMap::Elsewhere {
                tiles, zoom_max, ..
            } => ("tiles", serde_json::json!(tiles).to_string(), *zoom_max),
        };
        MapBox {
            tiles: tiles.to_owned(),
            bounds: bounds.map_or_else(String::new, corners),
            at: String::new(),
            base,
            base_tiles,
            base_zoom,
            attribution: base_map.attribution().to_owned(),
            words: serde_json::Value::Object(words.collect()).to_string(),
        }
    }

    /// The same map with one place that stands out, and with what lies right in it at every zoom.
    pub fn at(self, place: &PlaceCode) -> MapBox {
        let below = place.level().below();
        MapBox {
            at: place.to_string(),
            tiles: match below {
                Some(level) => format!("{}?to={}", self.tiles, level.word()),
                None => self.tiles,
            },
            ..self
        }
    }
}

fn corners(bounds: Bounds) -> String {
    let (low, high) = (bounds.low.degrees(), bounds.high.degrees());
    format!("{},{},{},{}", low.lon, low.lat, high.lon, high.lat)
}

/// The answer with a page that has a map, which may ask for its base map where that lies.
pub fn with_map(mut answer: Response, visit: &Visit) -> Response {
    let origins = visit.state.app.config.base_map.origins();
    headers::open_to(answer.headers_mut(), &visit.nonce, origins);
    answer
}
