//! How much may lie on one desk in a week: what holds where, and setting it.

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::task::Limits;
use huiyin_store::{Tx, places, tasks};

use super::spread::limits_of;
use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

/// What holds for a place of the actor.
#[derive(Debug, Clone)]
pub struct Held {
    pub place: PlaceCode,
    pub names: Names,
    pub limits: Limits,
}

/// What holds in the places for which the actor gives tasks.
pub async fn held(app: &App, actor: &Actor) -> Result<Vec<Held>, Error> {
    permit(actor, Action::TaskGive)?;
    let own = scope(actor, Action::TaskGive).places().to_vec();
    let read = move |tx: &mut Tx<'_>| {
        let mut found = Vec::new();
        for place in own {
            let Some(known) = places::read(tx, &place)? else {
                continue;
            };
            let set = tasks::limits(tx, &place)?.into_iter().collect();
            found.push(Held {
                limits: limits_of(&set, &place),
                names: known.names,
                place,
            });
        }
        Ok::<_, Error>(found)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Says it for a place and all below that say nothing else.
pub async fn set(
    app: &App,
    actor: &Actor,
    (place, limits): (PlaceCode, Limits),
) -> Result<(), Error> {
    permit(actor, Action::TaskGive)?;
    let post = post_for(actor, Action::TaskGive, &place)?.post;
    if !limits.are_good() {
        return Err(Refusal::field("refuse", "fault-task-limits").into());
    }
    let now = app.now();
    let record = Record::new(app, actor, "task-limit-set", &place);
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        places::read(tx, &place)?.ok_or(Refusal::NotFound(Thing::Place))?;
        // --- everything is checked; from here on we write ---
        tasks::set_limit(tx, (&place, limits), (post, now))?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}
