//! Venues: halls, canteens, reading rooms. Public; each is kept by one unit and lies in a place.

use huiyin_domain::access::Scope;
use huiyin_domain::id::{UnitId, VenueId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::venue::{About, Category};
use jiff::Timestamp;

use crate::columns::json;
use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A venue with all that is public of it, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Venue {
    pub id: VenueId,
    pub place: PlaceCode,
    pub unit: UnitId,
    pub category: Category,
    pub names: Names,
    pub about: About,
    pub changed_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

macro_rules! columns {
    () => {
        "id, place, unit, category, names, about, changed_at, closed_at"
    };
}

statements! {
    PUT = "INSERT INTO venues (id, place, unit, category, names, about, changed_at, closed_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
        ON CONFLICT (id) DO UPDATE SET category = excluded.category, names = excluded.names, \
        about = excluded.about, changed_at = excluded.changed_at, closed_at = excluded.closed_at";
    READ = concat!("SELECT ", columns!(), " FROM venues WHERE id = $1");
    LIST = concat!("SELECT ", columns!(), " FROM venues \
        WHERE place >= $1 AND place < $2 AND id > $3 AND ($4 = '' OR category = $4) \
        AND closed_at IS NULL ORDER BY id LIMIT $5");
    OF_PLACES = concat!("SELECT ", columns!(), " FROM venues \
        WHERE place >= $1 AND place < $2 ORDER BY id LIMIT $3");
}

/// Adds a venue or changes it; the place and the unit stay.
pub fn put(tx: &mut Tx<'_>, venue: &Venue) -> Result<(), DbError> {
    let (names, about) = (json(&venue.names)?, json(&venue.about)?);
    tx.execute_one(
        &PUT,
        vals![
            venue.id,
            &venue.place,
            venue.unit,
            venue.category,
            &names,
            &about,
            venue.changed_at,
            venue.closed_at,
        ],
    )
}

pub fn read(tx: &mut Tx<'_>, id: VenueId) -> Result<Option<Venue>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

/// Open venues within a place, of one sort or of all, in the order in which they were made.
pub fn list(
    tx: &mut Tx<'_>,
    place: Option<&PlaceCode>,
    category: Option<Category>,
    after: Option<VenueId>,
    limit: i64,
) -> Result<Vec<Venue>, DbError> {
    let from = place.map_or("", PlaceCode::as_str);
    let to = place.map_or_else(|| ":".to_owned(), PlaceCode::range_end);
    let after = after.map_or(-1, VenueId::get);
    let word = category.map_or("", Category::word);
    tx.query(&LIST, vals![from, &to, after, word, limit], read_row)
}

/// Every venue that somebody of the desk looks after.
pub fn in_scope(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Venue>, DbError> {
    let mut found = Vec::new();
    for (from, to) in ranges(scope) {
        found.extend(tx.query(&OF_PLACES, vals![&from, &to, limit], read_row)?);
    }
    Ok(found)
}

fn read_row(row: &Row<'_>) -> Result<Venue, DbError> {
    Ok(Venue {
        id: row.get(0)?,
        place: row.get(1)?,
        unit: row.get(2)?,
        category: row.get(3)?,
        names: row.json(4)?,
        about: row.json(5)?,
        changed_at: row.get(6)?,
        closed_at: row.get(7)?,
    })
}
