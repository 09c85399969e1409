//! Confirm a seat that was offered: from now on it is theirs.

use huiyin_domain::access::Actor;
use huiyin_domain::activity::SignUpState;
use huiyin_domain::case::Class;
use huiyin_domain::id::ActivityId;
use huiyin_store::Tx;
use huiyin_store::sign_ups::{self, SignUp};

use super::locked;
use crate::{App, Error, Refusal};

pub async fn confirm(app: &App, actor: &Actor, id: ActivityId) -> Result<(), Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| {
        let activity = locked(tx, id)?;
        let now = inner.now();
        let before = sign_ups::read(tx, id, person)?;
        let over = || Refusal::rule(Class::Gone, "offer-over");
        let before = before.ok_or_else(over)?;
        if before.state == SignUpState::Seated {
            return Ok(());
        }
        let is_late = before.offered_until.is_none_or(|until| until <= now);
        if before.state != SignUpState::Offered || is_late || activity.cancelled_at.is_some() {
            return Err(over().into());
        }
        let after = SignUp {
            state: SignUpState::Seated,
            offered_until: None,
            changed_at: now,
            ..before
        };
        // --- everything is checked; from here on we write ---
        Ok::<_, Error>(sign_ups::set(tx, &after)?)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
