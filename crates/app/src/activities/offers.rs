//! A sweep: a seat that was offered and not confirmed in time goes to the next; whoever let it
//! pass has left.

use huiyin_domain::activity::SignUpState;
use huiyin_domain::id::{ActivityId, PersonId};
use huiyin_store::Tx;
use huiyin_store::sign_ups::{self, SignUp};

use super::{locked, move_up};
use crate::{App, Error};

const BATCH: i64 = 100;

/// How many offers were over.
pub(crate) async fn run(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| sign_ups::offers_over(tx, now, BATCH);
    let over = app.store.read(read).await.map_err(Error::from)?;
    let mut passed = 0;
    for (activity, person) in over {
        passed += u64::from(one(app, activity, person).await?);
    }
    Ok(passed)
}

async fn one(app: &App, id: ActivityId, person: PersonId) -> Result<bool, Error> {
    let (inner, now) = (app.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let activity = locked(tx, id)?;
        // They may have confirmed a moment ago.
        let current = sign_ups::read(tx, id, person)?;
        let current = current.filter(|one| one.offered_until.is_some_and(|until| until <= now));
        let Some(current) = current else {
            return Ok(false);
        };
        let after = SignUp {
            state: SignUpState::Left,
            seat: None,
            offered_until: None,
            changed_at: now,
            ..current
        };
        // --- everything is checked; from here on we write ---
        sign_ups::set(tx, &after)?;
        sign_ups::forget(tx, id, person)?;
        move_up::fill(&inner, tx, &activity, now)?;
        Ok::<_, Error>(true)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
