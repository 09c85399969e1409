//! When the house was last open: its clock does not go back behind that, and does not jump far
//! beyond it (see [`SteadyClock`](crate::outside::SteadyClock)).

use huiyin_store::{DbError, Store, Tx, settings};
use jiff::Timestamp;

use crate::{App, Error};

const NAME: &str = "seen";

/// When the house was last open; none before it ever was.
///
/// # Errors
/// When the database cannot be read.
pub fn last(store: &Store) -> Result<Option<Timestamp>, Error> {
    let read = |tx: &mut Tx<'_>| settings::get(tx, NAME);
    let kept = store.read_blocking(read).map_err(Error::from)?;
    Ok(kept.and_then(|kept| kept.parse().ok()))
}

/// Notes that the house is open.
///
/// # Errors
/// When the database does not keep it.
pub async fn note(app: &App) -> Result<(), Error> {
    let now = app.now();
    app.store.write(0, move |tx| put(tx, now)).await?;
    Ok(())
}

/// Notes that the house is as if it had been open just now: it was taken in from elsewhere.
pub(crate) fn note_blocking(app: &App) -> Result<(), Error> {
    let now = app.now();
    app.store.write_blocking(0, move |tx| put(tx, now))?;
    Ok(())
}

fn put(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), DbError> {
    settings::put(tx, NAME, &now.to_string())
}
