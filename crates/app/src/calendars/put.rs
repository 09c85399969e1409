//! Give a place hours of its own, change them, or take them back, so that those of the
//! place around it hold again.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::calendar::PlaceHours;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{DbError, Tx, calendars, places};

use crate::administration::{Record, permit};
use crate::almanac::AlmanacShelf;
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub async fn put(
    app: &App,
    actor: &Actor,
    place: PlaceCode,
    hours: PlaceHours,
) -> Result<(), Error> {
    permit(actor, Action::PlacesEdit)?;
    let record = Record::new(app, actor, "hours-put", &place);
    let write = move |tx: &mut Tx<'_>| {
        if places::read(tx, &place)?.is_none() {
            return Err(Refusal::NotFound(Thing::Place).into());
        }
        // --- everything is checked; from here on we write ---
        calendars::put(tx, &place, &hours)?;
        AlmanacShelf::touch(tx)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

pub async fn remove(app: &App, actor: &Actor, place: PlaceCode) -> Result<(), Error> {
    permit(actor, Action::PlacesEdit)?;
    let record = Record::new(app, actor, "hours-removed", &place);
    let write = move |tx: &mut Tx<'_>| {
        match calendars::remove(tx, &place) {
            Err(DbError::Conflict { .. }) => return Err(Refusal::NotFound(Thing::Place).into()),
            other => other?,
        }
        AlmanacShelf::touch(tx)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}
