//! A sweep: a day off was written into a calendar after people had booked on it. Their time falls
//! away as it does when a window closes for a day: they are told and choose another.

use huiyin_domain::id::WindowId;
use huiyin_store::{Tx, settings, windows};

use super::close_day::displace;
use super::put::without_time;
use crate::{App, Error, almanac};

/// Up to which version of the calendars this was looked at.
const SEEN: &str = "appointments-almanac-version";
const WINDOWS_MAX: i64 = 10_000;

/// How many have to choose another time.
pub(crate) async fn run(app: &App) -> Result<u64, Error> {
    let read = |tx: &mut Tx<'_>| {
        let now = settings::get(tx, almanac::VERSION)?;
        if now == settings::get(tx, SEEN)? {
            return Ok(None);
        }
        let open = windows::open(tx, WINDOWS_MAX)?;
        Ok::<_, Error>(now.map(|version| (version, open)))
    };
    let Some((version, open)) = app.store.read(read).await? else {
        return Ok(0);
    };
    let mut told = 0;
    for window in open {
        told += one(app, window.id).await?;
    }
    // Whoever books from now on is asked by the new days; a later change has a later version.
    let write = move |tx: &mut Tx<'_>| settings::put(tx, SEEN, &version);
    app.store.write(0, write).await.map_err(Error::from)?;
    Ok(told)
}

async fn one(app: &App, id: WindowId) -> Result<u64, Error> {
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| {
        windows::lock(tx, id)?;
        let window = super::known(tx, id)?;
        if window.closed_at.is_some() {
            return Ok(0);
        }
        let without = without_time(&inner, tx, &window)?;
        // --- everything is checked; from here on we write ---
        for one in &without {
            displace(&inner, tx, (one, &window), inner.now())?;
        }
        Ok::<_, Error>(without.len() as u64)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
