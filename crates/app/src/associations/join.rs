//! Join a group: at once where it is open, else those who lead it are asked.

use huiyin_domain::access::Actor;
use huiyin_domain::association::{Entry, GroupState, Standing};
use huiyin_domain::case::Class;
use huiyin_domain::id::AssociationId;
use huiyin_store::Tx;
use huiyin_store::associations::{self, Member};

use super::{locked, tell_of};
use crate::{App, Error, Refusal};

const SAYS_CHARS_MAX: usize = 200;
/// A group is no place for more than this; it would be a club with an office of its own.
const MEMBERS_MAX: i64 = 2_000;

/// Where they stand now.
pub async fn join(
    app: &App,
    actor: &Actor,
    id: AssociationId,
    says: String,
) -> Result<Standing, Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    if says.chars().count() > SAYS_CHARS_MAX {
        return Err(Refusal::too_long("says", SAYS_CHARS_MAX).into());
    }
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| {
        let group = locked(tx, id)?;
        if group.state != GroupState::Registered {
            return Err(Refusal::rule(Class::Gone, "association-over").into());
        }
        if let Some(own) = associations::member(tx, id, person)? {
            return Ok(own.standing);
        }
        let everybody = associations::members(tx, id)?;
        if everybody.len() as i64 >= MEMBERS_MAX {
            return Err(Refusal::rule(Class::Conflict, "association-full").into());
        }
        let now = inner.now();
        let standing = match group.entry {
            Entry::Open => Standing::Member,
            Entry::Asked => Standing::Asked,
        };
        let member = Member {
            association: id,
            person,
            standing,
            says: says.clone(),
            made_at: now,
        };
        // --- everything is checked; from here on we write ---
        associations::put_member(tx, &member)?;
        if standing == Standing::Asked {
            let leading = everybody
                .iter()
                .filter(|one| one.standing == Standing::Leader);
            for leader in leading {
                tell_of(
                    &inner,
                    tx,
                    (&group, leader.person),
                    "letter-group-asked",
                    now,
                )?;
            }
        }
        Ok::<_, Error>(standing)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
