//! Leave an activity. What was answered is forgotten, and a seat goes to whoever has waited
//! longest, in the same transaction.

use huiyin_domain::access::Actor;
use huiyin_domain::activity::SignUpState;
use huiyin_domain::case::Class;
use huiyin_domain::id::ActivityId;
use huiyin_store::Tx;
use huiyin_store::sign_ups::{self, SignUp};

use super::{locked, move_up};
use crate::{App, Error, Refusal};

pub async fn leave(app: &App, actor: &Actor, id: ActivityId) -> Result<(), Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| {
        let activity = locked(tx, id)?;
        let now = inner.now();
        let before = sign_ups::read(tx, id, person)?;
        let before = before.filter(|before| before.state != SignUpState::Left);
        let Some(before) = before else {
            // Sent twice, or never come: either way they are not in it.
            return Ok(());
        };
        if activity.starts_at <= now {
            return Err(Refusal::rule(Class::Gone, "activity-begun").into());
        }
        if before.came_at.is_some() {
            return Err(Refusal::rule(Class::Gone, "activity-came").into());
        }
        let after = SignUp {
            state: SignUpState::Left,
            seat: None,
            offered_until: None,
            changed_at: now,
            ..before
        };
        // --- everything is checked; from here on we write ---
        sign_ups::set(tx, &after)?;
        sign_ups::forget(tx, id, person)?;
        move_up::fill(&inner, tx, &activity, now).map(drop)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
