//! The community accepts somebody who asked, and they are told.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::VolunteerId;
use huiyin_store::{Tx, volunteers};

use super::{post_at, tell};
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub async fn accept(app: &App, actor: &Actor, id: VolunteerId) -> Result<(), Error> {
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let known = volunteers::by_id(tx, id)?.ok_or(Refusal::NotFound(Thing::Volunteer))?;
        let post = post_at(&actor, &known.offer.place, Thing::Volunteer)?;
        if actor.person() == Some(known.person) {
            return Err(Refusal::rule(Class::NotPermitted, "own-volunteer").into());
        }
        // --- everything is checked; from here on we write ---
        if !volunteers::accept(tx, id, post, now)? {
            return Err(decided());
        }
        tell::accepted(&inner, tx, &known, now)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// Somebody else was quicker.
pub(super) fn decided() -> Error {
    Refusal::rule(Class::Conflict, "volunteer-decided").into()
}
