//! Say that one is there, with the code that stands at the door.

use huiyin_domain::access::Actor;
use huiyin_domain::activity::SignUpState;
use huiyin_domain::case::Class;
use huiyin_domain::id::ActivityId;
use huiyin_store::{Tx, activities, sign_ups};
use jiff::SignedDuration;

use super::{door, locked};
use crate::error::Thing;
use crate::limits::{Key, Purpose};
use crate::{App, Error, Refusal};

/// The door opens before it begins.
pub(crate) const OPENS_BEFORE: SignedDuration = SignedDuration::from_hours(1);

pub async fn check_in(
    app: &App,
    actor: &Actor,
    id: ActivityId,
    presented: String,
) -> Result<(), Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    // Six digits can be guessed by whoever may try for long enough.
    let key = format!("door {id} {person}");
    let now = app.now();
    app.try_once(Purpose::EnterCode, &[Key::Thing(&key)])
        .await?;
    let write = move |tx: &mut Tx<'_>| {
        let activity = locked(tx, id)?;
        let secret = activities::secret(tx, id)?;
        let secret = secret.ok_or(Refusal::NotFound(Thing::Activity))?;
        let mine = sign_ups::read(tx, id, person)?;
        let seated = mine.filter(|mine| mine.state == SignUpState::Seated);
        if activity.cancelled_at.is_some() {
            return Err(Refusal::rule(Class::Gone, "activity-off").into());
        }
        let Some(mine) = seated else {
            return Err(Refusal::rule(Class::Conflict, "door-no-seat").into());
        };
        let opens = activity.starts_at - OPENS_BEFORE;
        if now < opens || activity.ends_at < now {
            return Err(Refusal::rule(Class::Conflict, "door-shut").into());
        }
        if !door::holds(&secret, &presented, now) {
            return Err(Refusal::field("code", "fault-door-code").into());
        }
        if mine.came_at.is_some() {
            return Ok(());
        }
        // --- everything is checked; from here on we write ---
        sign_ups::came(tx, id, person, now)?;
        Ok::<_, Error>(())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
