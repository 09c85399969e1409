//! My plans: what I signed up for and what I booked, and the secret link under which my own
//! calendar finds it.

use huiyin_domain::access::Actor;
use huiyin_domain::names::Names;
use huiyin_store::activities::Activity;
use huiyin_store::bookings::{self, Booking};
use huiyin_store::sign_ups::{self, SignUp};
use huiyin_store::{Tx, calendar_links, rooms, venues};
use jiff::Timestamp;

use crate::identity::secret::Secret;
use crate::{App, Error, Refusal};

const ROWS_MAX: i64 = 200;

/// A booking with what the room is called.
#[derive(Debug, Clone)]
pub struct MyBooking {
    pub booking: Booking,
    pub room: Names,
    pub venue: Names,
}

/// An activity with how I stand with it.
#[derive(Debug, Clone)]
pub struct MyActivity {
    pub activity: Activity,
    pub sign_up: SignUp,
    /// How many wait before me.
    pub before: i64,
}

/// What lies before me.
#[derive(Debug, Clone, Default)]
pub struct Plans {
    pub bookings: Vec<MyBooking>,
    pub activities: Vec<MyActivity>,
    pub link_made_at: Option<Timestamp>,
}

pub async fn plans(app: &App, actor: &Actor) -> Result<Plans, Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| {
        let mut plans = Plans {
            link_made_at: calendar_links::made_at(tx, person)?,
            ..Plans::default()
        };
        for booking in bookings::of_person(tx, person, now, ROWS_MAX)? {
            let room = rooms::read(tx, booking.room)?;
            let venue = match &room {
                Some(room) => venues::read(tx, room.venue)?,
                None => None,
            };
            plans.bookings.push(MyBooking {
                booking,
                room: room.map(|room| room.names).unwrap_or_default(),
                venue: venue.map(|venue| venue.names).unwrap_or_default(),
            });
        }
        for (activity, sign_up) in sign_ups::of_person(tx, person, now, ROWS_MAX)? {
            plans.activities.push(MyActivity {
                before: sign_ups::before(tx, &sign_up)?,
                activity,
                sign_up,
            });
        }
        Ok::<_, Error>(plans)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// A new secret link; the one before leads nowhere from now on. It is shown this once.
pub async fn make_link(app: &App, actor: &Actor) -> Result<Secret, Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let secret = Secret::make(&*app.outside.entropy);
    let (hash, now) = (secret.hash(), app.now());
    let write = move |tx: &mut Tx<'_>| calendar_links::put(tx, person, &hash, now);
    let written = app.store.write(person.get(), write).await;
    written.map_err(Error::from)?;
    Ok(secret)
}

/// There is no link any more.
pub async fn end_link(app: &App, actor: &Actor) -> Result<(), Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let write = move |tx: &mut Tx<'_>| calendar_links::end(tx, person);
    let written = app.store.write(person.get(), write).await;
    written.map_err(Error::from)
}
