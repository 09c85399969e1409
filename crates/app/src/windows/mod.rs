//! Windows of offices: keeping them, booking a time, taking people in. Whoever books has no
//! account: a tracking code opens what they booked, and who they are lies behind a seal.
//!
//! One more thing to do: its file, a line below, its handler and its line in the routes.

pub mod book;
pub mod cancel;
pub mod change;
pub mod close_day;
pub mod contact;
pub(crate) mod days_off;
pub mod list;
pub mod own;
pub mod preview;
pub mod put;
pub(crate) mod remind;
pub mod settle;
pub mod tap;
pub mod times;
pub mod today;
pub mod walk_in;

#[cfg(test)]
mod preview_tests;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::calendar::Calendar;
use huiyin_domain::id::{AppointmentId, WindowId};
use huiyin_domain::telling::Importance;
use huiyin_domain::window::{AppointmentState, TURNS_MAX};
use huiyin_store::appointment_people::{self, Booker};
use huiyin_store::appointments::{self, Appointment};
use huiyin_store::windows::{self, Window};
use huiyin_store::{DbError, Tx};
use jiff::Timestamp;

use crate::error::Thing;
use crate::telling::tell::{Reach, Reached, Said, Title, tell_contact};
use crate::venues::permit_unit;
use crate::{App, Error, Refusal};

/// The window, closed or not.
pub(crate) fn known(tx: &mut Tx<'_>, id: WindowId) -> Result<Window, Error> {
    windows::read(tx, id)?.ok_or_else(|| Refusal::NotFound(Thing::Window).into())
}

/// The window, where people may come.
pub(crate) fn open(tx: &mut Tx<'_>, id: WindowId) -> Result<Window, Error> {
    let window = known(tx, id)?;
    match window.closed_at {
        None => Ok(window),
        Some(_) => Err(Refusal::NotFound(Thing::Window).into()),
    }
}

/// By which days a window works: those of its place and its unit.
pub(crate) fn calendar_of(
    app: &App,
    tx: &mut Tx<'_>,
    window: &Window,
) -> Result<Arc<Calendar>, DbError> {
    let almanac = app.almanac(tx)?;
    Ok(almanac.calendar(Some(&window.place), Some(window.unit)))
}

/// Refuses unless the actor works for the unit of the window, and serves people there.
pub(crate) fn permit_serve(actor: &Actor, window: &Window) -> Result<(), Refusal> {
    permit_unit(actor, Action::WindowsServe, (window.unit, &window.place))
}

/// An appointment with its window, with nobody else changing either until the transaction ends.
/// Somebody else may have moved it to another window meanwhile: then that one is locked.
pub(crate) fn locked(tx: &mut Tx<'_>, id: AppointmentId) -> Result<(Appointment, Window), Error> {
    let nothing = || Error::from(Refusal::NotFound(Thing::Appointment));
    let before = appointments::read(tx, id)?.ok_or_else(nothing)?;
    windows::lock(tx, before.window)?;
    let now = appointments::read(tx, id)?.ok_or_else(nothing)?;
    if now.window != before.window {
        windows::lock(tx, now.window)?;
    }
    let window = known(tx, now.window)?;
    Ok((now, window))
}

/// The contact has as many times on that day as it may have.
pub(crate) fn enough(error: DbError) -> Error {
    match error {
        DbError::Unique { .. } => Refusal::Rule {
            class: huiyin_domain::case::Class::Conflict,
            key: "appointment-enough",
            args: vec![("max", TURNS_MAX.to_string())],
        }
        .into(),
        other => other.into(),
    }
}

/// Somebody else was quicker.
pub(crate) fn moved_on(error: DbError) -> Error {
    match error {
        DbError::Conflict { .. } => {
            Refusal::rule(huiyin_domain::case::Class::Conflict, "appointment-moved").into()
        }
        DbError::Unique { .. } => {
            Refusal::rule(huiyin_domain::case::Class::Conflict, "appointment-taken").into()
        }
        other => other.into(),
    }
}

/// As somebody gave it back, or had it taken away.
pub(crate) fn cancelled(before: &Appointment, now: Timestamp) -> Appointment {
    Appointment {
        state: AppointmentState::Cancelled,
        changed_at: now,
        ended_at: Some(now),
        ..before.clone()
    }
}

/// Tells whoever booked: `made`, `soon`, `displaced`. Whom no message reaches is called by staff.
pub(crate) fn tell_booker(
    app: &App,
    tx: &mut Tx<'_>,
    (one, window): (&Appointment, &Window),
    (letter, importance): (&'static str, Importance),
    now: Timestamp,
) -> Result<Reach, Error> {
    let (Some(booker), Some(time)) = (appointment_people::read(tx, one.id)?, one.time) else {
        return Ok(Reach::Nobody);
    };
    let said = Said {
        // Each change is told once, also one that goes back to where it was.
        cause: format!("appointment {} {letter} {}", one.id, one.changed_at),
        letter,
        why: "letter-windows-why",
        title: Title::Named(window.names.clone()),
        at: time.starts_at,
        until: None,
        page: format!("/t/{}", booker.code),
        importance,
        note: one.number.to_string(),
    };
    tell_contact(app, tx, &reached(&booker), &said, now)
}

fn reached(booker: &Booker) -> Reached<'_> {
    Reached {
        contact: &booker.contact,
        language: &booker.language,
    }
}

/// Whether a message reaches somebody.
pub(crate) fn reach_of(booker: Option<&Booker>) -> Reach {
    booker.map_or(Reach::Nobody, |booker| reached(booker).reach())
}
