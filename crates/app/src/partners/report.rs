//! A unit reports what it did in the community.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::{DeedId, PartnerId};
use huiyin_domain::partner::{Deed, DeedState, PartnerDeed};
use huiyin_store::{Tx, partners};
use jiff::ToSpan;
use jiff::civil::Date;

use super::{Side, seen, words};
use crate::{App, Error, Refusal};

const DAYS_BACK: i64 = 366;

pub struct Request {
    /// Made by whoever shows the form.
    pub id: DeedId,
    pub sort: Deed,
    pub day: Date,
    pub what: String,
}

pub async fn report(
    app: &App,
    actor: &Actor,
    id: PartnerId,
    request: Request,
) -> Result<(), Error> {
    let what = words("what", &request.what)?;
    let (now, today) = (app.now(), app.config.day(app.now()));
    if request.day > today || request.day < today.saturating_sub(DAYS_BACK.days()) {
        return Err(Refusal::field("day", "fault-service-day").into());
    }
    let actor = actor.clone();
    let write = move |tx: &mut Tx<'_>| {
        let (partner, side) = seen(tx, &actor, id)?;
        let Side::Unit(post) = side else {
            return Err(Refusal::NotPermitted.into());
        };
        if partner.agreed_at.is_none() {
            return Err(Refusal::rule(Class::Conflict, "partner-not-agreed").into());
        }
        let there = partners::deed(tx, request.id)?;
        if there.is_some_and(|there| there.partner != id) {
            return Err(Refusal::KeyReused.into());
        }
        // --- everything is checked; from here on we write ---
        let deed = PartnerDeed {
            id: request.id,
            partner: id,
            sort: request.sort,
            day: request.day,
            what: what.clone(),
            reported_at: now,
            state: DeedState::Reported,
        };
        partners::report(tx, &deed, post.post)?;
        Ok::<_, Error>(())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
