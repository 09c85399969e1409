//! Draw the border of a place by hand. Gaps and overlaps that it makes are said first, and it is
//! saved when whoever draws has seen exactly these; never silently, and never refused for good.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, Thing as Standing, may};
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::geo::{Found, Geometry, LinesFault, System, from_lines, to_geojson, to_lines};
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_store::{Tx, places};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::cover::{Warning, drawn, of_changes, within};
use super::shelf;
use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::outside::hex;
use crate::{App, Error, Refusal};

/// So many neighbours are shown and jumped to.
const NEAR_MAX: i64 = 300;

/// A border as it was typed or drawn.
pub struct Request {
    pub place: PlaceCode,
    pub corners: String,
    pub system: System,
    /// Of the warnings that whoever draws has seen: see [`Outcome::Warned`].
    pub seen: String,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Saved,
    /// Nothing is saved yet: this is what it would make, and what says that it was seen.
    Warned {
        warnings: Vec<Warning>,
        seen: String,
    },
}

/// Whether somebody may draw the border of this place.
pub fn may_draw(actor: &Actor, place: &PlaceCode) -> bool {
    refusal(actor, place).is_none()
}

fn refusal(actor: &Actor, place: &PlaceCode) -> Option<Refusal> {
    if may(actor, Action::PlacesEdit, None) {
        return None;
    }
    if !may(
        actor,
        Action::PlacesChange,
        Some(&Standing::lying_in(place)),
    ) {
        return Some(Refusal::NotPermitted);
    }
    let is_wide = !place.level().changes();
    is_wide.then(|| Refusal::rule(Class::NotPermitted, "border-level"))
}

/// Whether a place may lie at a point and have no border: a building, and what is in it.
pub fn is_known_by_point(place: &PlaceCode) -> bool {
    place.level() >= Level::Building
}

pub async fn draw(app: &App, actor: &Actor, request: Request) -> Result<Outcome, Error> {
    permit(actor, Action::PlacesChange)?;
    if let Some(refusal) = refusal(actor, &request.place) {
        return Err(refusal.into());
    }
    let shape = from_lines(&request.corners, request.system).map_err(fault)?;
    if matches!(shape, Geometry::Spot(_)) && !is_known_by_point(&request.place) {
        return Err(fault(LinesFault::TooFew).into());
    }
    let shape = to_geojson(&shape).to_string();
    let record = Record::new(app, actor, "place-drawn", &request.place);
    let (code, seen) = (request.place, request.seen);
    let write = move |tx: &mut Tx<'_>| {
        // As whoever changes places does: what lies side by side is drawn one after the other.
        for locked in code.parent().iter().chain([&code]) {
            places::lock(tx, locked)?;
        }
        let known = places::read(tx, &code)?;
        let known = known.ok_or(Refusal::NotFound(Thing::Place))?;
        if known.closed_at.is_some() {
            return Err(Refusal::rule(Class::Conflict, "border-closed").into());
        }
        let place = Place {
            shape: Some(shape.clone()),
            ..known
        };
        let warnings = made_by(tx, &place)?;
        let digest = digest(&shape, &warnings);
        if !warnings.is_empty() && seen != digest {
            return Ok(Outcome::Warned {
                warnings,
                seen: digest,
            });
        }
        // --- everything is checked; from here on we write ---
        places::put(tx, &place)?;
        shelf::touch(tx)?;
        record.keep(tx)?;
        Ok::<_, Error>(Outcome::Saved)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

fn fault(fault: LinesFault) -> Refusal {
    let at = |key, line: usize| {
        let fault = FieldFault::new("corners", key);
        Refusal::Invalid(vec![fault.with("line", line)])
    };
    match fault {
        LinesFault::Nothing => Refusal::field("corners", "fault-border-none"),
        LinesFault::Line(line) => at("fault-border-line", line),
        LinesFault::NotOnEarth(line) => at("fault-border-not-on-earth", line),
        LinesFault::TooFew => Refusal::field("corners", "fault-border-few"),
        LinesFault::Shape(fault) => Refusal::field("corners", fault.key()),
    }
}

/// What there is to say of a place with this border: all that is about itself and what lies in
/// it, and of the gaps around it those that grow.
fn made_by(tx: &mut Tx<'_>, place: &Place) -> Result<Vec<Warning>, Error> {
    let code = &place.code;
    let changed = BTreeMap::from([(code.clone(), place.clone())]);
    let mut warnings = of_changes(tx, &changed)?;
    let is_gap = |warning: &Warning| warning.finding.found == Found::Gap;
    let before = match code.parent().filter(|_| warnings.iter().any(is_gap)) {
        Some(parent) => within(tx, &parent, &BTreeMap::new())?,
        None => Vec::new(),
    };
    let gaps_m2 = |around: &PlaceCode| {
        let gaps = before.iter().filter(|one| is_gap(one));
        let gaps = gaps.filter(|gap| gap.within.code == *around);
        gaps.map(|gap| gap.finding.area_m2()).sum::<f64>()
    };
    warnings.retain(|warning| {
        let is_about = warning.parts.iter().any(|part| part.code == *code);
        let is_inside = warning.within.code == *code;
        // A gap that only becomes smaller is no news to whoever is closing it.
        let grows = || warning.finding.area_m2() > gaps_m2(&warning.within.code) + 1.0;
        is_about || is_inside || is_gap(warning) && grows()
    });
    Ok(warnings)
}

/// What tells one set of warnings for one border from any other.
fn digest(shape: &str, warnings: &[Warning]) -> String {
    let mut hash = Sha256::new().chain_update(shape);
    for warning in warnings {
        let parts: Vec<&str> = warning
            .parts
            .iter()
            .map(|part| part.code.as_str())
            .collect();
        let area = warning.finding.area_m2().round();
        hash.update(format!(
            "{} {} {parts:?} {area};",
            warning.key(),
            warning.within.code
        ));
    }
    hex(&hash.finalize()[..8])
}

/// A place as it is drawn now.
#[derive(Debug, Clone, PartialEq)]
pub struct Border {
    pub place: Place,
    /// Its corners, a line each, or the point where it is; empty when it has neither.
    pub corners: String,
}

pub async fn border(app: &App, actor: &Actor, code: PlaceCode) -> Result<Border, Error> {
    permit(actor, Action::PlacesChange)?;
    if let Some(refusal) = refusal(actor, &code) {
        return Err(refusal.into());
    }
    let read = move |tx: &mut Tx<'_>| {
        let place = places::read(tx, &code)?;
        let place = place.ok_or(Error::from(Refusal::NotFound(Thing::Place)))?;
        let drawn = drawn(&place);
        let corners = drawn.map_or_else(String::new, |drawn| to_lines(&drawn));
        Ok::<_, Error>(Border { place, corners })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// What is drawn around a place and beside it, with the corners as they are kept: a border that
/// jumps to them leaves no gap. `is` says which is which.
pub async fn near(app: &App, actor: &Actor, code: PlaceCode) -> Result<Value, Error> {
    permit(actor, Action::PlacesChange)?;
    let read = move |tx: &mut Tx<'_>| {
        let mut features = Vec::new();
        let mut add = |place: &Place, is: &str| {
            let shape = place.shape.as_deref();
            let shape = shape.and_then(|shape| serde_json::from_str::<Value>(shape).ok());
            if let Some(shape) = shape {
                let properties = json!({ "code": place.code, "is": is });
                features.push(
                    json!({ "type": "Feature", "properties": properties, "geometry": shape }),
                );
            }
        };
        if let Some(parent) = code.parent() {
            if let Some(around) = places::read(tx, &parent)? {
                add(&around, "around");
            }
            for beside in places::drawn_children(tx, &parent, NEAR_MAX)? {
                if beside.code != code {
                    add(&beside, "beside");
                }
            }
        }
        Ok::<_, Error>(json!({ "type": "FeatureCollection", "features": features }))
    };
    app.store.read(read).await.map_err(Error::from)
}

#[cfg(test)]
#[path = "draw_tests.rs"]
mod tests;
