//! Leave: what is personal goes at once. What was done stays counted in the sums of the
//! community, without anything from which the person could be told. Households that they visit
//! are not left alone: each is told, and the community looks for somebody else.

use huiyin_domain::access::Actor;
use huiyin_store::{Tx, certificates, proposals, services, volunteers};

use super::register::not_registered;
use super::{own, person};
use crate::{App, Error, civic_posts, pairings};

pub async fn leave(app: &App, actor: &Actor) -> Result<(), Error> {
    let person = person(actor)?;
    let (now, inner) = (app.now(), app.clone());
    let write = move |tx: &mut Tx<'_>| {
        let known = own(tx, person)?.ok_or_else(not_registered)?;
        // --- everything is checked; from here on we write ---
        services::forget(tx, known.id)?;
        certificates::revoke_all(tx, known.id, now)?;
        proposals::lapse_of_volunteer(tx, known.id, now)?;
        civic_posts::give_up_all(tx, &known, now)?;
        pairings::release_all(&inner, tx, &known, now)?;
        volunteers::leave(tx, &known, now)?;
        Ok::<_, Error>(())
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}
