//! Close a unit: its posts count no more and nothing new comes to it. A unit that owns
//! open cases cannot be closed, because somebody must answer them.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::id::UnitId;
use huiyin_domain::unit::Unit;
use huiyin_store::{Tx, units};

use crate::administration::{Record, permit};
use crate::atlas::AtlasShelf;
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub async fn close(app: &App, actor: &Actor, id: UnitId) -> Result<(), Error> {
    set(app, actor, id, "unit-closed").await
}

pub async fn reopen(app: &App, actor: &Actor, id: UnitId) -> Result<(), Error> {
    set(app, actor, id, "unit-reopened").await
}

async fn set(app: &App, actor: &Actor, id: UnitId, act: &'static str) -> Result<(), Error> {
    permit(actor, Action::UnitsEdit)?;
    let record = Record::new(app, actor, act, id);
    let closed_at = (act == "unit-closed").then(|| app.now());
    let write = move |tx: &mut Tx<'_>| {
        let unit = units::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Unit))?;
        if closed_at.is_some() && units::owns_open_cases(tx, id)? {
            return Err(Refusal::rule(Class::Conflict, "unit-owns-cases").into());
        }
        // --- everything is checked; from here on we write ---
        units::put(tx, &Unit { closed_at, ..unit })?;
        AtlasShelf::touch(tx)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}
