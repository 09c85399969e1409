//! The open doors of a place as a CSV file, which can be imported again; never a contact.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::place::PlaceCode;
use huiyin_store::{Tx, households};

use super::post_at;
use crate::{App, Error};

/// More doors than a community has.
const DOORS_MAX: i64 = 20_000;

pub async fn export(app: &App, actor: &Actor, place: PlaceCode) -> Result<String, Error> {
    post_at(actor, Action::HouseholdsRead, &place)?;
    let read = move |tx: &mut Tx<'_>| households::within(tx, &place, None, DOORS_MAX);
    let lines = app.store.read(read).await.map_err(Error::from)?;
    let open = lines
        .iter()
        .filter(|line| line.household.closed_at.is_none());
    // No sign that a table treats as its own stands on a door.
    let rows = open.map(|line| format!("{},{}\n", line.household.place, line.household.door));
    Ok(format!("place,door\n{}", rows.collect::<String>()))
}
