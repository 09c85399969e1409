//! Look at venues. Everybody may: where they are, what is in them, which hours are taken. By
//! whom is known to the person and to the unit that keeps the venue.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::calendar::{Calendar, Zone};
use huiyin_domain::id::{RoomId, VenueId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::venue::{Category, Opening, opening};
use huiyin_store::activities::{self, Activity};
use huiyin_store::bookings::{self, Booking, Taken};
use huiyin_store::pictures::{self, Of, Picture};
use huiyin_store::{Tx, kitchens, rooms, venues};
use jiff::ToSpan;
use jiff::civil::Date;

use super::{permit_unit, post_for, zone_of};
use crate::cases::names::named_places;
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub use huiyin_store::rooms::Room;
pub use huiyin_store::venues::Venue;

/// So many are shown at once.
pub const PAGE: usize = 24;
const DESK_ROWS_MAX: i64 = 200;
const ACTIVITIES_MAX: i64 = 20;
const BOOKINGS_MAX: i64 = 300;

/// A venue in a list.
#[derive(Debug, Clone)]
pub struct Line {
    pub venue: Venue,
    pub opening: Opening,
    pub place: Names,
}

/// Which venues.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub place: Option<PlaceCode>,
    pub category: Option<Category>,
    pub after: Option<VenueId>,
}

/// A page of venues, and where the next one begins.
pub async fn list(app: &App, request: Request) -> Result<(Vec<Line>, Option<VenueId>), Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let Request {
            place,
            category,
            after,
        } = &request;
        let mut found = venues::list(tx, place.as_ref(), *category, *after, limit)?;
        let more = found.len() > PAGE;
        found.truncate(PAGE);
        let next = found.last().filter(|_| more).map(|venue| venue.id);
        Ok::<_, Error>((lines(&inner, tx, found)?, next))
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The venues that the actor looks after, closed ones among them.
pub async fn kept(app: &App, actor: &Actor) -> Result<Vec<Line>, Error> {
    let scope = scope(actor, Action::VenuesEdit);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let found = venues::in_scope(tx, &scope, DESK_ROWS_MAX)?;
        lines(&inner, tx, found)
    };
    app.store.read(read).await.map_err(Error::from)
}

fn lines(app: &App, tx: &mut Tx<'_>, found: Vec<Venue>) -> Result<Vec<Line>, Error> {
    let codes: Vec<PlaceCode> = found.iter().map(|venue| venue.place.clone()).collect();
    let named = named_places(tx, &codes)?;
    let named: BTreeMap<PlaceCode, Names> = named
        .into_iter()
        .map(|place| (place.code, place.names))
        .collect();
    let mut lines = Vec::new();
    for venue in found {
        let zone = zone_of(app, tx, &venue.place)?;
        lines.push(Line {
            opening: opening(&venue.about.calendar(zone), app.now()),
            place: named.get(&venue.place).cloned().unwrap_or_default(),
            venue,
        });
    }
    Ok(lines)
}

/// A venue with its rooms and what goes on in it.
#[derive(Debug, Clone)]
pub struct Page {
    pub line: Line,
    pub rooms: Vec<Room>,
    pub activities: Vec<Activity>,
    pub pictures: Vec<Picture>,
    /// Whether it cooks something today or in the days after.
    pub cooks: bool,
}

pub async fn show(app: &App, id: VenueId) -> Result<Page, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let venue = venues::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Venue))?;
        let line = lines(&inner, tx, vec![venue])?.pop();
        let today = inner.config.day(inner.now());
        let soon = [today, today.saturating_add(13.days())];
        Ok::<_, Error>(Page {
            cooks: !kitchens::of_venue(tx, id, soon)?.is_empty(),
            line: line.ok_or(Refusal::NotFound(Thing::Venue))?,
            rooms: rooms::of_venue(tx, id)?,
            pictures: pictures::list(tx, Of::Venue(id))?,
            activities: activities::of_venue(tx, id, inner.now(), ACTIVITIES_MAX)?,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// A room on a day.
#[derive(Debug, Clone)]
pub struct RoomDay {
    pub venue: Venue,
    pub room: Room,
    pub day: Date,
    pub zone: Zone,
    pub calendar: Calendar,
    pub taken: Vec<Taken>,
}

/// A room on a day; today when none is named.
pub async fn room(app: &App, id: RoomId, day: Option<Date>) -> Result<RoomDay, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let room = rooms::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Room))?;
        let venue = venues::read(tx, room.venue)?.ok_or(Refusal::NotFound(Thing::Venue))?;
        let zone = zone_of(&inner, tx, &venue.place)?;
        let day = day.unwrap_or_else(|| zone.date(inner.now()));
        let (from, to) = (zone.first(day, 0), zone.first(day, 1440));
        let taken = match (from, to) {
            (Some(from), Some(to)) => bookings::taken(tx, id, from, to)?,
            _ => Vec::new(),
        };
        let calendar = venue.about.calendar(zone.clone());
        Ok::<_, Error>(RoomDay {
            venue,
            room,
            day,
            zone,
            calendar,
            taken,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// A booking as the unit that keeps the venue sees it.
#[derive(Debug, Clone)]
pub struct BookingLine {
    pub booking: Booking,
    pub room: Names,
    /// What the person calls themselves; none when staff booked it.
    pub name: Option<String>,
}

/// What is booked in a venue from now on, for the unit that keeps it; none for others.
pub async fn booked(
    app: &App,
    actor: &Actor,
    id: VenueId,
) -> Result<Option<Vec<BookingLine>>, Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        let venue = venues::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Venue))?;
        let about = (venue.unit, &venue.place);
        if permit_unit(&actor, Action::VenuesEdit, about).is_err() {
            return Ok(None);
        }
        let rooms = rooms::of_venue(tx, id)?;
        let mut lines = Vec::new();
        for (booking, name) in bookings::of_venue(tx, id, inner.now(), BOOKINGS_MAX)? {
            let room = rooms.iter().find(|room| room.id == booking.room);
            lines.push(BookingLine {
                room: room.map(|room| room.names.clone()).unwrap_or_default(),
                name,
                booking,
            });
        }
        Ok::<_, Error>(Some(lines))
    };
    app.store.read(read).await.map_err(Error::from)
}

/// A room with what its venue is called.
#[derive(Debug, Clone)]
pub struct KeptRoom {
    pub venue: Names,
    pub room: Room,
}

/// The open rooms in which the actor may hold an activity.
pub async fn kept_rooms(app: &App, actor: &Actor) -> Result<Vec<KeptRoom>, Error> {
    let scope = scope(actor, Action::ActivitiesRun);
    let read = move |tx: &mut Tx<'_>| {
        let mut found = Vec::new();
        for venue in venues::in_scope(tx, &scope, DESK_ROWS_MAX)? {
            if venue.closed_at.is_some() {
                continue;
            }
            for room in rooms::of_venue(tx, venue.id)? {
                if room.closed_at.is_none() {
                    found.push(KeptRoom {
                        venue: venue.names.clone(),
                        room,
                    });
                }
            }
        }
        Ok::<_, Error>(found)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Refuses unless the actor looks after venues where this one is.
pub fn permit(actor: &Actor, venue: &Venue) -> Result<(), Refusal> {
    post_for(actor, Action::VenuesEdit, &venue.place).map(drop)
}

/// By which clock a place lives; the house's own where none is named.
pub async fn zone(app: &App, place: Option<PlaceCode>) -> Result<Zone, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let almanac = inner.almanac(tx)?;
        Ok::<_, Error>(almanac.calendar(place.as_ref(), None).zone().clone())
    };
    app.store.read(read).await.map_err(Error::from)
}
