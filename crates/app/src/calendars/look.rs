//! Look at working time. Everybody may: when a house is open is public.

use std::sync::Arc;

use huiyin_store::{DbError, Tx, places};

use crate::almanac::Almanac;
use crate::{App, Error};

/// Hours and special days as they are now, and the year whose days are missing.
pub async fn look(app: &App) -> Result<(Arc<Almanac>, Option<i16>), Error> {
    let now = app.now();
    let handle = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let almanac = handle.almanac(tx)?;
        let widest = places::children(tx, None)?.into_iter();
        let open = widest.filter(|place| place.closed_at.is_none());
        let widest: Vec<_> = open.map(|place| place.code).collect();
        let missing = almanac.missing_year(now, &widest);
        Ok::<_, DbError>((almanac, missing))
    };
    app.store.read(read).await.map_err(Error::from)
}
