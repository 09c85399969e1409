//! Whether this process can do its work.

use huiyin_store::{Tx, settings};

use crate::{App, Error};

/// Reads something small; an error when the database does not answer.
pub async fn look(app: &App) -> Result<(), Error> {
    let read = |tx: &mut Tx<'_>| settings::get(tx, crate::atlas::VERSION).map(drop);
    app.store.read(read).await.map_err(Error::from)
}
