//! The community takes a post off the list. Pledges and reports stay with those who made them.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::CivicPostId;
use huiyin_store::{Tx, civic_posts};

use super::kept;
use crate::{App, Error, Refusal};

/// Of so many posts who has rated is forgotten at a time.
const BATCH: i64 = 100;

pub async fn close(app: &App, actor: &Actor, id: CivicPostId) -> Result<(), Error> {
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        kept(tx, &actor, id)?;
        // --- everything is checked; from here on we write ---
        match civic_posts::close(tx, id, now)? {
            true => Ok::<_, Error>(()),
            false => Err(Refusal::rule(Class::Conflict, "civic-post-over").into()),
        }
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// Where nobody is asked any more, who has rated is forgotten; what was said stays.
pub(crate) async fn forget_raters(app: &App) -> Result<u64, Error> {
    let today = app.config.day(app.now());
    let write = move |tx: &mut Tx<'_>| civic_posts::forget_raters(tx, today, BATCH);
    app.store.write(0, write).await.map_err(Error::from)
}
