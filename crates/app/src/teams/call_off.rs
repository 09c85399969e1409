//! A substitution ends before its time, or does not begin: the post that was given for it ends.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::SubstituteId;
use huiyin_domain::team::Substitute;
use huiyin_store::{Tx, teams};

use super::{post_at, take};
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub async fn call_off(app: &App, actor: &Actor, id: SubstituteId) -> Result<(), Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let missing = || Refusal::NotFound(Thing::Substitute);
        let substitute = teams::substitute(tx, id)?.ok_or_else(missing)?;
        post_at(&actor, Action::TeamEdit, &substitute.place).map_err(|_| missing())?;
        // --- everything is checked; from here on we write ---
        end(&inner, tx, &actor, &substitute)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// What is over already stays as it was.
pub(super) fn end(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    substitute: &Substitute,
) -> Result<(), Error> {
    if teams::call_off(tx, substitute.id, app.now())? {
        // A post that they hold beyond the span is not one that was given for it.
        let given = huiyin_store::posts::of_person(tx, substitute.person)?;
        let given = given.iter().find(|post| {
            Some(post.id) == substitute.post && post.ends_at == Some(substitute.ends_at)
        });
        let given = given.map(|post| post.id);
        take(app, tx, (actor, &substitute.place), given)?;
    }
    Ok(())
}
