//! Look whether a form was applied before, so that its files need not be read again.

use huiyin_domain::access::Actor;
use huiyin_store::applied::{self, Applied};
use huiyin_store::Tx;

use super::{Token, person};
use crate::{App, Error};

/// The form, when this person's form of this name was applied.
pub async fn find(app: &App, actor: &Actor, token: &Token) -> Result<Option<Applied>, Error> {
    let (person, token) = (person(actor)?, token.clone());
    let read = move |tx: &mut Tx<'_>| applied::read(tx, person, token.as_str());
    app.store.read(read).await.map_err(Error::from)
}
