//! Let somebody who is in a group lead it too, or in one's place.

use huiyin_domain::access::Actor;
use huiyin_domain::association::Standing;
use huiyin_domain::case::Class;
use huiyin_domain::id::{AssociationId, PersonId};
use huiyin_store::Tx;
use huiyin_store::associations::{self, Member};

use super::{led, tell_of};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// What whoever hands over does afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Afterwards {
    LeadsToo,
    StepsBack,
}

pub async fn hand_over(
    app: &App,
    actor: &Actor,
    (id, to): (AssociationId, PersonId),
    afterwards: Afterwards,
) -> Result<(), Error> {
    let own = actor.person().ok_or(Refusal::SignInNeeded)?;
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| {
        let group = led(tx, id, own)?;
        let next = associations::member(tx, id, to)?;
        let next = next.ok_or(Refusal::NotFound(Thing::Member))?;
        if to == own || next.standing == Standing::Asked {
            return Err(Refusal::rule(Class::Conflict, "not-a-member").into());
        }
        let before = associations::member(tx, id, own)?;
        let before = before.ok_or(Refusal::NotFound(Thing::Member))?;
        let leading = Member {
            standing: Standing::Leader,
            ..next
        };
        let now = inner.now();
        // --- everything is checked; from here on we write ---
        associations::put_member(tx, &leading)?;
        if afterwards == Afterwards::StepsBack {
            let back = Member {
                standing: Standing::Member,
                ..before
            };
            associations::put_member(tx, &back)?;
        }
        tell_of(&inner, tx, (&group, to), "letter-group-led", now)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
