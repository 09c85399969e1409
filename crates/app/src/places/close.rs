//! Close a place, so that nothing new is brought in for it; or open it again. What lies
//! there already stays.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{Tx, place_changes, places};

use super::shelf;
use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::teams::go_along;
use crate::{App, Error, Refusal};

pub async fn close(app: &App, actor: &Actor, code: PlaceCode) -> Result<(), Error> {
    set(app, actor, code, "place-closed").await
}

pub async fn reopen(app: &App, actor: &Actor, code: PlaceCode) -> Result<(), Error> {
    set(app, actor, code, "place-reopened").await
}

async fn set(app: &App, actor: &Actor, code: PlaceCode, act: &'static str) -> Result<(), Error> {
    permit(actor, Action::PlacesEdit)?;
    let record = Record::new(app, actor, act, &code);
    let by = actor.posts.first().map(|post| post.post);
    let at = (act == "place-closed").then(|| app.now());
    let write = move |tx: &mut Tx<'_>| {
        if places::read(tx, &code)?.is_none() {
            return Err(Refusal::NotFound(Thing::Place).into());
        }
        if at.is_none() && place_changes::has_heirs(tx, &code)? {
            return Err(Refusal::rule(Class::Conflict, "place-became").into());
        }
        // --- everything is checked; from here on we write ---
        places::close(tx, &code, at)?;
        if let Some(now) = at {
            go_along::end(tx, &code, by, now)?;
        }
        shelf::touch(tx)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}
