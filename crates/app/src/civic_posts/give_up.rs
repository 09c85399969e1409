//! A volunteer gives a post up, or takes back that they asked for it: what they wrote goes, the
//! seat is free, and the community is told.

use huiyin_domain::access::Actor;
use huiyin_domain::id::PledgeId;
use huiyin_store::{Tx, pledges};

use super::{found, own_pledge, said};
use crate::volunteers::{not_registered, own, person, tell_keepers};
use crate::{App, Error};

pub async fn give_up(app: &App, actor: &Actor, id: PledgeId) -> Result<(), Error> {
    let (person, now, inner) = (person(actor)?, app.now(), app.clone());
    let write = move |tx: &mut Tx<'_>| {
        let own = own(tx, person)?.ok_or_else(not_registered)?;
        let pledge = own_pledge(tx, &own, id)?;
        let civic_post = found(tx, pledge.civic_post)?;
        // --- everything is checked; from here on we write ---
        pledges::end(tx, id, now)?;
        if !pledge.is_held() || civic_post.closed_at.is_some() {
            return Ok(());
        }
        let cause = format!("pledge-given-up {id}");
        let mut letter = said(&civic_post, "letter-pledge-given-up", cause, now);
        letter.page = format!("/desk/civic-posts/{}", civic_post.id);
        tell_keepers(&inner, tx, &civic_post.place, &letter, now)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
