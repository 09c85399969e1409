//! Choose another time, at this window or at another one that does the same. The code stays, and
//! what they come for.

use huiyin_domain::case::Class;
use huiyin_domain::id::{AppointmentId, WindowId};
use huiyin_domain::telling::Importance;
use huiyin_domain::window::AppointmentState;
use huiyin_store::appointments::{self, Appointment};
use huiyin_store::{Tx, appointment_people, windows};
use jiff::Timestamp;

use super::book::{Wanted, find, turn};
use super::{enough, locked, moved_on, tell_booker};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// Where and when.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    pub window: WindowId,
    pub starts_at: Timestamp,
}

/// Moves it; the caller has proved to hold its code.
pub async fn change(app: &App, id: AppointmentId, request: Request) -> Result<(), Error> {
    let (inner, key) = (app.clone(), request.window.get());
    let write = move |tx: &mut Tx<'_>| {
        let now = inner.now();
        lock_both(tx, id, request.window)?;
        let (before, _) = locked(tx, id)?;
        let booker = appointment_people::read(tx, id)?;
        let booker = booker.ok_or(Refusal::NotFound(Thing::Appointment))?;
        let has_begun = before.time.is_some_and(|time| time.starts_at <= now);
        match before.state {
            AppointmentState::Displaced => {}
            AppointmentState::Booked if !has_begun => {}
            _ => return Err(over().into()),
        }
        let (procedure, _) = before.procedure.clone().ok_or_else(over)?;
        let wanted = Wanted {
            window: request.window,
            procedure,
            starts_at: request.starts_at,
        };
        let found = find(&inner, tx, (&wanted, Some(id)), now)?;
        let turn = turn(tx, (&booker.contact, found.day), id)?;
        let is_same_day = (before.window, before.day) == (found.window.id, found.day);
        let number = match is_same_day {
            true => before.number,
            false => appointments::next_number(tx, found.window.id, found.day)?,
        };
        let after = Appointment {
            window: found.window.id,
            day: found.day,
            number,
            procedure: Some((wanted.procedure, found.version)),
            time: Some(found.held()),
            state: AppointmentState::Booked,
            changed_at: now,
            reminded_at: None,
            ..before.clone()
        };
        // --- everything is checked; from here on we write ---
        appointments::update(tx, &after, before.state).map_err(moved_on)?;
        appointment_people::moved(tx, id, (found.day, Some(turn))).map_err(enough)?;
        let letter = ("letter-appointment-made", Importance::Info);
        tell_booker(&inner, tx, (&after, &found.window), letter, now)?;
        Ok::<_, Error>(())
    };
    app.store.write(key, write).await.map_err(Error::from)
}

fn over() -> Refusal {
    Refusal::rule(Class::Gone, "appointment-over")
}

/// Locks the window where it is and the one where it goes, the lower first, so that two who
/// change places never wait for each other.
fn lock_both(tx: &mut Tx<'_>, id: AppointmentId, to: WindowId) -> Result<(), Error> {
    let before = appointments::read(tx, id)?;
    let from = before.map_or(to, |before| before.window);
    windows::lock(tx, from.min(to))?;
    Ok(windows::lock(tx, from.max(to))?)
}
