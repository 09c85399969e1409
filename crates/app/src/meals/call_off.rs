//! Cook nothing after all: everybody who asked for something gets it off their plans, and is told.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::KitchenDayId;
use huiyin_store::{Tx, kitchens};

use super::{locked, permit, tell_all};
use crate::administration::Record;
use crate::{App, Error, Refusal};

pub async fn call_off(app: &App, actor: &Actor, id: KitchenDayId) -> Result<(), Error> {
    let record = Record::new(app, actor, "kitchen-day-off", id);
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let (day, venue) = locked(tx, id)?;
        permit(&actor, &venue)?;
        let now = inner.now();
        if day.called_off_at.is_some() {
            return Ok(());
        }
        if day.starts_at <= now {
            return Err(Refusal::rule(Class::Gone, "kitchen-over").into());
        }
        // --- everything is checked; from here on we write ---
        kitchens::call_off(tx, id, now)?;
        tell_all(&inner, tx, (&day, &venue), "letter-meal-off", now)?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
