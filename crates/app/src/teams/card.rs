//! What the contact card says of a member: number and hours of their own choice. Whoever agrees
//! no more is shown without a number; a helper without an account who agrees no more is handed over instead.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::TeamMemberId;
use huiyin_domain::team::Member;
use huiyin_store::{Tx, teams};

use super::{Agreed, Card, Whom, agreed_at, card_faults, is_over, kept, shown};
use crate::{App, Error, Refusal};

pub async fn change(app: &App, actor: &Actor, id: TeamMemberId, card: Card) -> Result<(), Error> {
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let (member, _) = kept(tx, &actor, id)?;
        let named = match member.person {
            None => Some(Whom::Named(member.shown.name.clone())),
            Some(_) => None,
        };
        let faults = card_faults(&card, named.as_ref());
        if member.left.is_some() {
            return Err(is_over().into());
        }
        if member.person.is_none() && card.agreed == Agreed::No {
            return Err(Refusal::rule(Class::Conflict, "team-agrees-no-more").into());
        }
        if !faults.is_empty() {
            return Err(Refusal::Invalid(faults).into());
        }
        // --- everything is checked; from here on we write ---
        let changed = Member {
            shown: shown(&member.shown.name, &card),
            agreed_at: agreed_at(&card, now),
            ..member
        };
        match teams::show(tx, &changed)? {
            true => Ok(()),
            false => Err(Error::from(is_over())),
        }
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
