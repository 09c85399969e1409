//! One case as everybody may see it.

use huiyin_domain::id::CaseId;
use huiyin_domain::names::Names;
use huiyin_store::{DbError, Tx, public_cases};

use crate::cases::names::named_places;
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub use huiyin_store::public_cases::PublicCase;

/// A public case with the name of its place.
#[derive(Debug, Clone)]
pub struct Shown {
    pub case: PublicCase,
    pub place: Names,
}

/// The public page of a case, when its kind allows one.
pub async fn case(app: &App, id: CaseId) -> Result<Shown, Error> {
    let read = move |tx: &mut Tx<'_>| -> Result<Option<Shown>, DbError> {
        let Some(case) = public_cases::read(tx, id)? else {
            return Ok(None);
        };
        let named = named_places(tx, std::slice::from_ref(&case.place))?;
        let place = named
            .into_iter()
            .next()
            .map(|place| place.names)
            .unwrap_or_default();
        Ok(Some(Shown { case, place }))
    };
    let shown = app.store.read(read).await.map_err(Error::from)?;
    Ok(shown.ok_or(Refusal::NotFound(Thing::Case))?)
}
