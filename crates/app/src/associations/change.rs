//! Change what is said of a group: by those who lead it, or by the unit that registered it.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::AssociationId;
use huiyin_store::Tx;
use huiyin_store::associations::{self, Association};

use super::begin::{Told, faults};
use super::{leads, locked, permit_desk};
use crate::administration::Record;
use crate::{App, Error, Refusal};

pub async fn change(app: &App, actor: &Actor, id: AssociationId, told: Told) -> Result<(), Error> {
    let faults = faults(&told);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let record = Record::new(app, actor, "association-changed", id);
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let before = locked(tx, id)?;
        if !leads(tx, id, actor.person())? {
            permit_desk(&actor, &before)?;
        }
        if !before.state.is_alive() {
            return Err(Refusal::rule(Class::Gone, "association-over").into());
        }
        let after = Association {
            interest: told.interest,
            name: told.name.clone(),
            about: told.about.clone(),
            meets: told.meets.clone(),
            entry: told.entry,
            changed_at: inner.now(),
            ..before
        };
        // --- everything is checked; from here on we write ---
        associations::update(tx, &after)?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
