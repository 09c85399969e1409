//! Sweep away files whose case was never sent, and what was not taken away to its end. Takes no
//! input and may run at any time.

use huiyin_store::files::{self, File};
use huiyin_store::{Tx, pictures, samples, task_parts};
use jiff::SignedDuration;

use super::take_away::{hold_unused, take_away, take_away_left};
use crate::{App, Error};

const WAIT: SignedDuration = SignedDuration::from_hours(24);
const BATCH: i64 = 100;

/// How many were swept away.
pub async fn sweep(app: &App) -> Result<usize, Error> {
    let before = app.now() - WAIT;
    let begun = app.outside.files.sweep_begun(before).await;
    begun.map_err(|error| Error::broken("sweeping what was begun", error))?;
    take_away_left(app).await?;
    let mut count = 0;
    loop {
        let find = move |tx: &mut Tx<'_>| files::orphans(tx, before, BATCH);
        let orphans = app.store.read(find).await?;
        if orphans.is_empty() {
            return Ok(count);
        }
        for file in orphans {
            erase(app, file).await?;
            count += 1;
        }
    }
}

/// Erases a file, and what it held unless another file holds the same.
pub(crate) async fn erase(app: &App, file: File) -> Result<(), Error> {
    let (id, now) = (file.id, app.now());
    let write = move |tx: &mut Tx<'_>| {
        // It may have found its case meanwhile.
        let current = files::by_id(tx, id)?;
        let is_kept = |file: File| file.case.is_some() || file.erased_at.is_some();
        if current.is_none_or(is_kept) || pictures::hangs(tx, id)? {
            return Ok(Vec::new());
        }
        if task_parts::of_photo(tx, id)?.is_some() || samples::of(tx, id)?.is_some() {
            return Ok(Vec::new());
        }
        files::erase(tx, id, now)?;
        Ok::<_, Error>(hold_unused(tx, file.hashes(), now)?)
    };
    take_away(app, app.store.write(id.get(), write).await?).await
}
