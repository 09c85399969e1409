//! The community says what it did about a missed visit.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::PairingId;
use huiyin_store::{Tx, pairings};
use jiff::civil::Date;

use super::{WORDS_CHARS_MAX, kept};
use crate::import::clean;
use crate::{App, Error, Refusal};

pub async fn see_to(
    app: &App,
    actor: &Actor,
    (id, due_on): (PairingId, Date),
    done: &str,
) -> Result<(), Error> {
    let done = clean(done);
    if done.is_empty() {
        return Err(Refusal::field("done", "fault-required").into());
    }
    if done.chars().count() > WORDS_CHARS_MAX {
        return Err(Refusal::too_long("done", WORDS_CHARS_MAX).into());
    }
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let (_, post) = kept(tx, &actor, id)?;
        // --- everything is checked; from here on we write ---
        match pairings::see_to(tx, (id, due_on), (post, &done), now)? {
            true => Ok::<_, Error>(()),
            false => Err(Refusal::rule(Class::Conflict, "miss-seen").into()),
        }
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
