//! The borders of all open places, held in memory, because a lookup must not take long.
//!
//! They are read again when their version in the database has moved, inside the transaction
//! that asks: whoever draws a border finds it with the next question.

use std::sync::{Arc, Mutex, PoisonError};

use huiyin_domain::geo::{Geometry, Land, System, geometry};
use huiyin_store::{DbError, Tx, places, settings};

/// The setting that moves whenever a place gets another border, comes, or goes.
const VERSION: &str = "land-version";

/// The land of this process.
#[derive(Debug, Default)]
pub(crate) struct LandShelf(Mutex<Option<(i64, Arc<Land>)>>);

impl LandShelf {
    /// The land as of this transaction. Whoever comes while it is read waits, and gets it too.
    pub fn current(&self, tx: &mut Tx<'_>) -> Result<Arc<Land>, DbError> {
        let version = version(tx)?;
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, land)) = held.as_ref().filter(|(of, _)| *of >= version) {
            tracing::trace!(version = of, "the land is known");
            return Ok(land.clone());
        }
        let land = Arc::new(read(tx)?);
        *held = Some((version, land.clone()));
        Ok(land)
    }
}

/// Says that borders have changed, in the transaction that changes them.
pub(crate) fn touch(tx: &mut Tx<'_>) -> Result<(), DbError> {
    settings::bump(tx, VERSION)
}

fn version(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    let kept = settings::get(tx, VERSION)?;
    Ok(kept.and_then(|text| text.parse().ok()).unwrap_or(0))
}

fn read(tx: &mut Tx<'_>) -> Result<Land, DbError> {
    let (mut shapes, mut spots) = (Vec::new(), Vec::new());
    let mut unreadable = 0_usize;
    places::each_shape(tx, |code, text| {
        let value = serde_json::from_str(&text).unwrap_or_default();
        match geometry(&value, System::Wgs84) {
            Ok(Geometry::Area(shape)) => shapes.push((code, shape)),
            Ok(Geometry::Spot(spot)) => spots.push((code, spot)),
            Err(_) => unreadable += 1,
        }
    })?;
    if unreadable > 0 {
        tracing::warn!(unreadable, "places have a shape that cannot be read");
    }
    Ok(Land::new(shapes).with_spots(spots))
}
