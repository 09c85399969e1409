//! What whoever joins a team or stands in is told.

use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::telling::Importance;
use huiyin_store::{Tx, places};
use jiff::Timestamp;

use crate::Error;
use crate::telling::tell::{Said, Title};

/// A letter about the team of a place.
pub(super) fn said(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    (letter, cause): (&'static str, String),
    (at, until): (Timestamp, Option<Timestamp>),
) -> Result<Said, Error> {
    let found = places::read(tx, place)?;
    let names = found.map_or_else(|| Names::one("zh", place.as_str()), |found| found.names);
    Ok(Said {
        cause,
        letter,
        why: "letter-team-why",
        title: Title::Named(names),
        at,
        until,
        page: format!("/desk/teams/{place}"),
        importance: Importance::Act,
        note: String::new(),
    })
}
