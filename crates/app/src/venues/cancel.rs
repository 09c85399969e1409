//! Give a booking back: this one, or all that were made with it. Whoever booked it may, and
//! staff of the venue, who then tell the person.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::id::BookingId;
use huiyin_domain::telling::Importance;
use huiyin_domain::venue::BookingState;
use huiyin_store::bookings::{self, Booking};
use huiyin_store::{Tx, rooms, venues};
use jiff::Timestamp;

use super::{cause_of, permit_unit};
use crate::error::Thing;
use crate::telling::tell::{Said, Title, tell};
use crate::{App, Error, Refusal};

/// How much is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    ThisOne,
    /// Everything that was made with it and has not begun.
    TheSeries,
}

/// How many were given back.
pub async fn cancel(app: &App, actor: &Actor, id: BookingId, which: Which) -> Result<usize, Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let now = inner.now();
        let booking = bookings::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Booking))?;
        rooms::lock(tx, booking.room)?;
        let is_own = booking.person == Some(person);
        if !is_own {
            permit_staff(tx, &actor, &booking)?;
        }
        if booking.activity.is_some() {
            return Err(Refusal::rule(Class::Conflict, "booking-of-activity").into());
        }
        let open = match which {
            Which::ThisOne => bookings::read(tx, id)?.into_iter().collect(),
            Which::TheSeries => bookings::of_series(tx, booking.series)?,
        };
        let open: Vec<Booking> = open
            .into_iter()
            .filter(|one| one.state.is_open() && one.starts_at > now)
            .collect();
        if open.is_empty() {
            return Err(Refusal::rule(Class::Gone, "booking-over").into());
        }
        // --- everything is checked; from here on we write ---
        for one in &open {
            bookings::end(tx, one.id, BookingState::Cancelled, now)?;
        }
        if !is_own {
            tell_person(&inner, tx, &open[0], "cancelled", now)?;
        }
        Ok::<_, Error>(open.len())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// Staff of the unit that keeps the venue; to everybody else there is no such booking.
pub(crate) fn permit_staff(tx: &mut Tx<'_>, actor: &Actor, booking: &Booking) -> Result<(), Error> {
    let nothing = || Refusal::NotFound(Thing::Booking);
    let room = rooms::read(tx, booking.room)?.ok_or_else(nothing)?;
    let venue = venues::read(tx, room.venue)?.ok_or_else(nothing)?;
    let kept = permit_unit(actor, Action::VenuesEdit, (venue.unit, &venue.place));
    kept.map_err(|_| nothing().into())
}

/// Tells whoever booked what became of it: `granted`, `declined`, `lapsed`, `cancelled`.
pub(crate) fn tell_person(
    app: &App,
    tx: &mut Tx<'_>,
    booking: &Booking,
    what: &'static str,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(person) = booking.person else {
        return Ok(());
    };
    let room = rooms::read(tx, booking.room)?;
    let (letter, importance) = match what {
        "granted" => ("letter-booking-granted", Importance::Info),
        "declined" => ("letter-booking-declined", Importance::Act),
        "lapsed" => ("letter-booking-lapsed", Importance::Act),
        _ => ("letter-booking-cancelled", Importance::Act),
    };
    let said = Said {
        cause: cause_of(booking, what),
        letter,
        why: "letter-venues-why",
        title: Title::Named(room.map(|room| room.names).unwrap_or_default()),
        at: booking.starts_at,
        until: None,
        page: "/my/plans".to_owned(),
        importance,
        note: String::new(),
    };
    tell(app, tx, person, &said, now)
}
