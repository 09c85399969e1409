//! A sweep: whoever has a time at a window is reminded a day before, once.

use huiyin_domain::id::AppointmentId;
use huiyin_domain::telling::Importance;
use huiyin_domain::window::AppointmentState;
use huiyin_store::{Tx, appointments};
use jiff::{SignedDuration, Timestamp};

use super::{locked, tell_booker};
use crate::{App, Error};

const BATCH: i64 = 100;
const AHEAD: SignedDuration = SignedDuration::from_hours(24);
/// Whoever booked so short a time ago needs no reminder.
const FRESH: SignedDuration = SignedDuration::from_hours(2);

/// How many were reminded.
pub(crate) async fn run(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let until = now.saturating_add(AHEAD).unwrap_or(now);
    let read = move |tx: &mut Tx<'_>| appointments::to_remind(tx, (now, until), BATCH);
    let soon = app.store.read(read).await.map_err(Error::from)?;
    let mut reminded = 0;
    for id in soon {
        reminded += u64::from(one(app, id, now).await?);
    }
    Ok(reminded)
}

async fn one(app: &App, id: AppointmentId, now: Timestamp) -> Result<bool, Error> {
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| {
        let (one, window) = locked(tx, id)?;
        if one.state != AppointmentState::Booked || one.reminded_at.is_some() {
            return Ok(false);
        }
        // --- everything is checked; from here on we write ---
        appointments::reminded(tx, id, now)?;
        if now.duration_since(one.changed_at) >= FRESH {
            let letter = ("letter-appointment-soon", Importance::Act);
            tell_booker(&inner, tx, (&one, &window), letter, now)?;
        }
        Ok::<_, Error>(true)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
