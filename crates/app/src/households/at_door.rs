//! A case is brought in at a door: where that is, in words, and, when its people ask for it, the
//! contact that they left. The case gets both as if somebody had typed them; nothing leads from it
//! to the door, and nothing from the door to it.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::household::Household;
use huiyin_domain::id::HouseholdId;
use huiyin_domain::names::Names;
use huiyin_store::{Tx, places};

use super::contact::opened;
use super::{held, is_closed, post_at, reached};
use crate::{App, Error};

/// Where a door is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub household: Household,
    /// The names of the places that tell it from others, the widest first.
    pub places: Vec<Names>,
}

/// Where an open door is, for whoever reads the doors of its place.
pub async fn address(app: &App, actor: &Actor, id: HouseholdId) -> Result<Address, Error> {
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let (household, _) = reached(tx, &actor, (Action::HouseholdsRead, id))?;
        if household.closed_at.is_some() {
            return Err(is_closed().into());
        }
        let around = household.place.told_by();
        let mut named = places::named(tx, &around)?;
        let places = around.iter().filter_map(|code| named.remove(code));
        Ok::<_, Error>(Address {
            places: places.collect(),
            household,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The contact that its people left, now that they ask that it goes with what they bring in.
pub async fn asked(
    app: &App,
    actor: &Actor,
    (id, purpose): (HouseholdId, String),
) -> Result<Option<String>, Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let open = move |tx: &mut Tx<'_>| {
        let (household, _) = held(tx, &actor, (Action::HouseholdsRead, id))?;
        let post = post_at(&actor, Action::HouseholdsContact, &household.place)?;
        // --- everything is checked; from here on we write ---
        let left = opened(&inner, tx, (&actor, post), (&household, &purpose))?;
        Ok::<_, Error>(left.map(|left| left.contact))
    };
    app.store.write(id.get(), open).await.map_err(Error::from)
}
