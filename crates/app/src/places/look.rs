//! Look at the tree of places. Everybody may: places are public.

use std::collections::HashMap;

use huiyin_domain::place::{Place, PlaceCode};
use huiyin_store::{DbError, Tx, places};

use crate::import::clean;
use crate::{App, Error};

const FOUND_MAX: i64 = 30;
const TEXT_CHARS_MAX: usize = 60;

/// A place with where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub place: Place,
    /// The places around it, the widest first.
    pub path: Vec<Place>,
    pub has_inside: bool,
}

/// A place and where it lies, also when it has been closed.
pub async fn path(app: &App, code: PlaceCode) -> Result<Option<Found>, Error> {
    let read = move |tx: &mut Tx<'_>| {
        let place = places::read(tx, &code)?;
        place
            .map(|place| found(tx, place, &mut HashMap::new()))
            .transpose()
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The open places right inside a place; the widest of all for none.
pub async fn inside(app: &App, place: Option<PlaceCode>) -> Result<Vec<Found>, Error> {
    let read = move |tx: &mut Tx<'_>| {
        let children = places::children(tx, place.as_ref())?;
        all(tx, children)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Open places whose name in some language holds the text, the widest first; a code finds
/// its place.
pub async fn search(app: &App, text: String) -> Result<Vec<Found>, Error> {
    let text: String = clean(&text).chars().take(TEXT_CHARS_MAX).collect();
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let read = move |tx: &mut Tx<'_>| {
        let by_code = match text.parse::<PlaceCode>() {
            Ok(code) => places::read(tx, &code)?,
            Err(_) => None,
        };
        let hits = match by_code {
            Some(place) => vec![place],
            None => places::find(tx, &text, None, FOUND_MAX)?,
        };
        all(tx, hits)
    };
    app.store.read(read).await.map_err(Error::from)
}

fn all(tx: &mut Tx<'_>, hits: Vec<Place>) -> Result<Vec<Found>, DbError> {
    let mut known = HashMap::new();
    hits.into_iter()
        .filter(|place| place.closed_at.is_none())
        .map(|place| found(tx, place, &mut known))
        .collect()
}

pub(super) fn found(
    tx: &mut Tx<'_>,
    place: Place,
    known: &mut HashMap<PlaceCode, Option<Place>>,
) -> Result<Found, DbError> {
    let mut path = Vec::new();
    for code in place.code.with_ancestors().into_iter().skip(1).rev() {
        let around = match known.get(&code) {
            Some(around) => around.clone(),
            None => {
                let around = places::read(tx, &code)?.map(|around| Place {
                    shape: None,
                    ..around
                });
                known.insert(code, around.clone());
                around
            }
        };
        path.extend(around);
    }
    Ok(Found {
        has_inside: places::has_inside(tx, &place.code)?,
        place,
        path,
    })
}
