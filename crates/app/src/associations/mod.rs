//! Associations and interest groups: beginning one, registering it, joining and leaving, who
//! leads it.
//!
//! One more thing to do: its file, a line below, its handler and its line in the routes.

pub mod begin;
pub mod change;
pub mod decide;
pub mod hand_over;
pub mod join;
pub mod leave;
pub mod look;
pub mod register;

#[cfg(test)]
mod tests;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::association::Standing;
use huiyin_domain::id::{AssociationId, PersonId};
use huiyin_domain::telling::Importance;
use huiyin_store::Tx;
use huiyin_store::associations::{self, Association};
use jiff::Timestamp;

use crate::error::Thing;
use crate::telling::tell::{Said, Title, tell};
use crate::venues::{permit_unit, post_for};
use crate::{App, Error, Refusal};

/// The group, with nobody else joining or leaving until the transaction ends.
pub(crate) fn locked(tx: &mut Tx<'_>, id: AssociationId) -> Result<Association, Error> {
    associations::lock(tx, id)?;
    let group = associations::read(tx, id)?;
    group.ok_or_else(|| Refusal::NotFound(Thing::Association).into())
}

/// Refuses unless the actor works for the unit that registered the group; while nobody has, for
/// a unit that may register it.
pub(crate) fn permit_desk(actor: &Actor, group: &Association) -> Result<(), Refusal> {
    match group.unit {
        Some(unit) => permit_unit(actor, Action::ActivitiesRun, (unit, &group.place)),
        None => post_for(actor, Action::ActivitiesRun, &group.place).map(drop),
    }
}

/// Whether somebody leads the group.
pub(crate) fn leads(
    tx: &mut Tx<'_>,
    id: AssociationId,
    person: Option<PersonId>,
) -> Result<bool, Error> {
    let Some(person) = person else {
        return Ok(false);
    };
    let own = associations::member(tx, id, person)?;
    Ok(own.is_some_and(|own| own.standing == Standing::Leader))
}

/// The group, locked, for somebody who leads it; refuses everybody else.
pub(crate) fn led(tx: &mut Tx<'_>, id: AssociationId, by: PersonId) -> Result<Association, Error> {
    let group = locked(tx, id)?;
    match leads(tx, id, Some(by))? {
        true => Ok(group),
        false => Err(Refusal::NotPermitted.into()),
    }
}

/// Tells somebody what became of them and the group.
pub(crate) fn tell_of(
    app: &App,
    tx: &mut Tx<'_>,
    (group, person): (&Association, PersonId),
    letter: &'static str,
    now: Timestamp,
) -> Result<(), Error> {
    tell(app, tx, person, &said(group, letter, now), now)
}

/// A letter about a group.
fn said(group: &Association, letter: &'static str, now: Timestamp) -> Said {
    Said {
        cause: format!("{letter} {} {now}", group.id),
        letter,
        why: "letter-associations-why",
        title: Title::Written(group.name.clone()),
        at: now,
        until: None,
        page: format!("/associations/{}", group.id),
        importance: Importance::Act,
        note: String::new(),
    }
}
