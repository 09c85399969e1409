//! Give a post and end it. Both count from the next request of whoever holds it.
//!
//! The three administrators exclude each other and every other role: who runs the product
//! sees no content, who gives posts sees no content, who reads the logs changes nothing.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::id::{PersonId, PostId, UnitId};
use huiyin_domain::person::{Post, Role};
use huiyin_domain::place::PlaceCode;
use huiyin_store::{Tx, persons, places, posts, units};
use jiff::Timestamp;

use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// A post to be given.
#[derive(Debug, Clone)]
pub struct NewPost {
    pub unit: UnitId,
    pub role: Role,
    pub place: PlaceCode,
    /// From now if none.
    pub starts_at: Option<Timestamp>,
    pub ends_at: Option<Timestamp>,
}

impl NewPost {
    pub(super) fn made(self, app: &App, person: PersonId) -> Post {
        let now = app.now();
        Post {
            id: PostId::from_raw(app.mint()),
            person,
            unit: self.unit,
            role: self.role,
            place: self.place,
            starts_at: self.starts_at.unwrap_or(now),
            ends_at: self.ends_at,
        }
    }
}

pub async fn give(
    app: &App,
    actor: &Actor,
    person: PersonId,
    post: NewPost,
) -> Result<PostId, Error> {
    permit(actor, Action::PeopleEdit)?;
    if actor.person() == Some(person) {
        return Err(Refusal::rule(Class::NotPermitted, "not-oneself").into());
    }
    let now = app.now();
    let post = post.made(app, person);
    let record = given(app, actor, &post);
    let write = move |tx: &mut Tx<'_>| {
        let known = persons::by_id(tx, person)?;
        if known.is_none_or(|known| known.closed_at.is_some()) {
            return Err(Refusal::NotFound(Thing::Person).into());
        }
        check(tx, &post, now)?;
        // --- everything is checked; from here on we write ---
        keep(tx, &post)?;
        record.keep(tx)?;
        Ok::<_, Error>(post.id)
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}

pub(crate) fn keep(tx: &mut Tx<'_>, post: &Post) -> Result<(), Error> {
    Ok(posts::insert(tx, post)?)
}

/// Refuses a post that cannot be given to its person.
pub(crate) fn check(tx: &mut Tx<'_>, post: &Post, now: Timestamp) -> Result<(), Error> {
    let unit = units::read(tx, post.unit)?;
    if unit.is_none_or(|unit| unit.closed_at.is_some()) {
        return Err(Refusal::field("unit", "fault-unknown").into());
    }
    let place = places::read(tx, &post.place)?;
    if place.is_none_or(|place| place.closed_at.is_some()) {
        return Err(Refusal::field("place", "fault-unknown").into());
    }
    if post
        .ends_at
        .is_some_and(|ends| ends <= post.starts_at || ends <= now)
    {
        return Err(Refusal::field("ends_at", "fault-past").into());
    }
    for held in posts::of_person(tx, post.person)? {
        let is_over = |ends: Option<Timestamp>, by| ends.is_some_and(|ends| ends <= by);
        if is_over(held.ends_at, post.starts_at) || is_over(post.ends_at, held.starts_at) {
            continue;
        }
        if !held.role.goes_with(post.role) {
            return Err(Refusal::rule(Class::Conflict, "roles-exclude").into());
        }
        if (held.unit, held.role, &held.place) == (post.unit, post.role, &post.place) {
            return Err(Refusal::rule(Class::Conflict, "post-twice").into());
        }
    }
    Ok(())
}

pub async fn end(app: &App, actor: &Actor, id: PostId) -> Result<(), Error> {
    permit(actor, Action::PeopleEdit)?;
    let now = app.now();
    let record = Record::new(app, actor, "post-ended", id);
    let write = move |tx: &mut Tx<'_>| {
        let post = posts::by_id(tx, id)?.ok_or(Refusal::NotFound(Thing::Post))?;
        if post.ends_at.is_some_and(|ends| ends <= now) {
            return Err(Refusal::NotFound(Thing::Post).into());
        }
        check_last_security(tx, &post, now)?;
        // --- everything is checked; from here on we write ---
        posts::end(tx, id, now.max(post.starts_at))?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// Without anybody who gives posts, none could ever be given again.
pub(super) fn check_last_security(
    tx: &mut Tx<'_>,
    post: &Post,
    now: Timestamp,
) -> Result<(), Error> {
    let is_held = |post: &Post| post.starts_at <= now && post.ends_at.is_none_or(|ends| ends > now);
    if post.role != Role::Security || !is_held(post) {
        return Ok(());
    }
    let others = posts::of_role(tx, Role::Security, now)?;
    match others
        .iter()
        .any(|other| other.person != post.person && is_held(other))
    {
        true => Ok(()),
        false => Err(Refusal::rule(Class::Conflict, "last-security").into()),
    }
}

/// The line of the log that a post was given.
pub(crate) fn given(app: &App, actor: &Actor, post: &Post) -> Record {
    let shape = serde_json::json!({
        "role": post.role.word(), "unit": post.unit.to_string(), "place": post.place.as_str(),
    });
    Record::new(app, actor, "post-given", post.person).shaped(&shape)
}
