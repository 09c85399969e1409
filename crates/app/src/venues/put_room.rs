//! Keep a room of a venue: make it, change its rules, close it or open it again. What is booked
//! already stays booked.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::{RoomId, VenueId};
use huiyin_domain::names::Names;
use huiyin_domain::venue::{Rules, SLOT_MINUTES};
use huiyin_store::rooms::{self, Room};
use huiyin_store::{Tx, venues};

use super::post_for;
use super::put::Doors;
use crate::administration::Record;
use crate::error::Thing;
use crate::{App, Error, Refusal};

const NAME_CHARS_MAX: usize = 80;
const TEXT_CHARS_MAX: usize = 1_000;
const SEATS_MAX: i64 = 5_000;
const MINUTES_MAX: i64 = 24 * 60;
const DAYS_MAX: i64 = 366;
const OPEN_MAX: i64 = 50;

/// A room as somebody filled it in.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: RoomId,
    pub venue: VenueId,
    pub names: Names,
    pub seats: i64,
    pub about: String,
    pub rules: Rules,
    pub doors: Doors,
}

pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    crate::administration::permit(actor, Action::VenuesEdit)?;
    let faults = faults(&request);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let record = Record::new(app, actor, "room-put", request.id);
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let venue = venues::read(tx, request.venue)?;
        let venue = venue.ok_or(Refusal::NotFound(Thing::Venue))?;
        post_for(&actor, Action::VenuesEdit, &venue.place)?;
        let before = rooms::read(tx, request.id)?;
        if before.as_ref().is_some_and(|room| room.venue != venue.id) {
            return Err(Refusal::NotFound(Thing::Room).into());
        }
        let closed_at = before.and_then(|room| room.closed_at);
        let room = Room {
            id: request.id,
            venue: venue.id,
            names: request.names.clone(),
            seats: request.seats,
            about: request.about.clone(),
            rules: request.rules.clone(),
            changed_at: now,
            closed_at: (request.doors == Doors::Shut).then(|| closed_at.unwrap_or(now)),
        };
        // --- everything is checked; from here on we write ---
        rooms::put(tx, &room)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

fn faults(request: &Request) -> Vec<FieldFault> {
    let rules = &request.rules;
    let mut faults = Vec::new();
    if request.names.is_empty() {
        faults.push(FieldFault::new("zh", "fault-required"));
    }
    let names = request.names.0.iter();
    let mut texts: Vec<(&str, &str, usize)> = names
        .map(|(lang, name)| (lang.as_str(), name.as_str(), NAME_CHARS_MAX))
        .collect();
    texts.push(("about", &request.about, TEXT_CHARS_MAX));
    texts.push(("rules", &rules.text, TEXT_CHARS_MAX));
    for (field, text, chars_max) in texts {
        if text.chars().count() > chars_max {
            faults.push(FieldFault::new(field, "fault-too-long").with("max", chars_max));
        }
    }
    let numbers = [
        ("seats", request.seats, 1, SEATS_MAX),
        ("minutes_max", rules.minutes_max, SLOT_MINUTES, MINUTES_MAX),
        ("days_max", rules.days_max, 1, DAYS_MAX),
        ("open_max", rules.open_max, 1, OPEN_MAX),
    ];
    for (field, number, min, max) in numbers {
        if !(min..=max).contains(&number) {
            let fault = FieldFault::new(field, "fault-out-of-range");
            faults.push(fault.with("min", min).with("max", max));
        }
    }
    faults
}
