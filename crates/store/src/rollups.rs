//! Rollups: figures kept as they happen, in the transaction of the act they
//! count. Each writer adds to rows of its own, so that writers never wait for
//! each other; reading adds them up.

use huiyin_domain::id::UnitId;
use huiyin_domain::place::PlaceCode;
use jiff::civil::Date;

use crate::places::street_of;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// What is counted, and where it belongs.
#[derive(Debug, Clone, Copy)]
pub struct Count<'a> {
    pub day: Date,
    pub kind: &'a str,
    pub place: &'a PlaceCode,
    pub unit: Option<UnitId>,
    /// A word of the caller: opened, closed, late, rated, …
    pub measure: &'a str,
    pub amount: i64,
}

/// A sum over a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    pub kind: String,
    /// The street (or the wider place) it belongs to.
    pub street: PlaceCode,
    pub unit: Option<UnitId>,
    pub measure: String,
    pub amount: i64,
}

/// A sum over a period for a whole kind and day, for lines of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaySum {
    pub day: Date,
    pub kind: String,
    pub measure: String,
    pub amount: i64,
}

statements! {
    ADD = "INSERT INTO rollups (day, kind, street, unit, measure, writer, amount) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (day, kind, street, unit, measure, writer) \
        DO UPDATE SET amount = rollups.amount + excluded.amount";
    SUMS = "SELECT kind, street, unit, measure, CAST(sum(amount) AS BIGINT) FROM rollups \
        WHERE day >= $1 AND day <= $2 AND street >= $3 AND street < $4 \
        GROUP BY kind, street, unit, measure ORDER BY kind, street, unit, measure";
    DAY_SUMS = "SELECT day, kind, measure, CAST(sum(amount) AS BIGINT) FROM rollups \
        WHERE day >= $1 AND day <= $2 AND street >= $3 AND street < $4 \
        GROUP BY day, kind, measure ORDER BY day, kind, measure";
    CLEAR = "DELETE FROM rollups WHERE day >= $1 AND day <= $2";
}

pub fn add(tx: &mut Tx<'_>, count: &Count<'_>) -> Result<(), DbError> {
    let writer = tx.writer();
    let unit = count.unit.map_or(0, UnitId::get);
    tx.execute_one(
        &ADD,
        vals![
            count.day,
            count.kind,
            street_of(count.place),
            unit,
            count.measure,
            writer,
            count.amount,
        ],
    )
}

/// The sums of a period within a place, by kind, street, unit and measure.
pub fn sums(
    tx: &mut Tx<'_>,
    [first, last]: [Date; 2],
    within: Option<&PlaceCode>,
) -> Result<Vec<Sum>, DbError> {
    let (from, to) = range(within);
    tx.query(&SUMS, vals![first, last, &from, &to], |row: &Row<'_>| {
        let unit: i64 = row.get(2)?;
        Ok(Sum {
            kind: row.get(0)?,
            street: row.get(1)?,
            unit: (unit != 0).then_some(UnitId::from_raw(unit)),
            measure: row.get(3)?,
            amount: row.get(4)?,
        })
    })
}

/// The sums of each day of a period within a place, by kind and measure.
pub fn day_sums(
    tx: &mut Tx<'_>,
    [first, last]: [Date; 2],
    within: Option<&PlaceCode>,
) -> Result<Vec<DaySum>, DbError> {
    let (from, to) = range(within);
    tx.query(&DAY_SUMS, vals![first, last, &from, &to], |row| {
        Ok(DaySum {
            day: row.get(0)?,
            kind: row.get(1)?,
            measure: row.get(2)?,
            amount: row.get(3)?,
        })
    })
}

/// Forget the figures of a period, before they are counted anew.
pub fn clear(tx: &mut Tx<'_>, [first, last]: [Date; 2]) -> Result<u64, DbError> {
    tx.execute(&CLEAR, vals![first, last])
}

fn range(within: Option<&PlaceCode>) -> (String, String) {
    match within {
        Some(place) => (place.to_string(), place.range_end()),
        None => (String::new(), ":".to_owned()),
    }
}
