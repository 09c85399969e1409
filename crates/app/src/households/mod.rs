//! Households: the doors of places, and the contacts that their people leave. An address, never a
//! file on people: no name, no remark, no link from a door to a case or to anybody.
//!
//! One more thing to do: its file, a line below, its handler and its line in the routes.

pub mod add;
pub mod at_door;
pub mod change;
pub mod close;
pub mod contact;
pub mod erase_contact;
pub mod export;
pub(crate) mod follow;
pub mod import;
pub mod leave_contact;
pub mod list;
pub mod look;
pub mod run;

#[cfg(test)]
mod contact_tests;
#[cfg(test)]
mod tests;

use huiyin_domain::access::{Action, Actor, HeldPost};
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::household::{BadDoor, DOOR_CHARS_MAX, Door, Household};
use huiyin_domain::id::HouseholdId;
use huiyin_domain::place::PlaceCode;
use huiyin_insight::{Sign, names_somebody};
use huiyin_store::{DbError, Tx, households, place_changes, places};

use crate::administration::reaching;
use crate::error::Thing;
use crate::{Error, Refusal};

/// The post with which the actor does this at a place; what lies elsewhere does not exist for
/// them.
fn post_at<'a>(
    actor: &'a Actor,
    action: Action,
    place: &PlaceCode,
) -> Result<&'a HeldPost, Refusal> {
    reaching(actor, action, (place, Thing::Place))
}

/// A door in the actor's reach; another one does not exist for them.
fn reached<'a>(
    tx: &mut Tx<'_>,
    actor: &'a Actor,
    (action, id): (Action, HouseholdId),
) -> Result<(Household, &'a HeldPost), Error> {
    let missing = || Refusal::NotFound(Thing::Household);
    let household = households::read(tx, id)?.ok_or_else(missing)?;
    let post = post_at(actor, action, &household.place);
    let post = post.map_err(|refusal| match refusal {
        Refusal::NotFound(_) => missing(),
        other => other,
    })?;
    Ok((household, post))
}

/// The same, with nobody else changing it until the transaction ends.
fn held<'a>(
    tx: &mut Tx<'_>,
    actor: &'a Actor,
    (action, id): (Action, HouseholdId),
) -> Result<(Household, &'a HeldPost), Error> {
    households::lock(tx, id)?;
    reached(tx, actor, (action, id))
}

/// The place itself while it is open, locked; else the one that took over from it, if there is
/// one: a form that waited on a phone may be older than the change.
fn living(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<PlaceCode, Error> {
    if places::lock(tx, place)? {
        return Ok(place.clone());
    }
    let mut heirs = place_changes::heirs(tx, place, 2)?;
    match (heirs.pop(), heirs.is_empty()) {
        (Some(heir), true) if places::lock(tx, &heir)? => Ok(heir),
        _ => Err(Refusal::NotFound(Thing::Place).into()),
    }
}

/// The door that somebody wrote; nobody's name or number stands on it.
fn good_door(text: &str) -> Result<Door, FieldFault> {
    let door: Door = text.parse().map_err(|bad| match bad {
        BadDoor::Empty => FieldFault::new("door", "fault-required"),
        BadDoor::TooLong => FieldFault::new("door", "fault-too-long").with("max", DOOR_CHARS_MAX),
        BadDoor::Signs => FieldFault::new("door", "fault-household-door"),
    })?;
    match names_somebody(door.as_str()) {
        None => Ok(door),
        Some((Sign::Name, words)) => {
            Err(FieldFault::new("door", "fault-household-name").with("words", words))
        }
        Some((_, words)) => {
            Err(FieldFault::new("door", "fault-household-number").with("words", words))
        }
    }
}

/// Refuses a door that the place has already.
fn refuse_twice(
    tx: &mut Tx<'_>,
    (place, door): (&PlaceCode, &Door),
    but: Option<HouseholdId>,
) -> Result<(), Error> {
    match households::by_door(tx, place, door)? {
        Some(there) if Some(there.id) != but => Err(is_there(there.closed_at.is_some())),
        _ => Ok(()),
    }
}

fn is_there(closed: bool) -> Error {
    let key = match closed {
        true => "fault-household-closed",
        false => "fault-household-there",
    };
    Refusal::field("door", key).into()
}

/// Somebody else was quicker with the same door.
fn taken(error: DbError) -> Error {
    match error {
        DbError::Unique { .. } => is_there(false),
        other => other.into(),
    }
}

fn is_closed() -> Refusal {
    Refusal::rule(Class::Conflict, "household-closed")
}
