//! Somebody whose time fell away was called, and that is done: they wanted no other, or chose one
//! by the telephone and will come.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::AppointmentId;
use huiyin_domain::window::AppointmentState;
use huiyin_store::{Tx, appointments};

use super::{cancelled, locked, moved_on, permit_serve};
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub async fn settle(app: &App, actor: &Actor, id: AppointmentId) -> Result<(), Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let now = inner.now();
        let (before, window) = locked(tx, id)?;
        permit_serve(&actor, &window).map_err(|_| Refusal::NotFound(Thing::Appointment))?;
        if before.state != AppointmentState::Displaced {
            return Err(Refusal::rule(Class::Conflict, "appointment-moved").into());
        }
        let after = cancelled(&before, now);
        // --- everything is checked; from here on we write ---
        appointments::update(tx, &after, before.state).map_err(moved_on)?;
        Ok::<_, Error>(())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
