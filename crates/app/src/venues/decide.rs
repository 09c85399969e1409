//! Decide a booking that waits: it is given, or it is not, and with it all that were asked for
//! together. The person is told.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::BookingId;
use huiyin_domain::venue::BookingState;
use huiyin_store::bookings::{self, Booking};
use huiyin_store::{Tx, rooms};

use super::cancel::{permit_staff, tell_person};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Given,
    Declined,
}

pub async fn decide(
    app: &App,
    actor: &Actor,
    id: BookingId,
    decision: Decision,
) -> Result<(), Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let now = inner.now();
        let booking = bookings::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Booking))?;
        rooms::lock(tx, booking.room)?;
        permit_staff(tx, &actor, &booking)?;
        let together = bookings::of_series(tx, booking.series)?;
        let asked: Vec<Booking> = together
            .into_iter()
            .filter(|one| one.state == BookingState::Asked)
            .collect();
        let Some(first) = asked.first() else {
            return Err(Refusal::rule(Class::Gone, "booking-decided").into());
        };
        // --- everything is checked; from here on we write ---
        for one in &asked {
            match decision {
                Decision::Given => bookings::grant(tx, one.id)?,
                Decision::Declined => bookings::end(tx, one.id, BookingState::Declined, now)?,
            }
        }
        let what = match decision {
            Decision::Given => "granted",
            Decision::Declined => "declined",
        };
        tell_person(&inner, tx, first, what, now)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
