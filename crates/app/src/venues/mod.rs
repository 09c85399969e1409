//! Venues and their rooms: keeping them, and booking what is in them.
//!
//! One more thing to do: its file, a line below, its handler and its line in the routes.

pub mod book;
pub mod cancel;
pub mod decide;
pub(crate) mod lapse;
pub mod look;
pub mod put;
pub mod put_room;

#[cfg(test)]
pub(crate) mod tests;

use huiyin_domain::access::{self, Action, Actor, HeldPost, Thing};
use huiyin_domain::calendar::Zone;
use huiyin_domain::id::UnitId;
use huiyin_domain::place::PlaceCode;
use huiyin_store::bookings::Booking;
use huiyin_store::{DbError, Tx};

use crate::{App, Refusal};

/// The post with which the actor may do this in a place.
pub(crate) fn post_for<'a>(
    actor: &'a Actor,
    action: Action,
    place: &PlaceCode,
) -> Result<&'a HeldPost, Refusal> {
    let post = access::post_for(actor, action, &Thing::lying_in(place));
    post.ok_or(Refusal::NotPermitted)
}

/// Refuses unless the actor works for the unit that keeps something, and may do this there:
/// who booked and who signed up is nobody else's business.
pub(crate) fn permit_unit(
    actor: &Actor,
    action: Action,
    (unit, place): (UnitId, &PlaceCode),
) -> Result<(), Refusal> {
    let of_unit = Actor {
        who: actor.who,
        posts: actor
            .posts
            .iter()
            .filter(|post| post.unit == unit)
            .cloned()
            .collect(),
    };
    post_for(&of_unit, action, place).map(drop)
}

/// By which clock a place lives.
pub(crate) fn zone_of(app: &App, tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Zone, DbError> {
    let almanac = app.almanac(tx)?;
    Ok(almanac.calendar(Some(place), None).zone().clone())
}

/// What a letter about a booking is told once for.
pub(crate) fn cause_of(booking: &Booking, what: &str) -> String {
    format!("booking {} {what}", booking.id)
}
