//! Add a special day of a place or a unit, change it, or take it away.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::calendar::{SpecialDay, Whose};
use huiyin_store::{Tx, calendars, places, units};
use jiff::civil::Date;

use crate::administration::{Record, permit};
use crate::almanac::AlmanacShelf;
use crate::error::Thing;
use crate::import::clean;
use crate::{App, Error, Refusal};

const NAME_CHARS_MAX: usize = 60;

pub async fn put(app: &App, actor: &Actor, whose: Whose, day: SpecialDay) -> Result<(), Error> {
    permit(actor, Action::PlacesEdit)?;
    let day = good(day)?;
    let record = Record::new(app, actor, "day-put", format!("{whose} {}", day.date));
    let id = app.mint();
    let write = move |tx: &mut Tx<'_>| {
        known(tx, &whose)?;
        // --- everything is checked; from here on we write ---
        calendars::put_day(tx, id, &whose, &day)?;
        AlmanacShelf::touch(tx)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// Taking away what is not there changes nothing.
pub async fn remove(app: &App, actor: &Actor, whose: Whose, date: Date) -> Result<(), Error> {
    permit(actor, Action::PlacesEdit)?;
    let record = Record::new(app, actor, "day-removed", format!("{whose} {date}"));
    let write = move |tx: &mut Tx<'_>| {
        known(tx, &whose)?;
        // --- everything is checked; from here on we write ---
        if calendars::remove_day(tx, &whose, date)? {
            AlmanacShelf::touch(tx)?;
            record.keep(tx)?;
        }
        Ok::<_, Error>(())
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// The place or unit must be there.
pub(super) fn known(tx: &mut Tx<'_>, whose: &Whose) -> Result<(), Error> {
    let missing = match whose {
        Whose::Place(place) => places::read(tx, place)?.is_none().then_some(Thing::Place),
        Whose::Unit(unit) => units::read(tx, *unit)?.is_none().then_some(Thing::Unit),
    };
    match missing {
        Some(thing) => Err(Refusal::NotFound(thing).into()),
        None => Ok(()),
    }
}

/// The day with a name that can be seen, not too long.
pub(super) fn good(mut day: SpecialDay) -> Result<SpecialDay, Refusal> {
    for name in day.names.0.values_mut() {
        *name = clean(name);
        if name.chars().count() > NAME_CHARS_MAX {
            return Err(Refusal::field("name", "fault-too-long"));
        }
    }
    day.names.0.retain(|_, name| !name.is_empty());
    Ok(day)
}
