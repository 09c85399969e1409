//! A sweep: what nobody decided in time is free again, and whoever asked is told.

use huiyin_domain::id::BookingId;
use huiyin_domain::venue::BookingState;
use huiyin_store::bookings;
use huiyin_store::{Tx, rooms};

use super::cancel::tell_person;
use crate::{App, Error};

const BATCH: i64 = 100;

/// How many have lapsed.
pub(crate) async fn run(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| bookings::overdue(tx, now, BATCH);
    let overdue = app.store.read(read).await.map_err(Error::from)?;
    let mut lapsed = 0;
    for id in overdue {
        lapsed += u64::from(one(app, id).await?);
    }
    Ok(lapsed)
}

async fn one(app: &App, id: BookingId) -> Result<bool, Error> {
    let (inner, now) = (app.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let Some(booking) = bookings::read(tx, id)? else {
            return Ok(false);
        };
        rooms::lock(tx, booking.room)?;
        // Somebody may have decided a moment ago.
        let current = bookings::read(tx, id)?;
        let waits = current.is_some_and(|one| one.decide_by.is_some_and(|by| by <= now));
        if !waits {
            return Ok(false);
        }
        // --- everything is checked; from here on we write ---
        bookings::end(tx, id, BookingState::Lapsed, now)?;
        tell_person(&inner, tx, &booking, "lapsed", now)?;
        Ok::<_, Error>(true)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
