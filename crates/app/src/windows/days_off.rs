//! A sweep: a day off was written into a calendar after people had booked on it. Their time falls
//! away as it does when a window closes for a day: they are told and choose another.

use huiyin_domain::id::WindowId;
use huiyin_store::{Tx, appointments, settings, windows};

use super::close_day::displace;
use super::put::without_time;
use crate::{App, Error, almanac};

/// Up to which version of the calendars this was looked at.
const SEEN: &str = "appointments-almanac-version";

/// How many have to choose another time.
pub(crate) async fn run(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| {
        let version = settings::get(tx, almanac::VERSION)?;
        if version == settings::get(tx, SEEN)? {
            return Ok(None);
        }
        let awaited = appointments::awaited(tx, now)?;
        Ok::<_, Error>(version.map(|version| (version, awaited)))
    };
    let Some((version, awaited)) = app.store.read(read).await? else {
        return Ok(0);
    };
    let mut told = 0;
    for window in awaited {
        told += one(app, window).await?;
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
