//! Windows of offices, and the single days on which they are closed. Public.

use huiyin_domain::access::Scope;
use huiyin_domain::id::{UnitId, WindowId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::window::Setup;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::columns::json;
use crate::places::ranges;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    pub id: WindowId,
    pub place: PlaceCode,
    pub unit: UnitId,
    pub names: Names,
    pub setup: Setup,
    pub changed_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

macro_rules! columns {
    () => {
        "id, place, unit, names, setup, changed_at, closed_at"
    };
}

statements! {
    PUT = "INSERT INTO windows (id, place, unit, names, setup, changed_at, closed_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (id) DO UPDATE SET names = excluded.names, setup = excluded.setup, \
        changed_at = excluded.changed_at, closed_at = excluded.closed_at";
    READ = concat!("SELECT ", columns!(), " FROM windows WHERE id = $1");
    LOCK = "SELECT id FROM windows WHERE id = $1",
        postgres = "SELECT id FROM windows WHERE id = $1 FOR UPDATE";
    LIST_OPEN = concat!("SELECT ", columns!(), " FROM windows \
        WHERE closed_at IS NULL ORDER BY place, id LIMIT $1");
    OF_PLACES = concat!("SELECT ", columns!(), " FROM windows \
        WHERE place >= $1 AND place < $2 ORDER BY place, id LIMIT $3");
    CLOSE_DAY = "INSERT INTO window_closures (at_window, day, reason, made_at) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (at_window, day) DO UPDATE SET reason = excluded.reason";
    OPEN_DAY = "DELETE FROM window_closures WHERE at_window = $1 AND day = $2";
    CLOSURES = "SELECT day, reason FROM window_closures \
        WHERE at_window = $1 AND day >= $2 AND day <= $3 ORDER BY day";
}

/// Adds a window or changes it; the place and the unit stay.
pub fn put(tx: &mut Tx<'_>, window: &Window) -> Result<(), DbError> {
    let (names, setup) = (json(&window.names)?, json(&window.setup)?);
    tx.execute_one(
        &PUT,
        vals![
            window.id,
            &window.place,
            window.unit,
            &names,
            &setup,
            window.changed_at,
            window.closed_at,
        ],
    )
}

pub fn read(tx: &mut Tx<'_>, id: WindowId) -> Result<Option<Window>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

/// Nobody else books at this window until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, id: WindowId) -> Result<(), DbError> {
    let _: Option<WindowId> = tx.query_one(&LOCK, vals![id], |row| row.get(0))?;
    Ok(())
}

/// All that are open, by place.
pub fn open(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Window>, DbError> {
    tx.query(&LIST_OPEN, vals![limit], read_row)
}

/// Every window in the places of somebody of the desk, closed ones among them.
pub fn in_scope(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Window>, DbError> {
    let mut found = Vec::new();
    for (from, to) in ranges(scope) {
        found.extend(tx.query(&OF_PLACES, vals![&from, &to, limit], read_row)?);
    }
    Ok(found)
}

/// It is closed on this day.
pub fn close_day(
    tx: &mut Tx<'_>,
    (id, day): (WindowId, Date),
    reason: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute_one(&CLOSE_DAY, vals![id, day, reason, now])
}

/// It is open on this day after all; whether it was closed.
pub fn open_day(tx: &mut Tx<'_>, (id, day): (WindowId, Date)) -> Result<bool, DbError> {
    Ok(tx.execute(&OPEN_DAY, vals![id, day])? == 1)
}

/// The days on which it is closed, and why.
pub fn closures(
    tx: &mut Tx<'_>,
    id: WindowId,
    (from, to): (Date, Date),
) -> Result<Vec<(Date, String)>, DbError> {
    tx.query(&CLOSURES, vals![id, from, to], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

fn read_row(row: &Row<'_>) -> Result<Window, DbError> {
    Ok(Window {
        id: row.get(0)?,
        place: row.get(1)?,
        unit: row.get(2)?,
        names: row.json(3)?,
        setup: row.json(4)?,
        changed_at: row.get(5)?,
        closed_at: row.get(6)?,
    })
}
