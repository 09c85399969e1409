//! Close a window for one day, with a reason that everybody reads, or open it again. Whoever had
//! a time on that day is told by message and offered others; whom no message reaches stands on the
//! list of those whom staff has to call.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::WindowId;
use huiyin_domain::telling::Importance;
use huiyin_domain::window::AppointmentState;
use huiyin_store::appointments::{self, Appointment};
use huiyin_store::windows::{self, Window};
use huiyin_store::{Tx, appointment_people};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{calendar_of, moved_on, tell_booker};
use crate::administration::Record;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

const REASON_CHARS_MAX: usize = 100;

/// Which day, and why.
#[derive(Debug, Clone)]
pub struct Request {
    pub window: WindowId,
    pub day: Date,
    pub reason: String,
}

/// Closes it; how many have to choose another time now. Whoever is there already is served.
pub async fn close(app: &App, actor: &Actor, request: Request) -> Result<usize, Error> {
    let reason = request.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Refusal::field("reason", "fault-required").into());
    }
    if reason.chars().count() > REASON_CHARS_MAX {
        return Err(Refusal::too_long("reason", REASON_CHARS_MAX).into());
    }
    let record = Record::new(app, actor, "window-day-closed", request.window);
    let (inner, actor, key) = (app.clone(), actor.clone(), request.window.get());
    let write = move |tx: &mut Tx<'_>| {
        let now = inner.now();
        windows::lock(tx, request.window)?;
        let window = kept(tx, &actor, request.window)?;
        let today = calendar_of(&inner, tx, &window)?.zone().date(now);
        if request.day < today {
            return Err(Refusal::field("day", "fault-window-day-past").into());
        }
        let mut coming = appointments::of_day(tx, window.id, request.day)?;
        coming.retain(|one| one.state == AppointmentState::Booked);
        // Whose time has come already may be at the door.
        coming.retain(|one| one.time.is_some_and(|time| time.starts_at > now));
        // --- everything is checked; from here on we write ---
        windows::close_day(tx, (window.id, request.day), &reason, now)?;
        for one in &coming {
            displace(&inner, tx, (one, &window), now)?;
        }
        record.keep(tx)?;
        Ok::<_, Error>(coming.len())
    };
    app.store.write(key, write).await.map_err(Error::from)
}

/// Opens it again; whoever was told to choose another time is not called back.
pub async fn open(app: &App, actor: &Actor, id: WindowId, day: Date) -> Result<(), Error> {
    let record = Record::new(app, actor, "window-day-opened", id);
    let actor = actor.clone();
    let write = move |tx: &mut Tx<'_>| {
        windows::lock(tx, id)?;
        let window = kept(tx, &actor, id)?;
        // --- everything is checked; from here on we write ---
        if windows::open_day(tx, (window.id, day))? {
            record.keep(tx)?;
        }
        Ok::<_, Error>(())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// The window, for whoever keeps it.
fn kept(tx: &mut Tx<'_>, actor: &Actor, id: WindowId) -> Result<Window, Error> {
    let window = super::known(tx, id)?;
    post_for(actor, Action::WindowsKeep, &window.place)?;
    Ok(window)
}

/// Takes somebody's time away, tells them, and leaves them on the list until they have another.
pub(super) fn displace(
    app: &App,
    tx: &mut Tx<'_>,
    (one, window): (&Appointment, &Window),
    now: Timestamp,
) -> Result<(), Error> {
    let after = Appointment {
        state: AppointmentState::Displaced,
        changed_at: now,
        ..one.clone()
    };
    appointments::update(tx, &after, one.state).map_err(moved_on)?;
    appointment_people::moved(tx, one.id, (one.day, None))?;
    let letter = ("letter-appointment-displaced", Importance::Act);
    tell_booker(app, tx, (&after, window), letter, now).map(drop)
}
