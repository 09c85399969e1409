//! Add a line of the duty list, or change it. Item and place name the line.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::FieldFault;
use huiyin_domain::unit::Duty;
use huiyin_store::{Tx, duties, places, units};

use crate::administration::{Record, permit};
use crate::atlas::AtlasShelf;
use crate::{App, Error, Refusal};

pub async fn put(app: &App, actor: &Actor, duty: Duty) -> Result<(), Error> {
    permit(actor, Action::DutiesEdit)?;
    let subject = format!("{} {}", duty.item, duty.place.as_str());
    let record = Record::new(app, actor, "duty-put", subject);
    let write = move |tx: &mut Tx<'_>| {
        let faults = faults(tx, &duty)?;
        if !faults.is_empty() {
            return Err(Refusal::Invalid(faults).into());
        }
        // --- everything is checked; from here on we write ---
        duties::put(tx, &duty)?;
        AtlasShelf::touch(tx)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// What in a line names something that is not there.
pub(crate) fn faults(tx: &mut Tx<'_>, duty: &Duty) -> Result<Vec<FieldFault>, Error> {
    let mut faults = Vec::new();
    let mut unknown = |field| faults.push(FieldFault::new(field, "fault-unknown"));
    if duties::read_item(tx, &duty.item)?.is_none() {
        unknown("item");
    }
    if places::read(tx, &duty.place)?.is_none() {
        unknown("place");
    }
    let is_open = |tx: &mut Tx<'_>, id| -> Result<bool, Error> {
        Ok(units::read(tx, id)?.is_some_and(|unit| unit.closed_at.is_none()))
    };
    if !is_open(tx, duty.unit)? {
        unknown("unit");
    }
    for &unit in &duty.assisting {
        if unit == duty.unit || !is_open(tx, unit)? {
            unknown("assisting");
            break;
        }
    }
    Ok(faults)
}
