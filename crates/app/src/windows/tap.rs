//! One tap at the window: somebody is there, is called, was served, did not come; or the last tap
//! is taken back.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::AppointmentId;
use huiyin_domain::window::{AppointmentState, Before, Tap};
use huiyin_store::Tx;
use huiyin_store::appointments::{self, Appointment};
use jiff::Timestamp;

use super::{calendar_of, locked, moved_on, permit_serve};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// A tap, and how it stood on the screen where it was tapped.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    pub id: AppointmentId,
    pub seen: AppointmentState,
    pub tap: Tap,
}

pub async fn tap(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let now = inner.now();
        let (before, window) = locked(tx, request.id)?;
        permit_serve(&actor, &window).map_err(|_| Refusal::NotFound(Thing::Appointment))?;
        if before.state != request.seen {
            return Err(Refusal::rule(Class::Conflict, "appointment-moved").into());
        }
        let today = calendar_of(&inner, tx, &window)?.zone().date(now);
        let is_past = before.day < today;
        let after = match (request.tap, before.state.is_open()) {
            // Nobody wrote it down on the day itself.
            (Tap::Serve, true) if is_past => Some(AppointmentState::Served),
            (Tap::Arrive | Tap::Call, _) if before.day != today => None,
            // Who is not due yet may still come.
            (Tap::Miss, true) if is_early(&before, now) => {
                return Err(Refusal::rule(Class::Conflict, "appointment-early").into());
            }
            _ => before.state.after(request.tap, steps(&before)),
        };
        let after = after.ok_or_else(|| Refusal::rule(Class::Conflict, "appointment-moved"))?;
        let after = stamped(&before, after, now);
        if window.closed_at.is_some() && after.state.is_open() {
            // Nobody would see them wait there.
            return Err(Refusal::rule(Class::Conflict, "window-shut").into());
        }
        // --- everything is checked; from here on we write ---
        appointments::update(tx, &after, before.state).map_err(moved_on)?;
        Ok::<_, Error>(())
    };
    let key = request.id.get();
    app.store.write(key, write).await.map_err(Error::from)
}

fn is_early(one: &Appointment, now: Timestamp) -> bool {
    one.arrived_at.is_none() && one.time.is_some_and(|time| time.starts_at > now)
}

fn steps(one: &Appointment) -> Before {
    Before {
        arrived: one.arrived_at.is_some(),
        called: one.called_at.is_some(),
    }
}

/// With the instants that belong to where it stands now.
fn stamped(before: &Appointment, state: AppointmentState, now: Timestamp) -> Appointment {
    use AppointmentState::{Arrived, Booked, Called, Cancelled, Missed, Served};
    let mut after = Appointment {
        state,
        changed_at: now,
        ended_at: None,
        ..before.clone()
    };
    match state {
        // A number that was drawn by mistake.
        Booked if before.time.is_none() => {
            after.state = Cancelled;
            after.ended_at = Some(now);
        }
        Booked => {
            after.arrived_at = None;
            after.called_at = None;
        }
        Arrived => {
            after.arrived_at = Some(before.arrived_at.unwrap_or(now));
            after.called_at = None;
        }
        Called => {
            after.called_at = Some(before.called_at.unwrap_or(now));
        }
        Served => {
            after.arrived_at = Some(before.arrived_at.unwrap_or(now));
            after.called_at = Some(before.called_at.unwrap_or(now));
            after.ended_at = Some(now);
        }
        Missed | Cancelled => after.ended_at = Some(now),
        AppointmentState::Displaced => {}
    }
    after
}
