//! The names of the places that a page speaks of.

use std::collections::BTreeSet;

use huiyin_domain::place::{Place, PlaceCode};
use huiyin_store::{DbError, Tx, places};

/// The places of these codes, closed ones too, each once.
pub(crate) fn named_places(tx: &mut Tx<'_>, codes: &[PlaceCode]) -> Result<Vec<Place>, DbError> {
    let mut named = Vec::new();
    for code in codes.iter().collect::<BTreeSet<_>>() {
        named.extend(places::read(tx, code)?);
    }
    Ok(named)
}
