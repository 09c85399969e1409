//! Units: departments, communities, partner organisations. Public.

use huiyin_domain::id::UnitId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::{Unit, UnitCategory};

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

macro_rules! columns {
    () => {
        "id, category, names, place, parent, closed_at"
    };
}

statements! {
    OWNED = "SELECT id FROM cases WHERE owner_unit = $1 AND closed_at IS NULL LIMIT 1";
    PUT = concat!("INSERT INTO units (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (id) DO UPDATE SET category = excluded.category, names = excluded.names, \
        place = excluded.place, parent = excluded.parent, closed_at = excluded.closed_at");
    READ = concat!("SELECT ", columns!(), " FROM units WHERE id = $1");
    READ_ALL = concat!("SELECT ", columns!(), " FROM units ORDER BY place, category, id");
    AT_PLACE = concat!("SELECT ", columns!(), " FROM units \
        WHERE place = $1 AND category = $2 AND closed_at IS NULL ORDER BY id LIMIT 1");
    WITHIN = concat!("SELECT ", columns!(), " FROM units \
        WHERE place >= $1 AND place < $2 AND category = $3 AND closed_at IS NULL \
        ORDER BY place, id LIMIT $4");
}

/// Add a unit or change it.
pub fn put(tx: &mut Tx<'_>, unit: &Unit) -> Result<(), DbError> {
    let names = json(&unit.names)?;
    tx.execute_one(
        &PUT,
        vals![
            unit.id,
            unit.category,
            &names,
            &unit.place,
            unit.parent,
            unit.closed_at
        ],
    )
}

fn read_row(row: &Row<'_>) -> Result<Unit, DbError> {
    Ok(Unit {
        id: row.get(0)?,
        category: row.get(1)?,
        names: row.json(2)?,
        place: row.get(3)?,
        parent: row.get(4)?,
        closed_at: row.get(5)?,
    })
}

pub fn read(tx: &mut Tx<'_>, id: UnitId) -> Result<Option<Unit>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

/// All units, closed ones too: a county has some hundreds.
pub fn read_all(tx: &mut Tx<'_>) -> Result<Vec<Unit>, DbError> {
    tx.query(&READ_ALL, &[], read_row)
}

/// The unit of this category that stands for exactly this place.
pub fn at_place(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    category: UnitCategory,
) -> Result<Option<Unit>, DbError> {
    tx.query_one(&AT_PLACE, vals![place, category], read_row)
}

/// Open units of a category within a place.
pub fn within(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    category: UnitCategory,
    limit: i64,
) -> Result<Vec<Unit>, DbError> {
    tx.query(
        &WITHIN,
        vals![place, &place.range_end(), category, limit],
        read_row,
    )
}

/// Whether the unit owns an open case.
pub fn owns_open_cases(tx: &mut Tx<'_>, id: UnitId) -> Result<bool, DbError> {
    let owned: Option<i64> = tx.query_one(&OWNED, vals![id], |row| row.get(0))?;
    Ok(owned.is_some())
}
