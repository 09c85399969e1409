//! The household would rather have somebody else come by: no reason is asked for.

use huiyin_domain::access::Actor;
use huiyin_store::{Tx, pairings, volunteers};

use super::{desk_page, missing, said};
use crate::telling::tell::tell;
use crate::volunteers::{person, tell_keepers};
use crate::{App, Error};

pub async fn somebody_else(app: &App, actor: &Actor) -> Result<(), Error> {
    let (person, now, inner) = (person(actor)?, app.now(), app.clone());
    let write = move |tx: &mut Tx<'_>| {
        let pairing = pairings::of_person(tx, person)?.ok_or_else(missing)?;
        let Some(volunteer) = pairing.helper.volunteer() else {
            return Ok(());
        };
        let helper = volunteers::by_id(tx, volunteer)?;
        // --- everything is checked; from here on we write ---
        pairings::release(tx, pairing.id, volunteer)?;
        let cause = format!("pairing-changed {} {now}", pairing.id);
        if let Some(helper) = helper {
            let letter = ("letter-pairing-over", "/volunteer/pairings");
            let letter = said(tx, &pairing, letter, cause.clone(), now)?;
            tell(&inner, tx, helper.person, &letter, now)?;
        }
        let page = desk_page(pairing.id);
        let letter = ("letter-pairing-released", page.as_str());
        let keepers = said(tx, &pairing, letter, cause, now)?;
        tell_keepers(&inner, tx, &pairing.place, &keepers, now)
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}
