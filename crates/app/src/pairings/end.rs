//! The visits end: the household says so by one button, or the community for it. Address,
//! contact and all that was written go at once.

use huiyin_domain::access::Actor;
use huiyin_domain::id::PairingId;
use huiyin_domain::pairing::{EndedBy, Pairing};
use huiyin_store::{Tx, pairings, volunteers};
use jiff::Timestamp;

use super::{kept, missing, said};
use crate::telling::tell::tell;
use crate::volunteers::person;
use crate::{App, Error};

/// The household wants no more visits.
pub async fn by_household(app: &App, actor: &Actor) -> Result<(), Error> {
    let (person, now, inner) = (person(actor)?, app.now(), app.clone());
    let write = move |tx: &mut Tx<'_>| {
        let pairing = pairings::of_person(tx, person)?.ok_or_else(missing)?;
        // --- everything is checked; from here on we write ---
        end(&inner, tx, (&pairing, EndedBy::Household), now)
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}

/// The household told the community that it wants no more visits.
pub async fn by_community(app: &App, actor: &Actor, id: PairingId) -> Result<(), Error> {
    let (actor, now, inner) = (actor.clone(), app.now(), app.clone());
    let write = move |tx: &mut Tx<'_>| {
        let (pairing, _) = kept(tx, &actor, id)?;
        // --- everything is checked; from here on we write ---
        let cause = format!("pairing-ended {id}");
        let letter = ("letter-pairing-ended", "/my/pairing");
        let letter = said(tx, &pairing, letter, cause, now)?;
        tell(&inner, tx, pairing.person, &letter, now)?;
        end(&inner, tx, (&pairing, EndedBy::Community), now)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

fn end(
    app: &App,
    tx: &mut Tx<'_>,
    (pairing, by): (&Pairing, EndedBy),
    now: Timestamp,
) -> Result<(), Error> {
    let helper = match pairing.helper.volunteer() {
        Some(volunteer) => volunteers::by_id(tx, volunteer)?,
        None => None,
    };
    if let Some(helper) = helper {
        let cause = format!("pairing-over {}", pairing.id);
        let letter = ("letter-pairing-over", "/volunteer/pairings");
        let letter = said(tx, pairing, letter, cause, now)?;
        tell(app, tx, helper.person, &letter, now)?;
    }
    Ok(pairings::end(tx, pairing.id, by, now)?)
}
