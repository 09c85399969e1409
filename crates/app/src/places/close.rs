//! Close a place, so that nothing new is brought in for it; or open it again. What lies
//! there already stays.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::place::PlaceCode;
use huiyin_store::{Tx, places};

use super::shelf;
use crate::administration::{Record, permit};
use crate::error::Thing;
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
    let at = (act == "place-closed").then(|| app.now());
    let write = move |tx: &mut Tx<'_>| {
        if places::read(tx, &code)?.is_none() {
            return Err(Refusal::NotFound(Thing::Place).into());
        }
        // --- everything is checked; from here on we write ---
        places::close(tx, &code, at)?;
        shelf::touch(tx)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}
