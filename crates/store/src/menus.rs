//! The menus: what residents may order, community by community. Public, without anybody's name.

use huiyin_domain::id::MenuServiceId;
use huiyin_domain::menu::{Season, Service};
use huiyin_domain::place::PlaceCode;

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, FromColumn, Row, Tx, vals};

macro_rules! columns {
    () => {
        "id, place, position, says, skills, minutes, venue, pairs, season_from, season_to, \
         closed_at, version"
    };
}

statements! {
    INSERT = concat!("INSERT INTO menu_services (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)");
    UPDATE = "UPDATE menu_services SET position = $1, says = $2, skills = $3, minutes = $4, \
        venue = $5, pairs = $6, season_from = $7, season_to = $8, closed_at = $9, version = $10 \
        WHERE id = $11 AND version = $12";
    READ = concat!("SELECT ", columns!(), " FROM menu_services WHERE id = $1");
    WITHIN = concat!("SELECT ", columns!(), " FROM menu_services \
        WHERE place >= $1 AND place < $2 ORDER BY place, position, id LIMIT $3");
    AROUND = concat!("SELECT ", columns!(), " FROM menu_services \
        WHERE place IN ($1, $2, $3, $4, $5, $6, $7, $8) ORDER BY place DESC, position, id LIMIT $9");
    PLACES = "SELECT place, count(*) FROM menu_services WHERE closed_at IS NULL \
        AND place >= $1 AND place < $2 GROUP BY place ORDER BY place LIMIT $3";
}

/// One menu is not longer than this.
pub const ROWS_MAX: i64 = 500;

fn text_of(season: Option<Season>) -> (Option<String>, Option<String>) {
    let from = season.map(|season| season.from.to_string());
    (from, season.map(|season| season.to.to_string()))
}

pub fn insert(tx: &mut Tx<'_>, service: &Service) -> Result<(), DbError> {
    let (from, to) = text_of(service.season);
    tx.execute_one(
        &INSERT,
        vals![
            service.id,
            &service.place,
            service.position,
            &json(&service.says)?,
            &json(&service.skills)?,
            service.minutes,
            service.venue.word(),
            service.pairs.word(),
            from.as_ref(),
            to.as_ref(),
            service.closed_at,
            service.version,
        ],
    )
}

/// Writes a line as it is after a change of the version before; the place stays what it was.
pub fn update(tx: &mut Tx<'_>, service: &Service, before: i64) -> Result<(), DbError> {
    let (from, to) = text_of(service.season);
    tx.execute_one(
        &UPDATE,
        vals![
            service.position,
            &json(&service.says)?,
            &json(&service.skills)?,
            service.minutes,
            service.venue.word(),
            service.pairs.word(),
            from.as_ref(),
            to.as_ref(),
            service.closed_at,
            service.version,
            service.id,
            before,
        ],
    )
}

pub fn read(tx: &mut Tx<'_>, id: MenuServiceId) -> Result<Option<Service>, DbError> {
    tx.query_one(&READ, vals![id], row)
}

/// Every line whose menu lies within a range of codes, menu by menu.
pub fn within(tx: &mut Tx<'_>, (from, to): (&str, &str)) -> Result<Vec<Service>, DbError> {
    tx.query(&WITHIN, vals![from, to, ROWS_MAX], row)
}

/// Every line that counts in a place: of its own menu, then of those around it.
pub fn around(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<Service>, DbError> {
    let mut codes = place.with_ancestors();
    while codes.len() < 8 {
        codes.push(place.clone());
    }
    let [a, b, c, d, e, f, g, h] = &codes[..8] else {
        return Ok(Vec::new());
    };
    tx.query(&AROUND, vals![a, b, c, d, e, f, g, h, ROWS_MAX], row)
}

/// The places that have a menu, and how many lines are open there.
pub fn places(
    tx: &mut Tx<'_>,
    (from, to): (&str, &str),
    limit: i64,
) -> Result<Vec<(PlaceCode, i64)>, DbError> {
    tx.query(&PLACES, vals![from, to, limit], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// A word of a column, as its type.
fn word<T: std::str::FromStr>(row: &Row<'_>, position: usize) -> Result<T, DbError> {
    let text = String::from_column(row, position)?;
    text.parse().map_err(|_| DbError::Column {
        position,
        what: text,
    })
}

fn season(row: &Row<'_>, from: usize, to: usize) -> Result<Option<Season>, DbError> {
    match row.get::<Option<String>>(from)? {
        Some(_) => Ok(Some(Season {
            from: word(row, from)?,
            to: word(row, to)?,
        })),
        None => Ok(None),
    }
}

fn row(row: &Row<'_>) -> Result<Service, DbError> {
    Ok(Service {
        id: row.get(0)?,
        place: row.get(1)?,
        position: row.get(2)?,
        says: row.json(3)?,
        skills: row.json(4)?,
        minutes: row.get(5)?,
        venue: word(row, 6)?,
        pairs: word(row, 7)?,
        season: season(row, 8, 9)?,
        closed_at: row.get(10)?,
        version: row.get(11)?,
    })
}
