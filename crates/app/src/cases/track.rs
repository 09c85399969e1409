//! Track: from a tracking code to the case that it opens.

use huiyin_domain::access::Actor;
use huiyin_domain::code::TrackingCode;
use huiyin_domain::id::CaseId;
use huiyin_store::{DbError, Tx, petitioners};

use crate::error::Thing;
use crate::{App, Error, Refusal};

/// The case that `code` opens, and whoever holds the code as its petitioner.
pub async fn track(app: &App, code: &TrackingCode) -> Result<(CaseId, Actor), Error> {
    let code = code.clone();
    let find = move |tx: &mut Tx<'_>| -> Result<_, DbError> {
        petitioners::case_by_code(tx, code.as_str())
    };
    let case = app.store.read(find).await.map_err(Error::from)?;
    let case = case.ok_or(Refusal::NotFound(Thing::Code))?;
    Ok((case, Actor::petitioner(case)))
}
