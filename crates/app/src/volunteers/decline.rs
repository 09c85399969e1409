//! The community declines somebody who asked, for a reason, and they are told.

use huiyin_domain::access::Actor;
use huiyin_domain::id::VolunteerId;
use huiyin_store::{Tx, volunteers};

use super::accept::decided;
use super::{REASON_CHARS_MAX, post_at, tell};
use crate::error::Thing;
use crate::import::clean;
use crate::{App, Error, Refusal};

pub async fn decline(app: &App, actor: &Actor, id: VolunteerId, reason: &str) -> Result<(), Error> {
    let reason = reason_of(reason)?;
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let known = volunteers::by_id(tx, id)?.ok_or(Refusal::NotFound(Thing::Volunteer))?;
        let post = post_at(&actor, &known.offer.place, Thing::Volunteer)?;
        // --- everything is checked; from here on we write ---
        if !volunteers::decline(tx, id, (post, &reason), now)? {
            return Err(decided());
        }
        tell::declined(&inner, tx, (&known, &reason), now)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// A reason that can be told.
pub(crate) fn reason_of(reason: &str) -> Result<String, Refusal> {
    let reason = clean(reason);
    if reason.is_empty() {
        return Err(Refusal::field("reason", "fault-required"));
    }
    if reason.chars().count() > REASON_CHARS_MAX {
        return Err(Refusal::too_long("reason", REASON_CHARS_MAX));
    }
    Ok(reason)
}
