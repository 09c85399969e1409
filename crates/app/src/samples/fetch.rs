//! A sample, for everybody.

use bytes::Bytes;
use huiyin_domain::id::FileId;
use huiyin_store::{Tx, files, samples};

use crate::error::Thing;
use crate::files::fetch::{self, Size};
use crate::{App, Error, Refusal};

pub async fn fetch(app: &App, id: FileId, size: Size) -> Result<Bytes, Error> {
    let read = move |tx: &mut Tx<'_>| -> Result<_, Error> {
        let file = files::by_id(tx, id)?;
        let is_sample = samples::of(tx, id)?.is_some();
        let file = file.filter(|_| is_sample);
        Ok(file.ok_or(Refusal::NotFound(Thing::File))?)
    };
    let file = app.store.read(read).await.map_err(Error::from)?;
    fetch::fetch(app, &file, size).await
}
