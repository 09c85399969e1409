//! Book a room, once or so that it comes back. Of two who ask for the same hour one gets it: the
//! room is locked while it is looked at, and the key of each quarter of an hour refuses a second.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::calendar::Zone;
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::{BookingId, PersonId, RoomId};
use huiyin_domain::venue::{
    Approval, Ask, BookingRefusal, BookingState, Known, Repeat, Rules, check,
};
use huiyin_store::bookings::{self, Booking};
use huiyin_store::rooms::{self, Room};
use huiyin_store::venues::{self, Venue};
use huiyin_store::{DbError, Tx};
use jiff::{SignedDuration, Timestamp};

use super::{permit_unit, zone_of};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// Whoever asks is answered within this time, or the room is free again.
const DECIDE_WITHIN: SignedDuration = SignedDuration::from_hours(48);
const PURPOSE_CHARS_MAX: usize = 200;

/// For whom it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    Myself,
    /// Staff of the venue write it down for somebody else.
    Another,
}

/// What becomes of a series of which some hours are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenTaken {
    Refuse,
    LeaveOut,
}

/// A room, and when.
#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever asks: sent twice, it is one booking.
    pub id: BookingId,
    pub room: RoomId,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub heads: i64,
    pub purpose: String,
    pub whom: For,
    pub repeat: Option<Repeat>,
    pub when_taken: WhenTaken,
}

/// What was booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub bookings: Vec<Booking>,
    /// The beginnings of what was taken already, where these were to be left out.
    pub left_out: Vec<Timestamp>,
}

pub async fn book(app: &App, actor: &Actor, request: Request) -> Result<Reply, Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let length = request.purpose.chars().count();
    if length > PURPOSE_CHARS_MAX {
        return Err(Refusal::too_long("purpose", PURPOSE_CHARS_MAX).into());
    }
    if length == 0 {
        return Err(Refusal::field("purpose", "fault-required").into());
    }
    let (inner, actor, key) = (app.clone(), actor.clone(), request.room.get());
    let write = move |tx: &mut Tx<'_>| in_tx(&inner, tx, (&actor, person), &request);
    app.store.write(key, write).await.map_err(Error::from)
}

fn in_tx(
    app: &App,
    tx: &mut Tx<'_>,
    (actor, person): (&Actor, PersonId),
    request: &Request,
) -> Result<Reply, Error> {
    rooms::lock(tx, request.room)?;
    let before = bookings::of_series(tx, request.id)?;
    if let Some(first) = before.first() {
        let is_own = match request.whom {
            For::Myself => first.person == Some(person),
            For::Another => actor.posts.iter().any(|post| first.unit == Some(post.unit)),
        };
        return match is_own {
            true => Ok(Reply {
                bookings: before,
                left_out: Vec::new(),
            }),
            false => Err(Refusal::KeyReused.into()),
        };
    }
    let (venue, room) = open_room(tx, request.room)?;
    if request.whom == For::Another {
        permit_unit(actor, Action::VenuesEdit, (venue.unit, &venue.place))?;
    }
    let (spans, left_out) = spans(app, tx, (&venue, &room), (person, request))?;
    let now = app.now();
    let waits = room.rules.approval == Approval::Asked && request.whom == For::Myself;
    let mut made = Vec::new();
    for (number, &(starts_at, ends_at)) in spans.iter().enumerate() {
        let decide_by = now.saturating_add(DECIDE_WITHIN).unwrap_or(now);
        made.push(Booking {
            id: match number {
                0 => request.id,
                _ => BookingId::from_raw(app.mint()),
            },
            series: request.id,
            room: room.id,
            person: (request.whom == For::Myself).then_some(person),
            unit: (request.whom == For::Another).then_some(venue.unit),
            activity: None,
            starts_at,
            ends_at,
            state: match waits {
                true => BookingState::Asked,
                false => BookingState::Held,
            },
            purpose: request.purpose.clone(),
            heads: request.heads,
            repeats: request.repeat.map(Repeat::rrule),
            made_at: now,
            decide_by: waits.then_some(decide_by.min(starts_at)),
            ended_at: None,
        });
    }
    // --- everything is checked; from here on we write ---
    keep(app, tx, &made)?;
    Ok(Reply {
        bookings: made,
        left_out,
    })
}

/// The room and its venue, where people may come.
pub(crate) fn open_room(tx: &mut Tx<'_>, id: RoomId) -> Result<(Venue, Room), Error> {
    let room = rooms::read(tx, id)?.filter(|room| room.closed_at.is_none());
    let room = room.ok_or(Refusal::NotFound(Thing::Room))?;
    let venue = venues::read(tx, room.venue)?.filter(|venue| venue.closed_at.is_none());
    let venue = venue.ok_or(Refusal::NotFound(Thing::Venue))?;
    Ok((venue, room))
}

/// Keeps bookings; one whose hours somebody else took meanwhile is refused like any other.
pub(crate) fn keep(app: &App, tx: &mut Tx<'_>, made: &[Booking]) -> Result<(), Error> {
    for booking in made {
        match bookings::insert(tx, booking) {
            Err(DbError::Unique { .. }) => return Err(taken(app, booking.starts_at).into()),
            other => other?,
        }
    }
    Ok(())
}

type Span = (Timestamp, Timestamp);

/// The hours that are given, and the beginnings of those left out.
fn spans(
    app: &App,
    tx: &mut Tx<'_>,
    (venue, room): (&Venue, &Room),
    (person, request): (PersonId, &Request),
) -> Result<(Vec<Span>, Vec<Timestamp>), Error> {
    let now = app.now();
    let zone = zone_of(app, tx, &venue.place)?;
    let calendar = venue.about.calendar(zone.clone());
    let own_open = match request.whom {
        For::Myself => Some(bookings::open_of_person(tx, person, now)?),
        For::Another => None,
    };
    let known = Known {
        now,
        calendar: &calendar,
        seats: room.seats,
        own_open,
    };
    let (mut given, mut left_out) = (Vec::new(), Vec::new());
    for (starts_at, ends_at) in repeated(&zone, request) {
        let ask = Ask {
            starts_at,
            ends_at,
            heads: request.heads,
        };
        check(&room.rules, &ask, &known).map_err(|fault| refused(fault, &room.rules))?;
        match bookings::is_taken(tx, room.id, starts_at, ends_at)? {
            false => given.push((starts_at, ends_at)),
            true if request.when_taken == WhenTaken::LeaveOut => left_out.push(starts_at),
            true => return Err(taken(app, starts_at).into()),
        }
    }
    match (given.is_empty(), left_out.first()) {
        (true, Some(&first)) => Err(taken(app, first).into()),
        _ => Ok((given, left_out)),
    }
}

/// The same hours of each day on which it comes back, by the clocks of the place.
fn repeated(zone: &Zone, request: &Request) -> Vec<Span> {
    let first = (request.starts_at, request.ends_at);
    let Some(repeat) = request.repeat else {
        return vec![first];
    };
    let length = first.1.duration_since(first.0);
    let day = zone.date(first.0);
    let midnight = zone.first(day, 0).unwrap_or(first.0);
    let minute = first.0.duration_since(midnight).as_mins();
    let minute = u16::try_from(minute).unwrap_or_default();
    let starts = repeat.days(day).into_iter();
    let starts = starts.filter_map(|day| zone.first(day, minute));
    let ends = |start: Timestamp| Some((start, start.checked_add(length).ok()?));
    starts.filter_map(ends).collect()
}

/// Somebody else has these hours.
pub(crate) fn taken(app: &App, at: Timestamp) -> Refusal {
    let here = at.to_zoned(app.config.time_zone.clone());
    Refusal::Rule {
        class: Class::Conflict,
        key: "room-taken",
        args: vec![("when", here.strftime("%m-%d %H:%M").to_string())],
    }
}

/// The sentence of each rule that refuses.
pub(crate) fn refused(fault: BookingRefusal, rules: &Rules) -> Refusal {
    let field = |field: &str, key: &'static str| FieldFault::new(field, key);
    Refusal::Invalid(vec![match fault {
        BookingRefusal::StaffOnly => return Refusal::NotPermitted,
        BookingRefusal::HasEnough { open_max } => {
            return Refusal::Rule {
                class: Class::Conflict,
                key: "room-enough",
                args: vec![("max", open_max.to_string())],
            };
        }
        BookingRefusal::Over => field("from", "fault-room-over"),
        BookingRefusal::OffTheQuarter => field("to", "fault-room-quarter"),
        BookingRefusal::TooLong { minutes_max } => {
            let fault = field("to", "fault-room-long");
            fault.with("max", minutes_max)
        }
        BookingRefusal::TooFar { .. } => {
            let fault = field("day", "fault-room-far");
            fault.with("max", rules.days_max)
        }
        BookingRefusal::Shut => field("from", "fault-room-shut"),
        BookingRefusal::TooMany { seats } => field("heads", "fault-room-seats").with("max", seats),
    }])
}
