//! Open the seal on who brought a case in: it needs a post that may, and a purpose, and leaves
//! a look that the petitioner can read.

use huiyin_domain::access::{Action, Actor, may};
use huiyin_domain::case::Owner;
use huiyin_domain::id::{CaseId, LookId};
use huiyin_domain::planted::{self, Fault};
use huiyin_store::{Tx, follow_ups, looks, petitioners};

use crate::{App, Error, Refusal};

use super::advance::standing;
use super::read::find;

pub use huiyin_store::petitioners::Petitioner;

/// The word of this look in the log.
const LOOK: &str = "petitioner";
const PURPOSE_CHARS_MIN: usize = 4;
const PURPOSE_CHARS_MAX: usize = 200;

/// Who is asked for, and why.
#[derive(Debug, Clone)]
pub struct Request {
    pub case: CaseId,
    /// In the words that the petitioner will read.
    pub purpose: String,
}

/// Opens the seal; none when the case has no petitioner.
pub async fn unseal(
    app: &App,
    actor: &Actor,
    request: Request,
) -> Result<Option<Petitioner>, Error> {
    let purpose = request.purpose.trim().to_owned();
    if purpose.chars().count() < PURPOSE_CHARS_MIN {
        return Err(Refusal::field("purpose", "fault-required").into());
    }
    if purpose.chars().count() > PURPOSE_CHARS_MAX {
        return Err(Refusal::too_long("purpose", PURPOSE_CHARS_MAX).into());
    }
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let open = move |tx: &mut Tx<'_>| -> Result<Option<Petitioner>, Error> {
        let (held, _) = find(tx, &actor, request.case)?;
        // A volunteer who has promised to deliver must know to whom.
        let delivers = held.view.owner == Owner::Person(person) && held.view.closed_at.is_none();
        let delivers = delivers || planted::is(Fault::SealOpened);
        let standing = standing(&held.view);
        // So must whoever calls back, as long as the case waits for it.
        let calls = may(&actor, Action::FollowUpCall, Some(&standing))
            && follow_ups::tries_of_waiting(tx, request.case)?.is_some();
        if !delivers && !calls && !may(&actor, Action::PetitionerRead, Some(&standing)) {
            return Err(Refusal::NotPermitted.into());
        }

        // --- everything is checked; from here on we write ---
        let look = looks::Look {
            id: LookId::from_raw(inner.mint()),
            at: now,
            case: request.case,
            person,
            post: actor.posts.first().map(|post| post.post),
            unit: actor.unit(),
            what: LOOK.to_owned(),
            purpose: purpose.clone(),
        };
        looks::insert(tx, &look)?;
        Ok(petitioners::unseal(tx, &held)?)
    };
    app.store
        .write(request.case.get(), open)
        .await
        .map_err(Error::from)
}
