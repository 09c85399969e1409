//! Whoever left a contact wants it gone: it is gone at once.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::HouseholdId;
use huiyin_store::{Tx, households};

use super::held;
use crate::administration::{Record, permit};
use crate::{App, Error};

/// Whether there was one.
pub async fn erase_contact(app: &App, actor: &Actor, id: HouseholdId) -> Result<bool, Error> {
    permit(actor, Action::HouseholdsContact)?;
    let record = Record::new(app, actor, "household-contact-erased", id);
    let actor = actor.clone();
    let write = move |tx: &mut Tx<'_>| {
        held(tx, &actor, (Action::HouseholdsContact, id))?;
        // --- everything is checked; from here on we write ---
        let was_there = households::erase(tx, id)?;
        if was_there {
            record.keep(tx)?;
        }
        Ok::<_, Error>(was_there)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
