//! Working time: the hours of places, the special days of places and units. Public.

use huiyin_domain::calendar::{Nation, PlaceHours, SpecialDay, What, Whose};
use huiyin_domain::place::PlaceCode;
use jiff::civil::Date;

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

statements! {
    PUT = "INSERT INTO calendars (place, zone, nation, week) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (place) DO UPDATE SET zone = excluded.zone, nation = excluded.nation, \
        week = excluded.week";
    REMOVE = "DELETE FROM calendars WHERE place = $1";
    READ_ALL = "SELECT place, zone, nation, week FROM calendars ORDER BY place";
    ADD_DAY = "INSERT INTO special_days (id, place, unit, date, sort, hours, names) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    REMOVE_OF_PLACE = "DELETE FROM special_days WHERE place = $1 AND date = $2";
    REMOVE_OF_UNIT = "DELETE FROM special_days WHERE unit = $1 AND date = $2";
    READ_DAYS = "SELECT place, unit, date, sort, hours, names FROM special_days ORDER BY date, id";
}

/// Give a place hours of its own, or change them.
pub fn put(tx: &mut Tx<'_>, place: &PlaceCode, hours: &PlaceHours) -> Result<(), DbError> {
    let week = json(&hours.week)?;
    let nation = hours.nation.map(Nation::code);
    tx.execute_one(&PUT, vals![place, hours.zone.name(), nation, &week])
}

pub fn remove(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<(), DbError> {
    tx.execute_one(&REMOVE, vals![place])
}

fn broken(what: &str) -> DbError {
    DbError::Broken(what.to_owned())
}

/// The hours of every place that has its own.
pub fn read_all(tx: &mut Tx<'_>) -> Result<Vec<(PlaceCode, PlaceHours)>, DbError> {
    tx.query(&READ_ALL, &[], |row: &Row<'_>| {
        let zone: String = row.get(1)?;
        let nation: Option<String> = row.get(2)?;
        let nation = nation.map(|code| Nation::of_code(&code).ok_or_else(|| broken("a nation")));
        let hours = PlaceHours {
            zone: zone.parse().map_err(|_| broken("a time zone"))?,
            nation: nation.transpose()?,
            week: row.json(3)?,
        };
        Ok((row.get(0)?, hours))
    })
}

/// Add a special day, in place of the one that has its date.
pub fn put_day(tx: &mut Tx<'_>, id: i64, whose: &Whose, day: &SpecialDay) -> Result<(), DbError> {
    remove_day(tx, whose, day.date)?;
    let (place, unit) = match whose {
        Whose::Place(place) => (Some(place), None),
        Whose::Unit(unit) => (None, Some(*unit)),
    };
    let hours = day.what.hours().map(ToString::to_string);
    let names = json(&day.names)?;
    let sort = day.what.word();
    tx.execute_one(
        &ADD_DAY,
        vals![id, place, unit, day.date, sort, hours.as_ref(), &names],
    )
}

/// Whether there was such a day.
pub fn remove_day(tx: &mut Tx<'_>, whose: &Whose, date: Date) -> Result<bool, DbError> {
    let removed = match whose {
        Whose::Place(place) => tx.execute(&REMOVE_OF_PLACE, vals![place, date])?,
        Whose::Unit(unit) => tx.execute(&REMOVE_OF_UNIT, vals![*unit, date])?,
    };
    Ok(removed > 0)
}

/// Every special day, by date.
pub fn read_days(tx: &mut Tx<'_>) -> Result<Vec<(Whose, SpecialDay)>, DbError> {
    tx.query(&READ_DAYS, &[], |row: &Row<'_>| {
        let whose = match (row.get(0)?, row.get(1)?) {
            (Some(place), None) => Whose::Place(place),
            (None, Some(unit)) => Whose::Unit(unit),
            _ => return Err(broken("whose special day it is")),
        };
        let (sort, hours): (String, Option<String>) = (row.get(3)?, row.get(4)?);
        let hours = hours.map(|text| text.parse().map_err(|_| broken("the hours of a day")));
        let what = What::from_parts(&sort, hours.transpose()?);
        let day = SpecialDay {
            date: row.get(2)?,
            what: what.ok_or_else(|| broken("a sort of day"))?,
            names: row.json(5)?,
        };
        Ok((whose, day))
    })
}
