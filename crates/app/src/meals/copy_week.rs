//! Cook again what was cooked a week before: every meal of that week, where this week has none
//! yet and people can still ask for it.

use huiyin_domain::access::Actor;
use huiyin_domain::calendar::Zone;
use huiyin_domain::id::{KitchenDayId, VenueId};
use huiyin_store::kitchens::{self, Dish, KitchenDay};
use huiyin_store::{Tx, venues};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::permit;
use crate::administration::Record;
use crate::error::Thing;
use crate::venues::zone_of;
use crate::{App, Error, Refusal};

/// How many meals were written down for the week that begins on a day.
pub async fn copy_week(
    app: &App,
    actor: &Actor,
    venue: VenueId,
    monday: Date,
) -> Result<usize, Error> {
    let record = Record::new(app, actor, "kitchen-week-copied", venue);
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let venue = venues::read(tx, venue)?.ok_or(Refusal::NotFound(Thing::Venue))?;
        permit(&actor, &venue)?;
        let zone = zone_of(&inner, tx, &venue.place)?;
        let made = prepared(&inner, tx, &venue, (&zone, monday))?;
        // --- everything is checked; from here on we write ---
        for (day, dishes) in &made {
            kitchens::put(tx, day)?;
            for dish in dishes {
                kitchens::put_dish(tx, day.id, dish)?;
            }
        }
        if !made.is_empty() {
            record.keep(tx)?;
        }
        Ok::<_, Error>(made.len())
    };
    app.store
        .write(venue.get(), write)
        .await
        .map_err(Error::from)
}

fn prepared(
    app: &App,
    tx: &mut Tx<'_>,
    venue: &venues::Venue,
    (zone, monday): (&Zone, Date),
) -> Result<Vec<(KitchenDay, Vec<Dish>)>, Error> {
    let week = |first: Date| [first, first.saturating_add(6.days())];
    let held = kitchens::of_venue(tx, venue.id, week(monday))?;
    let before = kitchens::of_venue(tx, venue.id, week(monday.saturating_sub(7.days())))?;
    let now = app.now();
    let mut made = Vec::new();
    for old in before {
        let day = old.day.saturating_add(7.days());
        let is_held = held
            .iter()
            .any(|one| one.day == day && one.sitting == old.sitting);
        let moved = [old.until, old.starts_at, old.ends_at].map(|at| a_week_later(zone, at));
        let [Some(until), Some(starts_at), Some(ends_at)] = moved else {
            continue;
        };
        if is_held || until <= now {
            continue;
        }
        let dishes = kitchens::dishes(tx, old.id)?;
        let fresh = KitchenDay {
            id: KitchenDayId::from_raw(app.mint()),
            day,
            until,
            starts_at,
            ends_at,
            changed_at: now,
            called_off_at: None,
            ..old
        };
        made.push((fresh, dishes));
    }
    Ok(made)
}

/// The same time of the day a week later, by the clocks of the place.
fn a_week_later(zone: &Zone, at: Timestamp) -> Option<Timestamp> {
    let date = zone.date(at);
    let midnight = zone.first(date, 0)?;
    let minutes = u16::try_from(at.duration_since(midnight).as_mins()).ok()?;
    zone.first(date.saturating_add(7.days()), minutes)
}
