//! Places: the tree of areas. Public; a code is the path.

use std::collections::BTreeMap;

use huiyin_domain::access::Scope;
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, Place, PlaceCode};
use jiff::Timestamp;

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, Val, vals};

statements! {
    PUT = "INSERT INTO places (code, names, shape, closed_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (code) DO UPDATE SET names = excluded.names, shape = excluded.shape, \
        closed_at = excluded.closed_at";
    READ = "SELECT code, names, shape, closed_at FROM places WHERE code = $1";
    NAMED = "SELECT code, names FROM places WHERE code IN ($1, $2, $3, $4, $5, $6, \
        $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, \
        $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40)";
    CHILDREN = "SELECT code, names, NULL, closed_at FROM places \
        WHERE code >= $1 AND code < $2 AND length(code) = $3 ORDER BY code",
        postgres = "SELECT code, names, CAST(NULL AS TEXT), closed_at FROM places \
        WHERE code >= $1 AND code < $2 AND length(code) = CAST($3 AS BIGINT) ORDER BY code";
    WITHIN = "SELECT code, names, shape, closed_at FROM places \
        WHERE code > $1 AND code < $2 ORDER BY code LIMIT $3";
    BELOW = "SELECT code, names, CAST(NULL AS TEXT), closed_at FROM places \
        WHERE code > $1 AND code < $2 AND length(code) <= CAST($3 AS BIGINT) \
        AND closed_at IS NULL ORDER BY code LIMIT $4";
    FIND = "SELECT code, names, NULL, closed_at FROM places \
        WHERE code >= $1 AND code < $2 AND closed_at IS NULL AND instr(names, $3) > 0 \
        ORDER BY length(code), code LIMIT $4",
        postgres = "SELECT code, names, CAST(NULL AS TEXT), closed_at FROM places \
        WHERE code >= $1 AND code < $2 AND closed_at IS NULL AND strpos(names, $3) > 0 \
        ORDER BY length(code), code LIMIT $4";
    SHAPES = "SELECT code, shape FROM places \
        WHERE shape IS NOT NULL AND closed_at IS NULL ORDER BY code";
    DRAWN_CHILDREN = "SELECT code, names, shape, closed_at FROM places \
        WHERE code >= $1 AND code < $2 AND length(code) = CAST($3 AS BIGINT) \
        AND shape IS NOT NULL AND closed_at IS NULL ORDER BY code LIMIT $4";
    CHILD_CODES = "SELECT code FROM places \
        WHERE code >= $1 AND code < $2 AND length(code) = CAST($3 AS BIGINT) ORDER BY code";
    OPEN_WITHIN = "SELECT code, names, shape, closed_at FROM places \
        WHERE code > $1 AND code < $2 AND closed_at IS NULL ORDER BY code LIMIT $3";
    LOCK = "SELECT code FROM places WHERE code = $1 AND closed_at IS NULL",
        postgres = "SELECT code FROM places WHERE code = $1 AND closed_at IS NULL \
        FOR NO KEY UPDATE";
    CLOSE = "UPDATE places SET closed_at = $1 WHERE code = $2";
    COUNT = "SELECT count(*) FROM places";
    HAS_INSIDE = "SELECT code FROM places \
        WHERE code > $1 AND code < $2 AND closed_at IS NULL LIMIT 1";
}

/// The street in which a place lies; the place itself when it is wider.
pub fn street_of(place: &PlaceCode) -> &str {
    let code = place.as_str();
    &code[..code.len().min(Level::Street.code_len())]
}

/// Add a place or change it.
pub fn put(tx: &mut Tx<'_>, place: &Place) -> Result<(), DbError> {
    let names = json(&place.names)?;
    tx.execute_one(
        &PUT,
        vals![&place.code, &names, place.shape.as_ref(), place.closed_at],
    )
}

fn read_row(row: &Row<'_>) -> Result<Place, DbError> {
    Ok(Place {
        code: row.get(0)?,
        names: row.json(1)?,
        shape: row.get(2)?,
        closed_at: row.get(3)?,
    })
}

pub fn read(tx: &mut Tx<'_>, code: &PlaceCode) -> Result<Option<Place>, DbError> {
    tx.query_one(&READ, vals![code], read_row)
}

/// So many names are asked for in one statement.
const NAMED_AT_ONCE: usize = 40;

/// What these places are called; those that there are.
pub fn named(tx: &mut Tx<'_>, codes: &[PlaceCode]) -> Result<BTreeMap<PlaceCode, Names>, DbError> {
    let mut named = BTreeMap::new();
    for some in codes.chunks(NAMED_AT_ONCE) {
        let mut vals: Vec<Val<'_>> = some.iter().map(Val::from).collect();
        vals.resize(NAMED_AT_ONCE, Val::Null);
        named.extend(tx.query(&NAMED, &vals, |row| Ok((row.get(0)?, row.json(1)?)))?);
    }
    Ok(named)
}

/// The places one level below, or the widest known ones; without shapes.
pub fn children(tx: &mut Tx<'_>, of: Option<&PlaceCode>) -> Result<Vec<Place>, DbError> {
    let Some(parent) = of else {
        return tx.query(&CHILDREN, vals!["", ":", 4_i64], read_row);
    };
    let length = child_len(parent);
    tx.query(
        &CHILDREN,
        vals![parent, &parent.range_end(), length],
        read_row,
    )
}

/// The open places one level below that have a shape, with it.
pub fn drawn_children(tx: &mut Tx<'_>, of: &PlaceCode, limit: i64) -> Result<Vec<Place>, DbError> {
    let (length, end) = (child_len(of), of.range_end());
    let vals = vals![of, &end, length, limit];
    tx.query(&DRAWN_CHILDREN, vals, read_row)
}

/// The codes of all places right inside one, of closed ones too.
pub fn child_codes(tx: &mut Tx<'_>, of: &PlaceCode) -> Result<Vec<PlaceCode>, DbError> {
    let (length, end) = (child_len(of), of.range_end());
    tx.query(&CHILD_CODES, vals![of, &end, length], |row| row.get(0))
}

/// Every open place inside one, with its shape, in the order of codes.
pub fn open_within(tx: &mut Tx<'_>, place: &PlaceCode, limit: i64) -> Result<Vec<Place>, DbError> {
    tx.query(
        &OPEN_WITHIN,
        vals![place, &place.range_end(), limit],
        read_row,
    )
}

/// How long the code of a place right within this one is.
fn child_len(of: &PlaceCode) -> i64 {
    match of.level() {
        Level::Prefecture => 6,
        _ => of.as_str().len() as i64 + 3,
    }
}

/// The shape of every open place that has one.
pub fn each_shape(
    tx: &mut Tx<'_>,
    mut found: impl FnMut(PlaceCode, String),
) -> Result<(), DbError> {
    tx.each(&SHAPES, &[], |row| {
        found(row.get(0)?, row.get(1)?);
        Ok(())
    })
}

/// Everything within a place, with shapes, in the order of codes behind `last`.
pub fn within(
    tx: &mut Tx<'_>,
    place: Option<&PlaceCode>,
    last: Option<&PlaceCode>,
    limit: i64,
) -> Result<Vec<Place>, DbError> {
    let from = last.or(place).map_or("", PlaceCode::as_str);
    let to = place.map_or_else(|| ":".to_owned(), PlaceCode::range_end);
    tx.query(&WITHIN, vals![from, &to, limit], read_row)
}

/// The open places below a place, down to a level, in the order of the tree; without shapes.
pub fn below(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    level: Level,
    limit: i64,
) -> Result<Vec<Place>, DbError> {
    let length = i64::try_from(level.code_len()).unwrap_or(i64::MAX);
    let end = place.range_end();
    tx.query(&BELOW, vals![place, &end, length, limit], read_row)
}

/// Open places whose name in some language holds `text`, the widest first.
pub fn find(
    tx: &mut Tx<'_>,
    text: &str,
    within: Option<&PlaceCode>,
    limit: i64,
) -> Result<Vec<Place>, DbError> {
    let from = within.map_or("", PlaceCode::as_str);
    let to = within.map_or_else(|| ":".to_owned(), PlaceCode::range_end);
    let mut places = tx.query(&FIND, vals![from, &to, text, limit], read_row)?;
    // The names lie as JSON, whose own words do not count.
    places.retain(|place| place.names.0.values().any(|name| name.contains(text)));
    Ok(places)
}

/// Nobody else changes this place, or the team of it, until the transaction ends; whether it is
/// open.
pub fn lock(tx: &mut Tx<'_>, code: &PlaceCode) -> Result<bool, DbError> {
    let found: Option<PlaceCode> = tx.query_one(&LOCK, vals![code], |row| row.get(0))?;
    Ok(found.is_some())
}

/// Close a place, or open it again.
pub fn close(tx: &mut Tx<'_>, code: &PlaceCode, at: Option<Timestamp>) -> Result<(), DbError> {
    tx.execute_one(&CLOSE, vals![at, code])
}

pub fn count(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    Ok(tx
        .query_one(&COUNT, &[], |row| row.get(0))?
        .unwrap_or_default())
}

/// Whether any open place lies within this one.
pub fn has_inside(tx: &mut Tx<'_>, code: &PlaceCode) -> Result<bool, DbError> {
    let inside: Option<PlaceCode> =
        tx.query_one(&HAS_INSIDE, vals![code, &code.range_end()], |row| {
            row.get(0)
        })?;
    Ok(inside.is_some())
}

/// The ranges of codes of a scope, for what is looked after by place only.
pub fn ranges(scope: &Scope) -> Vec<(String, String)> {
    if scope.is_everything() {
        return vec![(String::new(), ":".to_owned())];
    }
    let places = scope.places().iter();
    places
        .map(|place| (place.to_string(), place.range_end()))
        .collect()
}
