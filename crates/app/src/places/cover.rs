//! What a community's grids leave out, what two of them share, and what reaches beyond: said
//! whenever borders come in, and shown beside the place. It is never a refusal, because a
//! border that is nearly right is better than none.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_domain::geo::{Finding, Found, Geometry, Shape, System, coverage, geometry};
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_store::{DbError, Tx, places};

use crate::{App, Error};

/// So many parts of one place are held against each other.
const PARTS_MAX: i64 = 500;

/// One thing to know about the borders within a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning {
    pub within: Place,
    /// The parts that it is about: one, two or none.
    pub parts: Vec<Place>,
    pub finding: Finding,
}

impl Warning {
    /// The key of the sentence: it takes `$within`, `$one`, `$other`, `$area`, `$lon`, `$lat`.
    pub fn key(&self) -> &'static str {
        match self.finding.found {
            Found::Gap => "land-gap",
            Found::Overlap(..) => "land-overlap",
            Found::Outside(_) => "land-outside",
        }
    }

    /// What the sentence is filled with, in a language.
    pub fn args(&self, lang: &str) -> Vec<(&'static str, String)> {
        let name = |place: Option<&Place>| {
            place.map_or_else(String::new, |place| place.names.in_lang(lang).to_owned())
        };
        let at = self.finding.pieces.first().map(|piece| piece.at);
        let degrees = |number: Option<f64>| format!("{:.5}", number.unwrap_or_default());
        vec![
            ("within", name(Some(&self.within))),
            ("one", name(self.parts.first())),
            ("other", name(self.parts.get(1))),
            ("area", format!("{:.0}", self.finding.area_m2())),
            ("lon", degrees(at.map(|at| at.lon))),
            ("lat", degrees(at.map(|at| at.lat))),
        ]
    }
}

/// What there is to say about the borders right within a place.
pub async fn cover(app: &App, code: PlaceCode) -> Result<Vec<Warning>, Error> {
    let read = move |tx: &mut Tx<'_>| within(tx, &code, &BTreeMap::new());
    app.store.read(read).await.map_err(Error::from)
}

/// The same for every community and grid that these new or changed places touch.
pub(crate) fn of_changes(
    tx: &mut Tx<'_>,
    changed: &BTreeMap<PlaceCode, Place>,
) -> Result<Vec<Warning>, DbError> {
    let drawn = changed.values().filter(|place| place.shape.is_some());
    let touched: BTreeSet<PlaceCode> = drawn
        .flat_map(|place| place.code.parent().into_iter().chain([place.code.clone()]))
        .filter(is_tiled)
        .collect();
    let mut warnings = Vec::new();
    for code in touched {
        warnings.extend(within(tx, &code, changed)?);
    }
    Ok(warnings)
}

/// Grids fill their community and micro-grids their grid; buildings stand apart.
fn is_tiled(code: &PlaceCode) -> bool {
    matches!(code.level(), Level::Community | Level::Grid)
}

pub(super) fn within(
    tx: &mut Tx<'_>,
    code: &PlaceCode,
    changed: &BTreeMap<PlaceCode, Place>,
) -> Result<Vec<Warning>, DbError> {
    if !is_tiled(code) {
        return Ok(Vec::new());
    }
    let whole = match changed.get(code) {
        Some(place) => Some(place.clone()),
        None => places::read(tx, code)?,
    };
    let Some(whole) = whole.filter(|place| place.closed_at.is_none()) else {
        return Ok(Vec::new());
    };
    let mut parts: BTreeMap<PlaceCode, Place> = places::drawn_children(tx, code, PARTS_MAX)?
        .into_iter()
        .map(|place| (place.code.clone(), place))
        .collect();
    let inside = changed.range(code.clone()..);
    for (part, place) in inside.take_while(|(part, _)| part.is_within(code)) {
        if part.parent().as_ref() == Some(code) {
            parts.insert(part.clone(), place.clone());
        }
    }
    let parts: Vec<(Place, Shape)> = parts
        .into_values()
        .filter(|place| place.closed_at.is_none())
        .filter_map(|place| Some((place.clone(), area(&place)?)))
        .collect();
    let shapes: Vec<&Shape> = parts.iter().map(|(_, shape)| shape).collect();
    let findings = coverage(area(&whole).as_ref(), &shapes);
    let warning = |finding: Finding| {
        let about = match finding.found {
            Found::Gap => vec![],
            Found::Outside(part) => vec![part],
            Found::Overlap(one, other) => vec![one, other],
        };
        Warning {
            within: whole.clone(),
            parts: about.into_iter().map(|at| parts[at].0.clone()).collect(),
            finding,
        }
    };
    Ok(findings.into_iter().map(warning).collect())
}

/// The border of a place, or the point where it is, when it has either.
pub(super) fn drawn(place: &Place) -> Option<Geometry> {
    let value = serde_json::from_str(place.shape.as_deref()?).ok()?;
    geometry(&value, System::Wgs84).ok()
}

/// The border of a place, when it has one.
pub(super) fn area(place: &Place) -> Option<Shape> {
    drawn(place).and_then(Geometry::area)
}
