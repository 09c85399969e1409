//! Leave a group, by one button. The last one who leads it hands it over first: no group is left
//! without anybody to turn to.

use huiyin_domain::access::Actor;
use huiyin_domain::association::Standing;
use huiyin_domain::case::Class;
use huiyin_domain::id::AssociationId;
use huiyin_store::{Tx, associations};

use super::locked;
use crate::{App, Error, Refusal};

pub async fn leave(app: &App, actor: &Actor, id: AssociationId) -> Result<(), Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let write = move |tx: &mut Tx<'_>| {
        locked(tx, id)?;
        let Some(own) = associations::member(tx, id, person)? else {
            // Sent twice, or never in it: either way they are not in it.
            return Ok(());
        };
        let others = associations::members(tx, id)?;
        let mut others = others.iter().filter(|one| one.person != person);
        let is_led = others.any(|one| one.standing == Standing::Leader);
        if own.standing == Standing::Leader && !is_led {
            return Err(Refusal::rule(Class::Conflict, "last-leader").into());
        }
        // --- everything is checked; from here on we write ---
        Ok::<_, Error>(associations::drop_member(tx, id, person)?)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
