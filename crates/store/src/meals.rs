//! What people asked kitchens for. Personal: only the person and the unit that keeps the venue
//! read it, and after some weeks only the counts are left.

use huiyin_domain::id::{KitchenDayId, MealId, PersonId};
use huiyin_domain::meal::{Handing, MealState, Portions};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// What one person asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meal {
    pub id: MealId,
    pub kitchen_day: KitchenDayId,
    /// None when it was put away.
    pub person: Option<PersonId>,
    pub code: Option<String>,
    pub handing: Handing,
    /// For whom it is, as the counter calls them.
    pub whom: String,
    pub address: String,
    pub note: String,
    pub state: MealState,
    pub made_at: Timestamp,
    pub changed_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

macro_rules! columns {
    () => {
        "m.id, m.kitchen_day, m.person, m.code, m.handing, m.whom, m.address, m.note, m.state, \
        m.made_at, m.changed_at, m.ended_at"
    };
}

statements! {
    PUT = "INSERT INTO meals (id, kitchen_day, person, code, handing, whom, address, note, \
        state, made_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
        ON CONFLICT (id) DO UPDATE SET handing = excluded.handing, whom = excluded.whom, \
        address = excluded.address, note = excluded.note, changed_at = excluded.changed_at";
    READ = concat!("SELECT ", columns!(), " FROM meals m WHERE m.id = $1");
    BY_CODE = concat!("SELECT ", columns!(), " FROM meals m \
        WHERE m.kitchen_day = $1 AND m.code = $2");
    OF_DAY = concat!("SELECT ", columns!(), " FROM meals m \
        WHERE m.kitchen_day = $1 AND m.state <> 'cancelled' ORDER BY m.id");
    OF_PERSON = concat!("SELECT ", columns!(), " FROM meals m \
        WHERE m.person = $1 ORDER BY m.id DESC LIMIT $2");
    END = "UPDATE meals SET state = $1, ended_at = $2, changed_at = $2 \
        WHERE id = $3 AND state = 'asked'";
    PORTIONS = "SELECT number, portions FROM meal_dishes WHERE meal = $1 ORDER BY number";
    PUT_PORTIONS = "INSERT INTO meal_dishes (meal, number, portions) VALUES ($1, $2, $3)";
    DROP_PORTIONS = "DELETE FROM meal_dishes WHERE meal = $1";
    PUT_AWAY = "UPDATE meals SET person = NULL, code = NULL, whom = '', address = '', note = '' \
        WHERE person IS NOT NULL AND kitchen_day IN (\
        SELECT id FROM kitchen_days WHERE ends_at < $1)";
}

/// Keeps a meal or changes it; person, code and state stay.
pub fn put(tx: &mut Tx<'_>, meal: &Meal, portions: &Portions) -> Result<(), DbError> {
    tx.execute_one(
        &PUT,
        vals![
            meal.id,
            meal.kitchen_day,
            meal.person,
            meal.code.as_ref(),
            meal.handing,
            &meal.whom,
            &meal.address,
            &meal.note,
            meal.state,
            meal.made_at,
            meal.changed_at,
        ],
    )?;
    tx.execute(&DROP_PORTIONS, vals![meal.id])?;
    let asked = portions.iter().filter(|(_, portions)| **portions > 0);
    for (number, portions) in asked {
        tx.execute_one(&PUT_PORTIONS, vals![meal.id, *number, *portions])?;
    }
    Ok(())
}

pub fn read(tx: &mut Tx<'_>, id: MealId) -> Result<Option<Meal>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

pub fn by_code(tx: &mut Tx<'_>, day: KitchenDayId, code: &str) -> Result<Option<Meal>, DbError> {
    tx.query_one(&BY_CODE, vals![day, code], read_row)
}

/// Everything that is cooked for somebody on a day, in the order in which it was asked for.
pub fn of_day(tx: &mut Tx<'_>, day: KitchenDayId) -> Result<Vec<Meal>, DbError> {
    tx.query(&OF_DAY, vals![day], read_row)
}

/// What somebody asked for, the latest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, limit: i64) -> Result<Vec<Meal>, DbError> {
    tx.query(&OF_PERSON, vals![person, limit], read_row)
}

pub fn portions(tx: &mut Tx<'_>, meal: MealId) -> Result<Portions, DbError> {
    let found = tx.query(&PORTIONS, vals![meal], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.into_iter().collect())
}

/// It is handed out, or given back. One that ended already is [`DbError::Conflict`].
pub fn end(tx: &mut Tx<'_>, id: MealId, state: MealState, now: Timestamp) -> Result<(), DbError> {
    tx.execute_one(&END, vals![state, now, id])
}

/// Forgets who asked for what was cooked before; how much it was stays.
pub fn put_away(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, DbError> {
    tx.execute(&PUT_AWAY, vals![before])
}

fn read_row(row: &Row<'_>) -> Result<Meal, DbError> {
    Ok(Meal {
        id: row.get(0)?,
        kitchen_day: row.get(1)?,
        person: row.get(2)?,
        code: row.get(3)?,
        handing: row.get(4)?,
        whom: row.get(5)?,
        address: row.get(6)?,
        note: row.get(7)?,
        state: row.get(8)?,
        made_at: row.get(9)?,
        changed_at: row.get(10)?,
        ended_at: row.get(11)?,
    })
}
