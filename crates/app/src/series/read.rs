//! The row to which a case belongs: for whoever brought it in, and for whoever may see the case.

use huiyin_domain::access::Actor;
use huiyin_domain::id::CaseId;
use huiyin_store::{Tx, series};

pub use huiyin_store::series::Series;

use crate::cases::read::find;
use crate::{App, Error};

/// The row of a case; none when it comes once.
pub async fn read(app: &App, actor: &Actor, case: CaseId) -> Result<Option<Series>, Error> {
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<Option<Series>, Error> {
        find(tx, &actor, case)?;
        Ok(series::of_case(tx, case)?)
    };
    app.store.read(read).await.map_err(Error::from)
}
