//! Gifts: what came, and line by line where it went. Lines are added, never changed. Who gave
//! lies in a table of its own, which the public pages never read.

use huiyin_domain::gift::{Gift, Line, Sort};
use huiyin_domain::id::GiftId;
use huiyin_domain::place::PlaceCode;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

macro_rules! columns {
    () => {
        "id, place, year, number, sort, what, amount, donor_shown, received_on"
    };
}

statements! {
    INSERT = concat!("INSERT INTO gifts (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    LAST_NUMBER = "SELECT max(number) FROM gifts WHERE place = $1 AND year = $2";
    READ = concat!("SELECT ", columns!(), " FROM gifts WHERE id = $1");
    LOCK = "SELECT id FROM gifts WHERE id = $1",
        postgres = "SELECT id FROM gifts WHERE id = $1 FOR UPDATE";
    LIST = concat!("SELECT ", columns!(), " FROM gifts \
        WHERE place >= $1 AND place < $2 AND id < $3 ORDER BY id DESC LIMIT $4");
    STOCK = concat!("SELECT ", columns!(), ", CAST(amount - coalesce((SELECT sum(l.amount) \
        FROM gift_lines l WHERE l.gift = gifts.id), 0) AS BIGINT) FROM gifts \
        WHERE place >= $1 AND place < $2 AND sort = $3 AND amount > coalesce((SELECT \
        sum(l.amount) FROM gift_lines l WHERE l.gift = gifts.id), 0) ORDER BY id DESC LIMIT $4");
    HIDE_DONOR = "UPDATE gifts SET donor_shown = NULL WHERE id = $1";
    TOTALS = "SELECT g.sort, count(*), CAST(sum(g.amount) AS BIGINT), \
        CAST(coalesce(sum((SELECT sum(l.amount) FROM gift_lines l WHERE l.gift = g.id)), 0) \
        AS BIGINT) \
        FROM gifts g WHERE g.place >= $1 AND g.place < $2 GROUP BY g.sort ORDER BY g.sort";
    ADD_DONOR = "INSERT INTO gift_donors (gift, name, contact) VALUES ($1, $2, $3)";
    DONOR = "SELECT name, contact FROM gift_donors WHERE gift = $1";
    FORGET_DONOR = "UPDATE gift_donors SET name = NULL, contact = NULL WHERE gift = $1";
    ADD_LINE = "INSERT INTO gift_lines (gift, line, at, amount, toward, corrects) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    LINES = "SELECT gift, line, at, amount, toward, corrects FROM gift_lines \
        WHERE gift = $1 ORDER BY line";
    OVERSPENT = "SELECT g.id FROM gifts g JOIN gift_lines l ON l.gift = g.id \
        GROUP BY g.id, g.amount HAVING sum(l.amount) > g.amount OR sum(l.amount) < 0 \
        ORDER BY g.id LIMIT 100";
}

/// Who gave, sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Donor {
    pub name: Option<String>,
    pub contact: Option<String>,
}

/// All gifts of one sort, in one sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    pub sort: String,
    pub count: i64,
    pub received: i64,
    pub given: i64,
}

/// Writes a gift with who gave it.
pub fn insert(tx: &mut Tx<'_>, gift: &Gift, donor: &Donor) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            gift.id,
            &gift.place,
            gift.year,
            gift.number,
            gift.sort.word(),
            &gift.what,
            gift.amount,
            gift.donor_shown.as_ref(),
            gift.received_on,
        ],
    )?;
    tx.execute_one(
        &ADD_DONOR,
        vals![gift.id, donor.name.as_ref(), donor.contact.as_ref()],
    )
}

/// The last number that a receipt of a place had in a year.
pub fn last_number(tx: &mut Tx<'_>, place: &PlaceCode, year: i64) -> Result<i64, DbError> {
    let last: Option<Option<i64>> =
        tx.query_one(&LAST_NUMBER, vals![place, year], |row| row.get(0))?;
    Ok(last.flatten().unwrap_or(0))
}

pub fn read(tx: &mut Tx<'_>, id: GiftId) -> Result<Option<Gift>, DbError> {
    tx.query_one(&READ, vals![id], row)
}

/// Nobody else says where it went until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, id: GiftId) -> Result<(), DbError> {
    let _: Option<GiftId> = tx.query_one(&LOCK, vals![id], |row| row.get(0))?;
    Ok(())
}

/// Gifts of a sort of which something is left, the newest first, each with how much.
pub fn stock(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    (sort, limit): (Sort, i64),
) -> Result<Vec<(Gift, i64)>, DbError> {
    let to = place.range_end();
    let values = vals![place.as_str(), &to, sort.word(), limit];
    tx.query(&STOCK, values, |found| Ok((row(found)?, found.get(9)?)))
}

/// The newest first, behind `before`.
pub fn list(
    tx: &mut Tx<'_>,
    place: Option<&PlaceCode>,
    before: Option<GiftId>,
    limit: i64,
) -> Result<Vec<Gift>, DbError> {
    let (from, to) = range(place);
    let before = before.map_or(i64::MAX, GiftId::get);
    tx.query(&LIST, vals![&from, &to, before, limit], row)
}

fn range(place: Option<&PlaceCode>) -> (String, String) {
    let from = place.map(PlaceCode::to_string).unwrap_or_default();
    let to = place.map_or_else(|| ":".to_owned(), PlaceCode::range_end);
    (from, to)
}

/// What came and what went in a place, sort by sort.
pub fn totals(tx: &mut Tx<'_>, place: Option<&PlaceCode>) -> Result<Vec<Total>, DbError> {
    let (from, to) = range(place);
    tx.query(&TOTALS, vals![&from, &to], |row| {
        Ok(Total {
            sort: row.get(0)?,
            count: row.get(1)?,
            received: row.get(2)?,
            given: row.get(3)?,
        })
    })
}

/// Behind the seal: for the receipt only.
pub fn donor(tx: &mut Tx<'_>, gift: GiftId) -> Result<Option<Donor>, DbError> {
    tx.query_one(&DONOR, vals![gift], |row| {
        Ok(Donor {
            name: row.get(0)?,
            contact: row.get(1)?,
        })
    })
}

/// Forgets who gave; what came and where it went stays.
pub fn forget_donor(tx: &mut Tx<'_>, gift: GiftId) -> Result<(), DbError> {
    tx.execute_one(&FORGET_DONOR, vals![gift])?;
    tx.execute_one(&HIDE_DONOR, vals![gift])
}

pub fn add_line(tx: &mut Tx<'_>, line: &Line) -> Result<(), DbError> {
    tx.execute_one(
        &ADD_LINE,
        vals![
            line.gift,
            line.line,
            line.at,
            line.amount,
            &line.toward,
            line.corrects,
        ],
    )
}

/// Where a gift went.
pub fn lines(tx: &mut Tx<'_>, gift: GiftId) -> Result<Vec<Line>, DbError> {
    tx.query(&LINES, vals![gift], |row| {
        Ok(Line {
            gift: row.get(0)?,
            line: row.get(1)?,
            at: row.get(2)?,
            amount: row.get(3)?,
            toward: row.get(4)?,
            corrects: row.get(5)?,
        })
    })
}

/// Gifts of which more went than came: there are none.
pub fn overspent(tx: &mut Tx<'_>) -> Result<Vec<GiftId>, DbError> {
    tx.query(&OVERSPENT, &[], |row| row.get(0))
}

fn row(row: &Row<'_>) -> Result<Gift, DbError> {
    let sort: String = row.get(4)?;
    Ok(Gift {
        id: row.get(0)?,
        place: row.get(1)?,
        year: row.get(2)?,
        number: row.get(3)?,
        sort: sort.parse().map_err(|_| DbError::Column {
            position: 4,
            what: sort,
        })?,
        what: row.get(5)?,
        amount: row.get(6)?,
        donor_shown: row.get(7)?,
        received_on: row.get(8)?,
    })
}
