//! Found a unit for every prefecture, county, street and community that has none: whoever
//! answers for a place must be there before anything is brought in for it.

use std::collections::HashMap;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::UnitId;
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_domain::unit::{Unit, UnitCategory};
use huiyin_store::{Tx, places, units};

use crate::administration::{Record, permit};
use crate::atlas::AtlasShelf;
use crate::{App, Error};

const PLACES_MAX: i64 = 1_000_000;

/// How many were founded.
pub async fn found(app: &App, actor: &Actor) -> Result<usize, Error> {
    permit(actor, Action::UnitsEdit)?;
    let record = Record::new(app, actor, "units-founded", "units");
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| {
        let mut answers: HashMap<PlaceCode, UnitId> = units::read_all(tx)?
            .into_iter()
            .filter(|unit| unit.category.is_territorial() && unit.closed_at.is_none())
            .map(|unit| (unit.place, unit.id))
            .collect();
        let mut all = places::within(tx, None, None, PLACES_MAX)?;
        all.retain(|place| place.closed_at.is_none() && category(place).is_some());
        all.sort_by_key(|place| place.code.level());
        // --- everything is checked; from here on we write ---
        let mut count = 0;
        for place in all {
            if let Some(category) = category(&place)
                && !answers.contains_key(&place.code)
            {
                let parent = place
                    .code
                    .with_ancestors()
                    .iter()
                    .find_map(|code| answers.get(code).copied());
                let unit = Unit {
                    id: UnitId::from_raw(inner.mint()),
                    category,
                    names: place.names,
                    place: place.code.clone(),
                    parent,
                    closed_at: None,
                };
                // Many ids of one instant: chance alone would not keep them apart.
                let unit = Unit {
                    id: UnitId::from_raw(unit.id.get() + (count << 10)),
                    ..unit
                };
                units::put(tx, &unit)?;
                answers.insert(place.code, unit.id);
                count += 1;
            }
        }
        AtlasShelf::touch(tx)?;
        let shape = serde_json::json!({ "founded": count });
        record.clone().shaped(&shape).keep(tx)?;
        Ok::<_, Error>(usize::try_from(count).expect("a count is not negative"))
    };
    app.store.write(0, write).await.map_err(Error::from)
}

fn category(place: &Place) -> Option<UnitCategory> {
    match place.code.level() {
        Level::Prefecture => Some(UnitCategory::Prefecture),
        Level::County => Some(UnitCategory::County),
        Level::Street => Some(UnitCategory::Street),
        Level::Community => Some(UnitCategory::Community),
        _ => None,
    }
}
