//! What a volunteer pledged, for themselves.

use huiyin_domain::access::Actor;
use huiyin_domain::civic_post::{CivicPost, Pledge, PledgeReport};
use huiyin_store::{Tx, pledges};

use super::found;
use crate::volunteers::{not_registered, own, person};
use crate::{App, Error};

/// So many reports of each are shown.
const REPORTS: i64 = 20;

#[derive(Debug, Clone)]
pub struct Mine {
    pub pledge: Pledge,
    pub civic_post: CivicPost,
    pub reports: Vec<PledgeReport>,
}

pub async fn mine(app: &App, actor: &Actor) -> Result<Vec<Mine>, Error> {
    let person = person(actor)?;
    let read = move |tx: &mut Tx<'_>| {
        let own = own(tx, person)?.ok_or_else(not_registered)?;
        let mut mine = Vec::new();
        for pledge in pledges::of_volunteer(tx, own.id)? {
            mine.push(Mine {
                civic_post: found(tx, pledge.civic_post)?,
                reports: pledges::reports(tx, pledge.id, REPORTS)?,
                pledge,
            });
        }
        Ok::<_, Error>(mine)
    };
    app.store.read(read).await.map_err(Error::from)
}
