//! Those who lead a group take in whoever asks, or do not; and let somebody go who is in it.

use huiyin_domain::access::Actor;
use huiyin_domain::association::Standing;
use huiyin_domain::case::Class;
use huiyin_domain::id::{AssociationId, PersonId};
use huiyin_store::Tx;
use huiyin_store::associations::{self, Member};

use super::{led, tell_of};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// What becomes of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    TakenIn,
    LetGo,
}

pub async fn decide(
    app: &App,
    actor: &Actor,
    (id, person): (AssociationId, PersonId),
    verdict: Verdict,
) -> Result<(), Error> {
    let own = actor.person().ok_or(Refusal::SignInNeeded)?;
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| {
        let group = led(tx, id, own)?;
        let before = associations::member(tx, id, person)?;
        let before = before.ok_or(Refusal::NotFound(Thing::Member))?;
        let now = inner.now();
        match (verdict, before.standing) {
            (_, Standing::Leader) => Err(Refusal::rule(Class::Conflict, "leader-stays").into()),
            (Verdict::TakenIn, Standing::Member) => Ok(()),
            (Verdict::TakenIn, Standing::Asked) => {
                let after = Member {
                    standing: Standing::Member,
                    says: String::new(),
                    ..before
                };
                // --- everything is checked; from here on we write ---
                associations::put_member(tx, &after)?;
                tell_of(&inner, tx, (&group, person), "letter-group-taken-in", now)
            }
            (Verdict::LetGo, standing) => {
                let letter = match standing {
                    Standing::Asked => "letter-group-not-taken-in",
                    Standing::Member | Standing::Leader => "letter-group-let-go",
                };
                // --- everything is checked; from here on we write ---
                associations::drop_member(tx, id, person)?;
                tell_of(&inner, tx, (&group, person), letter, now)
            }
        }
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
