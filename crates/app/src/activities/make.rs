//! Make an activity, or change it. One in a room takes the room; one that comes back is made as
//! often, each with its own list of people.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::activity::{About, Question};
use huiyin_domain::association::GroupState;
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::{ActivityId, AssociationId, BookingId, RoomId, UnitId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::venue::{BookingState, Repeat, slots};
use huiyin_store::activities::{self, Activity};
use huiyin_store::bookings::{self, Booking};
use huiyin_store::{Tx, associations, places, rooms, sign_ups};
use jiff::{SignedDuration, Timestamp};

use super::{locked, move_up};
use crate::administration::Record;
use crate::error::Thing;
use crate::venues::book::{keep, open_room, taken};
use crate::venues::{permit_unit, post_for, zone_of};
use crate::{App, Error, Refusal};

const TITLE_CHARS_MAX: usize = 80;
const TEXT_CHARS_MAX: usize = 4_000;
const LINE_CHARS_MAX: usize = 200;
const CAPACITY_MAX: i64 = 5_000;
const TEAM_MAX: i64 = 50;
const LENGTH_MAX: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    Room(RoomId),
    /// Somewhere in a place, as the address says.
    Outside(PlaceCode),
}

/// An activity as somebody filled it in.
#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever makes the activity: sent twice, it is one.
    pub id: ActivityId,
    pub place: Where,
    pub title: String,
    pub about: About,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub sign_up_until: Timestamp,
    pub capacity: i64,
    pub repeat: Option<Repeat>,
    /// The group that holds it, one of those that the unit looks after.
    pub association: Option<AssociationId>,
}

/// What may change when people have signed up already.
#[derive(Debug, Clone)]
pub struct Change {
    pub id: ActivityId,
    pub title: String,
    pub text: String,
    pub sign_up_until: Timestamp,
    pub capacity: i64,
}

/// How many were made.
pub async fn make(app: &App, actor: &Actor, request: Request) -> Result<usize, Error> {
    crate::administration::permit(actor, Action::ActivitiesRun)?;
    let faults = faults(app, &request);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let record = Record::new(app, actor, "activity-made", request.id);
    let (inner, actor) = (app.clone(), actor.clone());
    let key = match &request.place {
        Where::Room(room) => room.get(),
        Where::Outside(_) => request.id.get(),
    };
    let write = move |tx: &mut Tx<'_>| {
        let made = prepared(&inner, tx, &actor, &request)?;
        // --- everything is checked; from here on we write ---
        for (activity, booking) in &made {
            let secret = inner.outside.entropy.bytes::<32>();
            activities::insert(tx, activity, &secret)?;
            keep(&inner, tx, booking.as_slice())?;
        }
        if !made.is_empty() {
            record.keep(tx)?;
        }
        Ok::<_, Error>(made.len())
    };
    app.store.write(key, write).await.map_err(Error::from)
}

/// What will be written; nothing when it was sent before.
fn prepared(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    request: &Request,
) -> Result<Vec<(Activity, Option<Booking>)>, Error> {
    let (place, venue, room) = match &request.place {
        Where::Room(id) => {
            rooms::lock(tx, *id)?;
            let (venue, room) = open_room(tx, *id)?;
            (venue.place, Some(venue.id), Some(room.id))
        }
        Where::Outside(code) => {
            let known = places::read(tx, code)?;
            let place = known.ok_or(Refusal::NotFound(Thing::Place))?;
            (place.code, None, None)
        }
    };
    let unit = post_for(actor, Action::ActivitiesRun, &place)?.unit;
    if let Some(before) = activities::read(tx, request.id)? {
        permit_unit(actor, Action::ActivitiesRun, (before.unit, &before.place))?;
        return Ok(Vec::new());
    }
    if let Some(id) = request.association {
        let group = associations::read(tx, id)?;
        let is_own = group
            .is_some_and(|group| group.state == GroupState::Registered && group.unit == Some(unit));
        if !is_own {
            return Err(Refusal::field("association", "fault-not-choice").into());
        }
    }
    let zone = zone_of(app, tx, &place)?;
    let mut made = Vec::new();
    for (number, shift) in shifts(&zone, request).into_iter().enumerate() {
        let activity = Activity {
            id: match number {
                0 => request.id,
                _ => ActivityId::from_raw(app.mint()),
            },
            unit,
            place: place.clone(),
            venue,
            room,
            title: request.title.clone(),
            about: request.about.clone(),
            starts_at: request.starts_at + shift,
            ends_at: request.ends_at + shift,
            sign_up_until: request.sign_up_until + shift,
            capacity: request.capacity,
            changed_at: app.now(),
            reminded_at: None,
            cancelled_at: None,
            report: None,
            association: request.association,
        };
        let booking = match room {
            Some(room) => Some(booking(app, tx, (room, unit), &activity)?),
            None => None,
        };
        made.push((activity, booking));
    }
    Ok(made)
}

/// By how much each of the times lies behind the first.
fn shifts(zone: &huiyin_domain::calendar::Zone, request: &Request) -> Vec<SignedDuration> {
    let Some(repeat) = request.repeat else {
        return vec![SignedDuration::ZERO];
    };
    let first = zone.date(request.starts_at);
    let midnight = |day| zone.first(day, 0);
    let Some(from) = midnight(first) else {
        return vec![SignedDuration::ZERO];
    };
    let days = repeat.days(first).into_iter();
    days.filter_map(|day| Some(midnight(day)?.duration_since(from)))
        .collect()
}

fn booking(
    app: &App,
    tx: &mut Tx<'_>,
    (room, unit): (RoomId, UnitId),
    activity: &Activity,
) -> Result<Booking, Error> {
    if bookings::is_taken(tx, room, activity.starts_at, activity.ends_at)? {
        return Err(taken(app, activity.starts_at).into());
    }
    let id = BookingId::from_raw(app.mint());
    Ok(Booking {
        id,
        series: id,
        room,
        person: None,
        unit: Some(unit),
        activity: Some(activity.id),
        starts_at: activity.starts_at,
        ends_at: activity.ends_at,
        state: BookingState::Held,
        purpose: activity.title.clone(),
        heads: activity.capacity,
        repeats: None,
        made_at: activity.changed_at,
        decide_by: None,
        ended_at: None,
    })
}

fn faults(app: &App, request: &Request) -> Vec<FieldFault> {
    let about = &request.about;
    let mut faults = texts(&request.title, &about.text);
    let mut fault = |holds: bool, field: &str, key: &'static str| {
        if !holds {
            faults.push(FieldFault::new(field, key));
        }
    };
    let length = request.ends_at.duration_since(request.starts_at);
    let is_outside = matches!(request.place, Where::Outside(_));
    let on_the_quarter = slots(request.starts_at, request.ends_at).count() > 0
        && request.starts_at.as_second() % 900 == 0
        && request.ends_at.as_second() % 900 == 0;
    fault(request.starts_at > app.now(), "from", "fault-room-over");
    fault(length > SignedDuration::ZERO, "to", "fault-ends-before");
    fault(length <= LENGTH_MAX, "to", "fault-activity-long");
    fault(is_outside || on_the_quarter, "to", "fault-room-quarter");
    fault(
        request.sign_up_until <= request.starts_at,
        "until",
        "fault-sign-up-late",
    );
    fault(
        !is_outside || !about.address.is_empty(),
        "address",
        "fault-required",
    );
    fault(
        about.questions.len() <= Question::COUNT_MAX,
        "questions",
        "fault-questions-many",
    );
    if about.address.chars().count() > LINE_CHARS_MAX {
        let fault = FieldFault::new("address", "fault-too-long");
        faults.push(fault.with("max", LINE_CHARS_MAX));
    }
    let between = [
        ("capacity", request.capacity, CAPACITY_MAX),
        ("team_max", about.team_max, TEAM_MAX),
    ];
    for (field, number, max) in between {
        if !(1..=max).contains(&number) {
            let fault = FieldFault::new(field, "fault-out-of-range");
            faults.push(fault.with("min", 1).with("max", max));
        }
    }
    faults
}

fn texts(title: &str, text: &str) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if title.is_empty() {
        faults.push(FieldFault::new("title", "fault-required"));
    }
    for (field, text, max) in [
        ("title", title, TITLE_CHARS_MAX),
        ("text", text, TEXT_CHARS_MAX),
    ] {
        if text.chars().count() > max {
            faults.push(FieldFault::new(field, "fault-too-long").with("max", max));
        }
    }
    faults
}

/// Changes the words, the end of signing up, or the number of seats; more seats go to those who
/// have waited longest.
pub async fn change(app: &App, actor: &Actor, change: Change) -> Result<(), Error> {
    crate::administration::permit(actor, Action::ActivitiesRun)?;
    let mut faults = texts(&change.title, &change.text);
    if !(1..=CAPACITY_MAX).contains(&change.capacity) {
        let fault = FieldFault::new("capacity", "fault-out-of-range");
        faults.push(fault.with("min", 1).with("max", CAPACITY_MAX));
    }
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let record = Record::new(app, actor, "activity-changed", change.id);
    let (inner, actor, key) = (app.clone(), actor.clone(), change.id.get());
    let write = move |tx: &mut Tx<'_>| {
        let before = locked(tx, change.id)?;
        permit_unit(&actor, Action::ActivitiesRun, (before.unit, &before.place))?;
        if before.cancelled_at.is_some() {
            return Err(Refusal::rule(Class::Gone, "activity-off").into());
        }
        if change.sign_up_until > before.starts_at {
            return Err(Refusal::field("until", "fault-sign-up-late").into());
        }
        let highest = sign_ups::taken(tx, before.id)?.last().copied().unwrap_or(0);
        if change.capacity < highest {
            let fault = FieldFault::new("capacity", "fault-seats-taken");
            return Err(Refusal::Invalid(vec![fault.with("min", highest)]).into());
        }
        let now = inner.now();
        let after = Activity {
            title: change.title.clone(),
            about: About {
                text: change.text.clone(),
                ..before.about.clone()
            },
            sign_up_until: change.sign_up_until,
            capacity: change.capacity,
            changed_at: now,
            ..before
        };
        // --- everything is checked; from here on we write ---
        activities::update(tx, &after)?;
        move_up::fill(&inner, tx, &after, now)?;
        record.keep(tx)
    };
    app.store.write(key, write).await.map_err(Error::from)
}
