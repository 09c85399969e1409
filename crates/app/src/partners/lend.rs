//! What a unit can lend, give or do in the community: a list that both sides see.

use huiyin_domain::access::Actor;
use huiyin_domain::id::{PartnerId, ResourceId};
use huiyin_domain::partner::Resource;
use huiyin_store::{Tx, partners};

use super::{Side, seen, words};
use crate::{App, Error, Refusal};

/// So many are listed at once.
pub const RESOURCES_MAX: usize = 40;

pub async fn lend(
    app: &App,
    actor: &Actor,
    id: PartnerId,
    mut resource: Resource,
) -> Result<(), Error> {
    resource.what = words("resource", &resource.what)?;
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let (_, side) = seen(tx, &actor, id)?;
        let Side::Unit(_) = side else {
            return Err(Refusal::NotPermitted.into());
        };
        let limit = i64::try_from(RESOURCES_MAX).unwrap_or(i64::MAX);
        if partners::resources(tx, id, limit)?.len() >= RESOURCES_MAX {
            return Err(Refusal::too_many("resource", RESOURCES_MAX).into());
        }
        // --- everything is checked; from here on we write ---
        partners::add_resource(tx, id, &resource, now)?;
        Ok::<_, Error>(())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// It is offered no longer.
pub async fn withdraw(
    app: &App,
    actor: &Actor,
    id: PartnerId,
    resource: ResourceId,
) -> Result<(), Error> {
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let (_, side) = seen(tx, &actor, id)?;
        let Side::Unit(_) = side else {
            return Err(Refusal::NotPermitted.into());
        };
        // --- everything is checked; from here on we write ---
        partners::close_resource(tx, resource, id, now)?;
        Ok::<_, Error>(())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
