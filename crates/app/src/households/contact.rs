//! Open the seal on the contact of a door: it needs a post there, and a purpose, and leaves a
//! look that can be told to its people.

use huiyin_domain::access::{Action, Actor, HeldPost};
use huiyin_domain::household::Household;
use huiyin_domain::id::{HouseholdId, LookId};
use huiyin_store::Tx;
use huiyin_store::households::{self, LeftContact, Look};

use super::held;
use crate::administration::permit;
use crate::{App, Error, Refusal};

const PURPOSE_CHARS_MIN: usize = 2;
const PURPOSE_CHARS_MAX: usize = 200;

/// Of which door, and why, in words that its people may hear.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: HouseholdId,
    pub purpose: String,
}

/// Opens the seal; none when nothing was left, or it was forgotten.
pub async fn unseal(
    app: &App,
    actor: &Actor,
    request: Request,
) -> Result<Option<LeftContact>, Error> {
    permit(actor, Action::HouseholdsContact)?;
    let purpose = request.purpose.trim().to_owned();
    if purpose.chars().count() < PURPOSE_CHARS_MIN {
        return Err(Refusal::field("purpose", "fault-required").into());
    }
    if purpose.chars().count() > PURPOSE_CHARS_MAX {
        return Err(Refusal::too_long("purpose", PURPOSE_CHARS_MAX).into());
    }
    let (inner, actor, id) = (app.clone(), actor.clone(), request.id);
    let open = move |tx: &mut Tx<'_>| {
        let (household, post) = held(tx, &actor, (Action::HouseholdsContact, id))?;
        // --- everything is checked; from here on we write ---
        opened(&inner, tx, (&actor, post), (&household, &purpose))
    };
    app.store.write(id.get(), open).await.map_err(Error::from)
}

/// The contact, with a look at it, when one is kept today.
pub(super) fn opened(
    app: &App,
    tx: &mut Tx<'_>,
    (actor, post): (&Actor, &HeldPost),
    (household, purpose): (&Household, &str),
) -> Result<Option<LeftContact>, Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let now = app.now();
    let left = households::unseal(tx, household.id)?;
    let left = left.filter(|left| left.kept_until >= app.config.day(now));
    if left.is_some() {
        let look = Look {
            id: LookId::from_raw(app.mint()),
            at: now,
            of: household.id,
            person,
            post: Some(post.post),
            unit: Some(post.unit),
            purpose: purpose.to_owned(),
        };
        households::look(tx, &look)?;
    }
    Ok(left)
}
