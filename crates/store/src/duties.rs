//! Items and the duty list: who answers for what, where.

use huiyin_domain::id::UnitId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::{Duty, Item, ItemCode};

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

statements! {
    PUT_ITEM = "INSERT INTO items (code, names, keywords, closed_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (code) DO UPDATE SET names = excluded.names, \
        keywords = excluded.keywords, closed_at = excluded.closed_at";
    READ_ITEM = "SELECT code, names, keywords, closed_at FROM items WHERE code = $1";
    READ_ITEMS = "SELECT code, names, keywords, closed_at FROM items ORDER BY code";
    PUT = "INSERT INTO duties (item, place, unit, assisting, time_limit) \
        VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (item, place) DO UPDATE SET unit = excluded.unit, \
        assisting = excluded.assisting, time_limit = excluded.time_limit";
    REMOVE = "DELETE FROM duties WHERE item = $1 AND place = $2";
    READ_ALL = "SELECT item, place, unit, assisting, time_limit FROM duties ORDER BY item, place";
    READ_OF_ITEM = "SELECT item, place, unit, assisting, time_limit FROM duties \
        WHERE item = $1 AND place IN ($2, $3, $4, $5, $6, $7, $8, $9) \
        ORDER BY length(place) DESC LIMIT 1";
}

/// Add an item or change it.
pub fn put_item(tx: &mut Tx<'_>, item: &Item) -> Result<(), DbError> {
    let (names, keywords) = (json(&item.names)?, json(&item.keywords)?);
    tx.execute_one(
        &PUT_ITEM,
        vals![&item.code, &names, &keywords, item.closed_at],
    )
}

fn read_item_row(row: &Row<'_>) -> Result<Item, DbError> {
    Ok(Item {
        code: row.get(0)?,
        names: row.json(1)?,
        keywords: row.json(2)?,
        closed_at: row.get(3)?,
    })
}

pub fn read_item(tx: &mut Tx<'_>, code: &ItemCode) -> Result<Option<Item>, DbError> {
    tx.query_one(&READ_ITEM, vals![code], read_item_row)
}

pub fn read_items(tx: &mut Tx<'_>) -> Result<Vec<Item>, DbError> {
    tx.query(&READ_ITEMS, &[], read_item_row)
}

/// Add a line of the duty list or change it.
pub fn put(tx: &mut Tx<'_>, duty: &Duty) -> Result<(), DbError> {
    let assisting = json(&duty.assisting)?;
    let limit = duty.limit.map(|limit| limit.to_string());
    tx.execute_one(
        &PUT,
        vals![
            &duty.item,
            &duty.place,
            duty.unit,
            &assisting,
            limit.as_ref()
        ],
    )
}

pub fn remove(tx: &mut Tx<'_>, item: &ItemCode, place: &PlaceCode) -> Result<(), DbError> {
    tx.execute_one(&REMOVE, vals![item, place])
}

fn read_row(row: &Row<'_>) -> Result<Duty, DbError> {
    let limit: Option<String> = row.get(4)?;
    let broken = |_| DbError::Broken("the limit of a duty".to_owned());
    let limit = limit.map(|limit| limit.parse().map_err(broken));
    Ok(Duty {
        item: row.get(0)?,
        place: row.get(1)?,
        unit: row.get(2)?,
        assisting: row.json::<Vec<UnitId>>(3)?,
        limit: limit.transpose()?,
    })
}

pub fn read_all(tx: &mut Tx<'_>) -> Result<Vec<Duty>, DbError> {
    tx.query(&READ_ALL, &[], read_row)
}

/// The line that holds for an item in a place: as
/// [`huiyin_domain::unit::resolve`] says, the most special item first, then
/// the nearest place.
pub fn resolve(
    tx: &mut Tx<'_>,
    item: &ItemCode,
    place: &PlaceCode,
) -> Result<Option<Duty>, DbError> {
    let places = place.with_ancestors();
    for item in item.with_ancestors() {
        let mut vals = vec![crate::Val::from(&item)];
        vals.extend((0..8).map(|level| crate::Val::from(places.get(level))));
        let duty = tx.query_one(&READ_OF_ITEM, &vals, read_row)?;
        if duty.is_some() {
            return Ok(duty);
        }
    }
    Ok(None)
}
