//! Add a place, or change its names and shape.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::geo::{ShapeFault, System, geometry, to_geojson};
use huiyin_domain::names::Names;
use huiyin_domain::place::{Place, PlaceCode};
use huiyin_store::{Tx, places};

use super::shelf;
use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::import::clean;
use crate::{App, Error, Refusal};

const NAME_CHARS_MAX: usize = 120;
const SHAPE_BYTES_MAX: usize = 1024 * 1024;

/// What is meant by putting a place, so that a slip of the finger makes none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// A place that is not known yet, within one that is.
    AddWithin,
    /// A place of the highest level, which lies in no other.
    AddAtTop,
    /// Other names or another shape for a place that is known.
    Change,
}

/// A place as it should be.
pub struct Request {
    pub code: PlaceCode,
    pub aim: Aim,
    pub names: Names,
    /// GeoJSON; none leaves a known shape as it is.
    pub shape: Option<String>,
}

pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<Place, Error> {
    permit(actor, Action::PlacesEdit)?;
    let names = good_names(request.names)?;
    let shape = request.shape.map(|shape| good_shape(&shape, System::Wgs84));
    let shape = shape.transpose();
    let shape = shape.map_err(|fault| Refusal::field("shape", fault.key()))?;
    let record = Record::new(app, actor, "place-put", &request.code);
    let (code, aim) = (request.code, request.aim);
    let write = move |tx: &mut Tx<'_>| {
        let known = places::read(tx, &code)?;
        match (aim, &known) {
            (Aim::Change, None) => return Err(Refusal::NotFound(Thing::Place).into()),
            (Aim::Change, Some(_)) => {}
            (_, Some(_)) => return Err(Refusal::field("code", "fault-place-known").into()),
            (_, None) => can_lie(tx, &code, aim)?,
        }
        let (known_shape, closed_at) =
            known.map_or((None, None), |known| (known.shape, known.closed_at));
        let is_drawn = shape.is_some() && shape != known_shape;
        let place = Place {
            code: code.clone(),
            names: names.clone(),
            shape: shape.clone().or(known_shape),
            closed_at,
        };
        // --- everything is checked; from here on we write ---
        places::put(tx, &place)?;
        if is_drawn {
            shelf::touch(tx)?;
        }
        record.keep(tx)?;
        Ok::<_, Error>(place)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// A new place lies in one that is known, or is meant to lie in none.
fn can_lie(tx: &mut Tx<'_>, code: &PlaceCode, aim: Aim) -> Result<(), Error> {
    let fault = match code.parent() {
        Some(parent) if places::read(tx, &parent)?.is_none() => "fault-no-parent",
        None if aim != Aim::AddAtTop => "fault-place-top",
        _ => return Ok(()),
    };
    Err(Refusal::field("code", fault).into())
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

/// A shape that is sound, written in one way.
pub(super) fn good_shape(text: &str, system: System) -> Result<String, ShapeFault> {
    if text.len() > SHAPE_BYTES_MAX {
        return Err(ShapeFault::TooMany);
    }
    let value = serde_json::from_str(text).map_err(|_| ShapeFault::NotGeoJson)?;
    geometry(&value, system).map(|shape| to_geojson(&shape).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{actor, benches};
    use huiyin_domain::person::Role;

    #[tokio::test]
    async fn a_slip_in_a_code_makes_no_place() {
        for bench in benches() {
            let office = actor(Role::Office);
            let put = async |code: &str, aim| {
                let request = Request {
                    code: code.parse().unwrap(),
                    aim,
                    names: Names::one("zh", "某地"),
                    shape: None,
                };
                put(&bench.app, &office, request)
                    .await
                    .map(|place| place.code.to_string())
            };
            let fault = |answer: Result<String, Error>| match answer {
                Err(Error::Refused(refusal)) => {
                    let faults = refusal.faults().iter().map(|fault| fault.key);
                    faults.collect::<Vec<_>>().join(" ")
                }
                other => panic!("{other:?}"),
            };
            assert_eq!(fault(put("9902", Aim::AddWithin).await), "fault-place-top");
            assert_eq!(fault(put("990201", Aim::AddAtTop).await), "fault-no-parent");
            assert_eq!(fault(put("6529", Aim::AddAtTop).await), "fault-place-known");
            // Nothing is made by giving a name, either.
            assert_eq!(fault(put("9902", Aim::Change).await), "");
            assert_eq!(put("9902", Aim::AddAtTop).await.unwrap(), "9902");
            assert_eq!(put("990201", Aim::AddWithin).await.unwrap(), "990201");
            assert_eq!(put("990201", Aim::Change).await.unwrap(), "990201");
        }
    }
}
