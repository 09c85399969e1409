//! Give a time back, so that somebody else can have it.

use huiyin_domain::case::Class;
use huiyin_domain::id::AppointmentId;
use huiyin_domain::window::AppointmentState;
use huiyin_store::{Tx, appointment_people, appointments};

use super::{cancelled, locked, moved_on};
use crate::{App, Error, Refusal};

/// Gives it back; the caller has proved to hold its code. Twice is once.
pub async fn cancel(app: &App, id: AppointmentId) -> Result<(), Error> {
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| {
        let now = inner.now();
        let (before, _) = locked(tx, id)?;
        let has_begun = before.time.is_some_and(|time| time.starts_at <= now);
        match before.state {
            AppointmentState::Cancelled => return Ok(()),
            AppointmentState::Displaced => {}
            // Whoever did not come has not given it back.
            AppointmentState::Booked if !has_begun => {}
            _ => return Err(Refusal::rule(Class::Gone, "appointment-over").into()),
        }
        let after = cancelled(&before, now);
        // --- everything is checked; from here on we write ---
        appointments::update(tx, &after, before.state).map_err(moved_on)?;
        appointment_people::moved(tx, id, (before.day, None))?;
        Ok::<_, Error>(())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
