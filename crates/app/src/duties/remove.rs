//! Take a line off the duty list.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::ItemCode;
use huiyin_store::{DbError, Tx, duties};

use crate::administration::{Record, permit};
use crate::atlas::AtlasShelf;
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub async fn remove(
    app: &App,
    actor: &Actor,
    item: ItemCode,
    place: PlaceCode,
) -> Result<(), Error> {
    permit(actor, Action::DutiesEdit)?;
    let record = Record::new(
        app,
        actor,
        "duty-removed",
        format!("{item} {}", place.as_str()),
    );
    let write = move |tx: &mut Tx<'_>| {
        match duties::remove(tx, &item, &place) {
            Err(DbError::Conflict { .. }) => return Err(Refusal::NotFound(Thing::Item).into()),
            other => other?,
        }
        AtlasShelf::touch(tx)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}
