//! Nobody lives behind a door any more, or somebody does again. A door that closes forgets its
//! contact.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::HouseholdId;
use huiyin_store::{Tx, households};

use super::held;
use crate::administration::{Record, permit};
use crate::{App, Error};

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    Closed,
    Open,
}

pub async fn close(
    app: &App,
    actor: &Actor,
    (id, becomes): (HouseholdId, Becomes),
) -> Result<(), Error> {
    permit(actor, Action::HouseholdsKeep)?;
    let act = match becomes {
        Becomes::Closed => "household-closed",
        Becomes::Open => "household-reopened",
    };
    let record = Record::new(app, actor, act, id);
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let (household, _) = held(tx, &actor, (Action::HouseholdsKeep, id))?;
        let is_open = household.closed_at.is_none();
        if is_open == (becomes == Becomes::Open) {
            return Ok(());
        }
        // --- everything is checked; from here on we write ---
        households::close(tx, id, is_open.then_some(now))?;
        households::erase(tx, id)?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
