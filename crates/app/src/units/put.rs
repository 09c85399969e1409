//! Add a unit, or change it.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::UnitId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::{Unit, UnitCategory};
use huiyin_store::{Tx, places, units};

use crate::administration::{Record, permit};
use crate::atlas::AtlasShelf;
use crate::error::Thing;
use crate::places::put::good_names;
use crate::{App, Error, Refusal};

/// A unit as it should be.
pub struct Request {
    /// None for a new one.
    pub id: Option<UnitId>,
    pub category: UnitCategory,
    pub names: Names,
    pub place: PlaceCode,
    pub parent: Option<UnitId>,
}

pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<Unit, Error> {
    permit(actor, Action::UnitsEdit)?;
    let names = good_names(request.names)?;
    let is_new = request.id.is_none();
    let id = request.id.unwrap_or_else(|| UnitId::from_raw(app.mint()));
    let record = Record::new(app, actor, "unit-put", id);
    let wanted = Unit {
        id,
        category: request.category,
        names,
        place: request.place,
        parent: request.parent,
        closed_at: None,
    };
    let write = move |tx: &mut Tx<'_>| {
        let known = units::read(tx, wanted.id)?;
        if known.is_none() && !is_new {
            return Err(Refusal::NotFound(Thing::Unit).into());
        }
        if places::read(tx, &wanted.place)?.is_none() {
            return Err(Refusal::field("place", "fault-unknown").into());
        }
        if let Some(parent) = wanted.parent {
            check_parent(tx, wanted.id, parent)?;
        }
        let unit = Unit {
            closed_at: known.and_then(|known| known.closed_at),
            ..wanted.clone()
        };
        // --- everything is checked; from here on we write ---
        units::put(tx, &unit)?;
        AtlasShelf::touch(tx)?;
        record.keep(tx)?;
        Ok::<_, Error>(unit)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// The parent must be there and must not stand below the unit itself.
fn check_parent(tx: &mut Tx<'_>, unit: UnitId, parent: UnitId) -> Result<(), Error> {
    let mut above = Some(parent);
    while let Some(id) = above {
        if id == unit {
            return Err(Refusal::field("parent", "fault-circle").into());
        }
        let next = units::read(tx, id)?.ok_or(Refusal::field("parent", "fault-unknown"))?;
        above = next.parent;
    }
    Ok(())
}
