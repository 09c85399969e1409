//! Take away what files held, once no file needs it any more. All processes of a house see what
//! is being taken away, so that none finds it there and names it again meanwhile; and what one
//! of them did not end, because it ended itself, the sweep of another one does.

use std::collections::BTreeSet;

use huiyin_store::{DbError, Tx, files, leaving_files};
use jiff::Timestamp;

use crate::outside::FileHash;
use crate::{App, Error};

const BATCH: i64 = 100;

/// Of what these files held, what no file needs now. It is held back until [`take_away`] has
/// taken it away. To be asked where the files are erased, in the same transaction.
pub(crate) fn hold_unused(
    tx: &mut Tx<'_>,
    held: impl IntoIterator<Item = FileHash>,
    now: Timestamp,
) -> Result<Vec<FileHash>, DbError> {
    let mut unused = Vec::new();
    for hash in held.into_iter().collect::<BTreeSet<_>>() {
        // Whoever else holds it is about to take it away.
        if !leaving_files::take(tx, &hash, now)? {
            continue;
        }
        match files::is_in_use(tx, &hash)? {
            true => leaving_files::release(tx, &[hash])?,
            false => unused.push(hash),
        }
    }
    Ok(unused)
}

/// Takes away what is held back.
pub(crate) async fn take_away(app: &App, unused: Vec<FileHash>) -> Result<(), Error> {
    if unused.is_empty() {
        return Ok(());
    }
    for hash in &unused {
        let deleted = app.outside.files.delete(hash).await;
        deleted.map_err(|error| Error::broken("taking a file away", error))?;
    }
    let release = move |tx: &mut Tx<'_>| leaving_files::release(tx, &unused);
    app.store.write(0, release).await.map_err(Error::from)
}

/// Ends what others began to take away and did not end.
pub(super) async fn take_away_left(app: &App) -> Result<(), Error> {
    loop {
        let now = app.now();
        let find = move |tx: &mut Tx<'_>| leaving_files::left(tx, now, BATCH);
        let left = app.store.read(find).await?;
        if left.is_empty() {
            return Ok(());
        }
        let hold = move |tx: &mut Tx<'_>| hold_unused(tx, left.iter().copied(), now);
        let unused = app.store.write(0, hold).await.map_err(Error::from)?;
        take_away(app, unused).await?;
    }
}
