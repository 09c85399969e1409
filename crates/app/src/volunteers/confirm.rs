//! The community confirms a service, or says why not, and the volunteer is told. Nobody
//! confirms their own.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::{PostId, ServiceId};
use huiyin_domain::volunteer::{Confirmer, Service, Volunteer};
use huiyin_store::{Tx, services, volunteers};

use super::decline::reason_of;
use super::{post_at, tell};
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub async fn confirm(app: &App, actor: &Actor, id: ServiceId) -> Result<(), Error> {
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let (service, volunteer, post) = decidable(tx, &actor, id)?;
        // --- everything is checked; from here on we write ---
        let by = (Confirmer::Community, Some(post));
        if !services::confirm(tx, &service, by, now)? {
            return Err(decided());
        }
        match &volunteer {
            Some(volunteer) => tell::confirmed(&inner, tx, volunteer, now),
            None => Ok(()),
        }
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// Says why a service is not confirmed, and tells the volunteer.
pub async fn refuse(app: &App, actor: &Actor, id: ServiceId, reason: &str) -> Result<(), Error> {
    let reason = reason_of(reason)?;
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let (_, volunteer, post) = decidable(tx, &actor, id)?;
        // --- everything is checked; from here on we write ---
        if !services::refuse(tx, id, (post, &reason), now)? {
            return Err(decided());
        }
        match &volunteer {
            Some(volunteer) => tell::refused(&inner, tx, (volunteer, &reason), now),
            None => Ok(()),
        }
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

fn decided() -> Error {
    Refusal::rule(Class::Conflict, "service-decided").into()
}

/// The service, whose it is, and the post that may decide about it.
fn decidable(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ServiceId,
) -> Result<(Service, Option<Volunteer>, PostId), Error> {
    let service = services::by_id(tx, id)?.ok_or(Refusal::NotFound(Thing::Service))?;
    let post = post_at(actor, &service.place, Thing::Service)?;
    let volunteer = volunteers::by_id(tx, service.volunteer)?;
    let whose = volunteer.as_ref().map(|volunteer| volunteer.person);
    if whose.is_some() && whose == actor.person() {
        return Err(Refusal::rule(Class::NotPermitted, "own-service").into());
    }
    Ok((service, volunteer, post))
}
