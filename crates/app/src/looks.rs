//! The log of looks, for the auditor: which post opened which seal, when and why.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::LookId;
use huiyin_store::{DbError, Tx, looks};

pub use huiyin_store::looks::Look;

use crate::administration::permit;
use crate::{App, Error};

/// So many are shown at once.
pub const SHOWN: usize = 100;

/// The looks before one, or the latest.
pub async fn latest(app: &App, actor: &Actor, before: Option<LookId>) -> Result<Vec<Look>, Error> {
    permit(actor, Action::LogRead)?;
    let read = move |tx: &mut Tx<'_>| -> Result<_, DbError> {
        looks::latest(tx, before, i64::try_from(SHOWN).unwrap_or(i64::MAX))
    };
    app.store.read(read).await.map_err(Error::from)
}
