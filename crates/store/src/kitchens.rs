//! What a venue cooks on a day: one row for each meal of the day, one for each dish of it.

use huiyin_domain::id::{KitchenDayId, VenueId};
use huiyin_domain::meal::{Allergen, Bringing, Sitting};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// One meal of one day in one venue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitchenDay {
    pub id: KitchenDayId,
    pub venue: VenueId,
    pub day: Date,
    pub sitting: Sitting,
    /// Until when people may ask for it, change it or give it back.
    pub until: Timestamp,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub bringing: Bringing,
    pub note: String,
    pub changed_at: Timestamp,
    pub called_off_at: Option<Timestamp>,
}

/// A dish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dish {
    pub number: i64,
    pub name: String,
    /// Nothing when it is free.
    pub price_fen: i64,
    pub allergens: Vec<Allergen>,
    pub portions: i64,
    /// How many portions somebody has asked for.
    pub gone: i64,
}

impl Dish {
    pub fn left(&self) -> i64 {
        self.portions - self.gone
    }
}

macro_rules! columns {
    () => {
        "k.id, k.venue, k.day, k.sitting, k.until, k.starts_at, k.ends_at, k.bringing, k.note, \
        k.changed_at, k.called_off_at"
    };
}

statements! {
    PUT = "INSERT INTO kitchen_days (id, venue, day, sitting, until, starts_at, ends_at, \
        bringing, note, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
        ON CONFLICT (id) DO UPDATE SET until = excluded.until, starts_at = excluded.starts_at, \
        ends_at = excluded.ends_at, bringing = excluded.bringing, note = excluded.note, \
        changed_at = excluded.changed_at";
    READ = concat!("SELECT ", columns!(), " FROM kitchen_days k WHERE k.id = $1");
    LOCK = "SELECT id FROM kitchen_days WHERE id = $1",
        postgres = "SELECT id FROM kitchen_days WHERE id = $1 FOR UPDATE";
    CALL_OFF = "UPDATE kitchen_days SET called_off_at = $1, changed_at = $1 \
        WHERE id = $2 AND called_off_at IS NULL";
    OF_VENUE = concat!("SELECT ", columns!(), " FROM kitchen_days k WHERE k.venue = $1 \
        AND k.day >= $2 AND k.day <= $3 ORDER BY k.day, k.starts_at, k.id");
    PUT_DISH = "INSERT INTO dishes (kitchen_day, number, name, price_fen, allergens, portions, \
        gone) VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (kitchen_day, number) DO UPDATE SET \
        name = excluded.name, price_fen = excluded.price_fen, allergens = excluded.allergens, \
        portions = excluded.portions";
    DROP_DISH = "DELETE FROM dishes WHERE kitchen_day = $1 AND number = $2 AND gone = 0";
    DISHES = "SELECT number, name, price_fen, allergens, portions, gone FROM dishes \
        WHERE kitchen_day = $1 ORDER BY number";
    TAKE = "UPDATE dishes SET gone = gone + $1 WHERE kitchen_day = $2 AND number = $3 \
        AND gone + $1 >= 0 AND gone + $1 <= portions";
    MISCOUNTED = "SELECT d.kitchen_day FROM dishes d WHERE d.gone > d.portions OR d.gone <> (\
        SELECT coalesce(sum(p.portions), 0) FROM meals m JOIN meal_dishes p ON p.meal = m.id \
        WHERE m.kitchen_day = d.kitchen_day AND p.number = d.number AND m.state <> 'cancelled') \
        LIMIT 1";
}

/// Adds a day of a kitchen or changes it; venue, day and meal stay.
pub fn put(tx: &mut Tx<'_>, day: &KitchenDay) -> Result<(), DbError> {
    tx.execute_one(
        &PUT,
        vals![
            day.id,
            day.venue,
            day.day,
            day.sitting,
            day.until,
            day.starts_at,
            day.ends_at,
            day.bringing,
            &day.note,
            day.changed_at,
        ],
    )
}

pub fn read(tx: &mut Tx<'_>, id: KitchenDayId) -> Result<Option<KitchenDay>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

/// Nobody else takes of these dishes until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, id: KitchenDayId) -> Result<(), DbError> {
    let _: Option<KitchenDayId> = tx.query_one(&LOCK, vals![id], |row| row.get(0))?;
    Ok(())
}

pub fn call_off(tx: &mut Tx<'_>, id: KitchenDayId, now: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&CALL_OFF, vals![now, id])
}

/// What is cooked from one day to another, both among them.
pub fn of_venue(
    tx: &mut Tx<'_>,
    venue: VenueId,
    [first, last]: [Date; 2],
) -> Result<Vec<KitchenDay>, DbError> {
    tx.query(&OF_VENUE, vals![venue, first, last], read_row)
}

/// Adds a dish or changes it; what is gone of it stays gone.
pub fn put_dish(tx: &mut Tx<'_>, day: KitchenDayId, dish: &Dish) -> Result<(), DbError> {
    let allergens = json(&dish.allergens)?;
    tx.execute_one(
        &PUT_DISH,
        vals![
            day,
            dish.number,
            &dish.name,
            dish.price_fen,
            &allergens,
            dish.portions,
        ],
    )
}

/// Takes a dish away that nobody has asked for.
pub fn drop_dish(tx: &mut Tx<'_>, day: KitchenDayId, number: i64) -> Result<(), DbError> {
    tx.execute_one(&DROP_DISH, vals![day, number])
}

pub fn dishes(tx: &mut Tx<'_>, day: KitchenDayId) -> Result<Vec<Dish>, DbError> {
    tx.query(&DISHES, vals![day], |row| {
        Ok(Dish {
            number: row.get(0)?,
            name: row.get(1)?,
            price_fen: row.get(2)?,
            allergens: row.json(3)?,
            portions: row.get(4)?,
            gone: row.get(5)?,
        })
    })
}

/// So many portions more are gone, or fewer. One more than there are is [`DbError::Conflict`].
pub fn take(
    tx: &mut Tx<'_>,
    (day, number): (KitchenDayId, i64),
    portions: i64,
) -> Result<(), DbError> {
    tx.execute_one(&TAKE, vals![portions, day, number])
}

/// Whether of each dish as much is gone as people asked for, and never more than there is.
pub fn are_counted(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    let wrong: Option<KitchenDayId> = tx.query_one(&MISCOUNTED, &[], |row| row.get(0))?;
    Ok(wrong.is_none())
}

pub(crate) fn read_row(row: &Row<'_>) -> Result<KitchenDay, DbError> {
    Ok(KitchenDay {
        id: row.get(0)?,
        venue: row.get(1)?,
        day: row.get(2)?,
        sitting: row.get(3)?,
        until: row.get(4)?,
        starts_at: row.get(5)?,
        ends_at: row.get(6)?,
        bringing: row.get(7)?,
        note: row.get(8)?,
        changed_at: row.get(9)?,
        called_off_at: row.get(10)?,
    })
}
