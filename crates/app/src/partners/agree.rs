//! The community agrees to a pairing; either side ends one.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::PartnerId;
use huiyin_store::{Tx, partners};

use super::year::Seat;
use super::{Side, seen};
use crate::{App, Error, Refusal};

pub async fn agree(app: &App, actor: &Actor, id: PartnerId) -> Result<(), Error> {
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let (_, side) = seen(tx, &actor, id)?;
        let Side::Community(post) = side else {
            return Err(Refusal::NotPermitted.into());
        };
        // --- everything is checked; from here on we write ---
        match partners::agree(tx, id, post.post, now)? {
            true => Ok::<_, Error>(()),
            false => Err(Refusal::rule(Class::Conflict, "deed-decided").into()),
        }
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// Ends a pairing; what was done stays. From which side it was ended.
pub async fn end(app: &App, actor: &Actor, id: PartnerId) -> Result<Seat, Error> {
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let (_, side) = seen(tx, &actor, id)?;
        // --- everything is checked; from here on we write ---
        partners::end(tx, id, now)?;
        Ok::<_, Error>(side.seat())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
