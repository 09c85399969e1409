//! The community confirms what a unit reports, or does not.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::{DeedId, PartnerId, PostId};
use huiyin_store::{DbError, Tx, partners};
use jiff::Timestamp;

use super::{Side, seen};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// What the community says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Confirmed,
    NotConfirmed,
}

impl Word {
    fn write(
        self,
        tx: &mut Tx<'_>,
        deed: DeedId,
        post: PostId,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        match self {
            Word::Confirmed => partners::confirm(tx, deed, post, now),
            Word::NotConfirmed => partners::refuse(tx, deed, post, now),
        }
    }
}

pub async fn confirm(
    app: &App,
    actor: &Actor,
    (id, deed): (PartnerId, DeedId),
    word: Word,
) -> Result<(), Error> {
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let (_, side) = seen(tx, &actor, id)?;
        let Side::Community(post) = side else {
            return Err(Refusal::NotPermitted.into());
        };
        let known = partners::deed(tx, deed)?.filter(|known| known.partner == id);
        known.ok_or(Refusal::NotFound(Thing::Service))?;
        // --- everything is checked; from here on we write ---
        match word.write(tx, deed, post.post, now)? {
            true => Ok::<_, Error>(()),
            false => Err(Refusal::rule(Class::Conflict, "deed-decided").into()),
        }
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
