//! Being on duty: for a span of time somebody may be told of what is urgent at any hour.
//! Everybody says it of the posts that they hold themselves.

use huiyin_domain::access::Actor;
use huiyin_domain::id::{PersonId, PostId, ShiftId};
use huiyin_store::Tx;
use huiyin_store::shifts::{self, Shift};
use jiff::{SignedDuration, Timestamp};

use crate::error::Thing;
use crate::{App, Error, Refusal};

/// Nobody is on duty for longer than this without saying so again.
const SPAN_MAX: SignedDuration = SignedDuration::from_hours(14 * 24);
const SHIFTS_MAX: i64 = 60;

fn person(actor: &Actor) -> Result<PersonId, Refusal> {
    actor.person().ok_or(Refusal::SignInNeeded)
}

/// The shifts of the actor that are not over, the next first.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Shift>, Error> {
    let (person, now) = (person(actor)?, app.now());
    let read = move |tx: &mut Tx<'_>| shifts::of_person(tx, person, now, SHIFTS_MAX);
    app.store.read(read).await.map_err(Error::from)
}

/// A span in which the actor will be on duty.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    pub post: PostId,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

pub async fn begin(app: &App, actor: &Actor, request: Request) -> Result<ShiftId, Error> {
    let (person, now) = (person(actor)?, app.now());
    if !actor.posts.iter().any(|post| post.post == request.post) {
        return Err(Refusal::NotFound(Thing::Post).into());
    }
    let span = request.ends_at.duration_since(request.starts_at);
    let fault = match () {
        () if span <= SignedDuration::ZERO => Some("fault-ends-before"),
        () if span > SPAN_MAX => Some("fault-shift-long"),
        () if request.ends_at <= now => Some("fault-past"),
        () => None,
    };
    if let Some(fault) = fault {
        return Err(Refusal::field("ends", fault).into());
    }
    let shift = Shift {
        id: ShiftId::from_raw(app.mint()),
        post: request.post,
        starts_at: request.starts_at,
        ends_at: request.ends_at,
    };
    let id = shift.id;
    let write = move |tx: &mut Tx<'_>| {
        let held = shifts::of_person(tx, person, now, SHIFTS_MAX)?;
        if i64::try_from(held.len()).unwrap_or(i64::MAX) >= SHIFTS_MAX {
            return Err(Error::from(Refusal::field("ends", "fault-shifts-many")));
        }
        // --- everything is checked; from here on we write ---
        Ok(shifts::insert(tx, &shift)?)
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)?;
    Ok(id)
}

/// Takes one of the actor's own shifts away.
pub async fn end(app: &App, actor: &Actor, id: ShiftId) -> Result<(), Error> {
    let person = person(actor)?;
    let write = move |tx: &mut Tx<'_>| match shifts::end(tx, id, person)? {
        0 => Err(Error::from(Refusal::NotFound(Thing::Shift))),
        _ => Ok(()),
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}
