//! The receipt: the tracking code, shown again to whoever may hold it anyway.

use huiyin_domain::access::Actor;
use huiyin_domain::code::TrackingCode;
use huiyin_domain::id::CaseId;
use huiyin_store::{Tx, petitioners};

use super::Reader;
use super::read::find;
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// The code of a case, for its petitioner and nobody else.
pub async fn receipt(app: &App, actor: &Actor, id: CaseId) -> Result<TrackingCode, Error> {
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<Option<TrackingCode>, Error> {
        let (_, reader) = find(tx, &actor, id)?;
        if reader != Reader::Petitioner {
            return Err(Refusal::NotPermitted.into());
        }
        let sealed = petitioners::to_deliver(tx, id)?;
        Ok(sealed.and_then(|sealed| sealed.code.parse().ok()))
    };
    let code = app.store.read(read).await.map_err(Error::from)?;
    Ok(code.ok_or(Refusal::NotFound(Thing::Code))?)
}
