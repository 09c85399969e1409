//! Meals that a venue cooks: the day's dishes, asking for them, handing them out, the list for
//! the kitchen.
//!
//! One more thing to do: its file, a line below, its handler and its line in the routes.

pub mod ask;
pub mod call_off;
pub mod cancel;
pub mod copy_week;
pub mod hand;
pub mod look;
pub mod put;

#[cfg(test)]
mod tests;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::KitchenDayId;
use huiyin_domain::telling::Importance;
use huiyin_store::kitchens::{self, KitchenDay};
use huiyin_store::venues::Venue;
use huiyin_store::{Tx, meals, venues};
use jiff::Timestamp;

use crate::error::Thing;
use crate::telling::tell::{Said, Title, tell};
use crate::venues::permit_unit;
use crate::{App, Error, Refusal};

/// A day of a kitchen with its venue.
pub(crate) fn found(tx: &mut Tx<'_>, id: KitchenDayId) -> Result<(KitchenDay, Venue), Error> {
    let day = kitchens::read(tx, id)?.ok_or(Refusal::NotFound(Thing::KitchenDay))?;
    let venue = venues::read(tx, day.venue)?.ok_or(Refusal::NotFound(Thing::Venue))?;
    Ok((day, venue))
}

/// The same, with nobody else taking of its dishes until the transaction ends.
pub(crate) fn locked(tx: &mut Tx<'_>, id: KitchenDayId) -> Result<(KitchenDay, Venue), Error> {
    kitchens::lock(tx, id)?;
    found(tx, id)
}

/// Refuses unless the actor works for the unit that keeps the venue: who eats what is nobody
/// else's business.
pub(crate) fn permit(actor: &Actor, venue: &Venue) -> Result<(), Refusal> {
    permit_unit(actor, Action::VenuesEdit, (venue.unit, &venue.place))
}

/// Tells everybody whose meal has not been handed out yet.
pub(crate) fn tell_all(
    app: &App,
    tx: &mut Tx<'_>,
    (day, venue): (&KitchenDay, &Venue),
    letter: &'static str,
    now: Timestamp,
) -> Result<(), Error> {
    let waiting = meals::of_day(tx, day.id)?.into_iter();
    for meal in waiting.filter(|meal| meal.ended_at.is_none()) {
        let Some(person) = meal.person else {
            continue;
        };
        let said = Said {
            cause: format!("{letter} {} {now}", meal.id),
            letter,
            why: "letter-meals-why",
            title: Title::Named(venue.names.clone()),
            at: day.starts_at,
            until: None,
            page: "/my/meals".to_owned(),
            importance: Importance::Urgent,
            note: String::new(),
        };
        tell(app, tx, person, &said, now)?;
    }
    Ok(())
}
