//! Add a place, or change its names and shape.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::names::Names;
use huiyin_domain::place::{Place, PlaceCode};
use huiyin_store::{Tx, places};

use crate::administration::{Record, permit};
use crate::import::clean;
use crate::{App, Error, Refusal};

const NAME_CHARS_MAX: usize = 120;
const SHAPE_BYTES_MAX: usize = 256 * 1024;

/// A place as it should be.
pub struct Request {
    pub code: PlaceCode,
    pub names: Names,
    /// GeoJSON; none leaves a known shape as it is.
    pub shape: Option<String>,
}

pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<Place, Error> {
    permit(actor, Action::PlacesEdit)?;
    let names = good_names(request.names)?;
    let shape = request.shape.map(|shape| good_shape(&shape)).transpose()?;
    let record = Record::new(app, actor, "place-put", &request.code);
    let code = request.code;
    let write = move |tx: &mut Tx<'_>| {
        if let Some(parent) = code.parent()
            && places::read(tx, &parent)?.is_none()
        {
            return Err(Refusal::field("code", "fault-no-parent").into());
        }
        let known = places::read(tx, &code)?;
        let (known_shape, closed_at) =
            known.map_or((None, None), |known| (known.shape, known.closed_at));
        let place = Place {
            code: code.clone(),
            names: names.clone(),
            shape: shape.clone().or(known_shape),
            closed_at,
        };
        // --- everything is checked; from here on we write ---
        places::put(tx, &place)?;
        record.keep(tx)?;
        Ok::<_, Error>(place)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// Names without what cannot be seen; at least one, none too long.
pub(crate) fn good_names(names: Names) -> Result<Names, Refusal> {
    let names = Names(
        names
            .0
            .into_iter()
            .map(|(lang, name)| (lang, clean(&name)))
            .filter(|(_, name)| !name.is_empty())
            .collect(),
    );
    match names.0.values().map(|name| name.chars().count()).max() {
        None => Err(Refusal::field("name", "fault-required")),
        Some(longest) if longest > NAME_CHARS_MAX => Err(Refusal::too_long("name", NAME_CHARS_MAX)),
        Some(_) => Ok(names),
    }
}

/// A shape that a map can draw, written without spaces.
pub(super) fn good_shape(text: &str) -> Result<String, Refusal> {
    let wrong = || Refusal::field("shape", "fault-shape");
    if text.len() > SHAPE_BYTES_MAX {
        return Err(wrong());
    }
    let shape: serde_json::Value = serde_json::from_str(text).map_err(|_| wrong())?;
    let kind = shape.get("type").and_then(|kind| kind.as_str());
    let is_known = matches!(kind, Some("Polygon" | "MultiPolygon" | "Point"));
    match is_known && shape.get("coordinates").is_some_and(|c| c.is_array()) {
        true => Ok(shape.to_string()),
        false => Err(wrong()),
    }
}
