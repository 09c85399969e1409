//! The outbox: what was recorded instead of sent. Only the demo shows it, and there
//! everybody may look.

use huiyin_store::outbox::{self, Recorded};

use crate::error::Thing;
use crate::{App, Error, Refusal};

const SHOWN: i64 = 60;

/// The newest letters and messages.
pub async fn newest(app: &App) -> Result<Vec<Recorded>, Error> {
    if !app.config.demo.is_on() {
        return Err(Refusal::NotFound(Thing::File).into());
    }
    let read = |tx: &mut huiyin_store::Tx<'_>| outbox::newest(tx, None, SHOWN);
    app.store.read(read).await.map_err(Error::from)
}
