//! Pairings as each side sees them: the household its own with every visit, the volunteer those
//! whom they visit, the community those of its place.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::id::{PairingId, VolunteerId};
use huiyin_domain::pairing::{Miss, Pairing, Visit};
use huiyin_store::{Tx, pairings, volunteers};

pub use huiyin_store::pairings::Behind;

use super::{helped, kept, offer};
use crate::volunteers::{not_registered, own as registration, person};
use crate::{App, Error, Refusal};

/// So many are shown at once.
pub const ROWS: usize = 40;
/// So many visits and missed ones are shown; whoever wants all of them has the export.
const VISITS: i64 = 100;
const MISSES: i64 = 20;

/// A pairing with what is told of it.
#[derive(Debug, Clone)]
pub struct Look {
    pub pairing: Pairing,
    /// The name that the helper goes by.
    pub helper: String,
    pub visits: Vec<Visit>,
    pub misses: Vec<Miss>,
}

fn look(tx: &mut Tx<'_>, pairing: Pairing) -> Result<Look, Error> {
    let helper = match pairing.helper.volunteer() {
        Some(volunteer) => volunteers::by_id(tx, volunteer)?,
        None => None,
    };
    Ok(Look {
        helper: helper.map_or_else(String::new, |helper| helper.offer.name),
        visits: pairings::visits(tx, pairing.id, VISITS)?,
        misses: pairings::misses(tx, pairing.id, MISSES)?,
        pairing,
    })
}

/// The household's own; none while it has not asked.
pub async fn own(app: &App, actor: &Actor) -> Result<Option<Look>, Error> {
    let person = person(actor)?;
    let read = move |tx: &mut Tx<'_>| match pairings::of_person(tx, person)? {
        Some(pairing) => look(tx, pairing).map(Some),
        None => Ok(None),
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The households that a volunteer visits, or is asked to.
pub async fn helping(app: &App, actor: &Actor) -> Result<Vec<Pairing>, Error> {
    let person = person(actor)?;
    let read = move |tx: &mut Tx<'_>| {
        let own = registration(tx, person)?.ok_or_else(not_registered)?;
        Ok::<_, Error>(pairings::of_volunteer(tx, own.id)?)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// One of them: only of whom they visit, not of whom they are asked to.
pub async fn helping_one(app: &App, actor: &Actor, id: PairingId) -> Result<Look, Error> {
    let person = person(actor)?;
    let read = move |tx: &mut Tx<'_>| {
        let own = registration(tx, person)?.ok_or_else(not_registered)?;
        let pairing = helped(tx, &own, id)?;
        match pairing.helper.next() {
            Some(_) => look(tx, pairing),
            None => Err(super::missing().into()),
        }
    };
    app.store.read(read).await.map_err(Error::from)
}

/// What the desk lists.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub rows: Vec<Pairing>,
    pub next: Option<Behind>,
    /// The names that helpers go by.
    pub names: BTreeMap<VolunteerId, String>,
    /// Those with a missed visit to which nobody has seen.
    pub missed: BTreeSet<PairingId>,
}

pub async fn list(app: &App, actor: &Actor, behind: Behind) -> Result<Reply, Error> {
    let scope = scope(actor, Action::VolunteersKeep);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let read = move |tx: &mut Tx<'_>| {
        let mut rows = pairings::of_places(tx, &scope, &behind, ROWS + 1)?;
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let next = rows.last().filter(|_| more).map(|last| Behind {
            place: last.place.to_string(),
            id: last.id,
        });
        let mut names = BTreeMap::new();
        for volunteer in rows.iter().filter_map(|row| row.helper.volunteer()) {
            if let Some(found) = volunteers::by_id(tx, volunteer)? {
                names.insert(volunteer, found.offer.name);
            }
        }
        let missed = pairings::open_misses(tx, &scope, VISITS)?;
        Ok::<_, Error>(Reply {
            rows,
            next,
            names,
            missed: missed.into_iter().map(|miss| miss.pairing).collect(),
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// One of them for the desk, with whom it can ask.
#[derive(Debug, Clone)]
pub struct One {
    pub look: Look,
    pub choices: Vec<(VolunteerId, String)>,
}

pub async fn one(app: &App, actor: &Actor, id: PairingId) -> Result<One, Error> {
    let actor = actor.clone();
    let scope = scope(&actor, Action::VolunteersKeep);
    let read = move |tx: &mut Tx<'_>| {
        let (pairing, _) = kept(tx, &actor, id)?;
        Ok::<_, Error>(One {
            choices: offer::choices(tx, &scope, &pairing)?,
            look: look(tx, pairing)?,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}
