//! The list at the door: the organiser ticks who is there, also after the code has closed.

use std::collections::BTreeSet;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::activity::SignUpState;
use huiyin_domain::case::Class;
use huiyin_domain::id::{ActivityId, PersonId};
use huiyin_store::{Tx, sign_ups};

use super::check_in::OPENS_BEFORE;
use super::locked;
use crate::venues::permit_unit;
use crate::{App, Error, Refusal};

/// Everybody named was there, and nobody else.
pub async fn tick(
    app: &App,
    actor: &Actor,
    id: ActivityId,
    there: BTreeSet<PersonId>,
) -> Result<(), Error> {
    crate::administration::permit(actor, Action::ActivitiesRun)?;
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let activity = locked(tx, id)?;
        permit_unit(
            &actor,
            Action::ActivitiesRun,
            (activity.unit, &activity.place),
        )?;
        let now = inner.now();
        if activity.cancelled_at.is_some() || now < activity.starts_at - OPENS_BEFORE {
            return Err(Refusal::rule(Class::Conflict, "door-shut").into());
        }
        let coming = sign_ups::of_activity(tx, id)?;
        // --- everything is checked; from here on we write ---
        for one in coming {
            match (there.contains(&one.person), one.came_at.is_some()) {
                (true, false) if one.state == SignUpState::Seated => {
                    sign_ups::came(tx, id, one.person, now)?;
                }
                (false, true) => sign_ups::not_came(tx, id, one.person)?,
                _ => {}
            }
        }
        Ok::<_, Error>(())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
