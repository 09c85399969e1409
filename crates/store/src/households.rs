//! Doors of places, and the contacts that their people left. Lists never join the contacts but
//! for the day until which one is kept; each look behind the seal is written down first.

use huiyin_domain::household::{Door, Household};
use huiyin_domain::id::{HouseholdId, LookId, PostId};
use huiyin_domain::place::PlaceCode;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::looks::{self, LookAt};
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A door in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub household: Household,
    /// Until when its contact is kept, if one was left.
    pub kept_until: Option<Date>,
}

/// What the people of a door left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftContact {
    pub household: HouseholdId,
    /// A telephone number or a mail address, in one form.
    pub contact: String,
    /// On this day its people agreed.
    pub agreed_on: Date,
    pub kept_until: Date,
    /// Who wrote it down.
    pub post: PostId,
}

/// A look behind the seal.
pub type Look = LookAt<HouseholdId>;

macro_rules! columns {
    () => {
        "h.id, h.place, h.door, h.closed_at"
    };
}

macro_rules! look_columns {
    () => {
        "id, at, household, person, post, unit, purpose"
    };
}

statements! {
    INSERT = "INSERT INTO households (id, place, door, sorted, made_at) VALUES ($1, $2, $3, $4, $5)";
    INSERT_IF_NEW = "INSERT INTO households (id, place, door, sorted, made_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (place, sorted) DO NOTHING";
    CHANGE = "UPDATE households SET place = $1, door = $2, sorted = $3 WHERE id = $4";
    CLOSE = "UPDATE households SET closed_at = $1 WHERE id = $2";
    READ = concat!("SELECT ", columns!(), " FROM households h WHERE h.id = $1");
    LOCK = "SELECT id FROM households WHERE id = $1",
        postgres = "SELECT id FROM households WHERE id = $1 FOR UPDATE";
    BY_DOOR = concat!("SELECT ", columns!(), " FROM households h \
        WHERE h.place = $1 AND h.sorted = $2");
    WITHIN = concat!("SELECT ", columns!(), ", c.kept_until FROM households h \
        LEFT JOIN household_contacts c ON c.household = h.id \
        WHERE h.place >= $1 AND h.place < $2 AND (h.place > $3 OR (h.place = $3 AND h.sorted > $4)) \
        ORDER BY h.place, h.sorted LIMIT $5");
    ASKED_AGAIN = concat!("SELECT ", columns!(), ", c.kept_until FROM household_contacts c \
        JOIN households h ON h.id = c.household \
        WHERE c.kept_until <= $1 AND h.place >= $2 AND h.place < $3 \
        ORDER BY c.kept_until, h.place, h.sorted LIMIT $4");
    COUNT_WITHIN = "SELECT count(*) FROM households \
        WHERE place >= $1 AND place < $2 AND closed_at IS NULL";
    COUNTS_BELOW = "SELECT substr(place, 1, CAST(CAST($1 AS BIGINT) AS INTEGER)), count(*) \
        FROM households WHERE place > $2 AND place < $3 AND closed_at IS NULL \
        GROUP BY 1 ORDER BY 1";
    PLACES_WITHIN = "SELECT DISTINCT place FROM households \
        WHERE place >= $1 AND place < $2 ORDER BY place";
    OF_PLACE = concat!("SELECT ", columns!(), " FROM households h WHERE h.place = $1 \
        ORDER BY h.sorted");
    LEAVE = "INSERT INTO household_contacts (household, contact, agreed_on, kept_until, post) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (household) DO UPDATE SET \
        contact = excluded.contact, agreed_on = excluded.agreed_on, \
        kept_until = excluded.kept_until, post = excluded.post";
    KEPT_UNTIL = "SELECT agreed_on, kept_until FROM household_contacts WHERE household = $1";
    UNSEAL = "SELECT household, contact, agreed_on, kept_until, post FROM household_contacts \
        WHERE household = $1";
    ERASE = "DELETE FROM household_contacts WHERE household = $1";
    EXPIRE = "DELETE FROM household_contacts WHERE kept_until < $1";
    LOOK = concat!("INSERT INTO household_looks (", look_columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7)");
    LOOKS_OF = concat!("SELECT ", look_columns!(), " FROM household_looks \
        WHERE household = $1 ORDER BY id DESC LIMIT $2");
    LATEST_LOOKS = concat!("SELECT ", look_columns!(), " FROM household_looks \
        WHERE id < $1 ORDER BY id DESC LIMIT $2");
    LEFT_BEHIND = "SELECT h.id FROM households h \
        JOIN household_contacts c ON c.household = h.id WHERE h.closed_at IS NOT NULL \
        UNION ALL SELECT h.id FROM households h JOIN place_heirs p ON p.old = h.place LIMIT 1";
}

/// Adds a door. One that is there already is [`DbError::Unique`].
pub fn insert(tx: &mut Tx<'_>, household: &Household, now: Timestamp) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        fresh(household, &household.door.sorted(), now).as_slice(),
    )
}

/// Adds a door unless it is there; whether it was not.
pub fn insert_if_new(
    tx: &mut Tx<'_>,
    household: &Household,
    now: Timestamp,
) -> Result<bool, DbError> {
    let sorted = household.door.sorted();
    Ok(tx.execute(&INSERT_IF_NEW, fresh(household, &sorted, now).as_slice())? == 1)
}

fn fresh<'v>(household: &'v Household, sorted: &'v str, now: Timestamp) -> [crate::Val<'v>; 5] {
    [
        household.id.into(),
        (&household.place).into(),
        (&household.door).into(),
        sorted.into(),
        now.into(),
    ]
}

/// It is called otherwise, or lies in another place. A door that is there already is
/// [`DbError::Unique`].
pub fn change(
    tx: &mut Tx<'_>,
    id: HouseholdId,
    (place, door): (&PlaceCode, &Door),
) -> Result<(), DbError> {
    let sorted = door.sorted();
    tx.execute_one(&CHANGE, vals![place, door, &sorted, id])
}

/// Closes a door, or opens it again.
pub fn close(tx: &mut Tx<'_>, id: HouseholdId, at: Option<Timestamp>) -> Result<(), DbError> {
    tx.execute_one(&CLOSE, vals![at, id])
}

pub fn read(tx: &mut Tx<'_>, id: HouseholdId) -> Result<Option<Household>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

/// Nobody else changes this door, or what its people left, until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, id: HouseholdId) -> Result<(), DbError> {
    let _: Option<HouseholdId> = tx.query_one(&LOCK, vals![id], |row| row.get(0))?;
    Ok(())
}

/// The door of this name in exactly this place.
pub fn by_door(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    door: &Door,
) -> Result<Option<Household>, DbError> {
    let sorted = door.sorted();
    tx.query_one(&BY_DOOR, vals![place, &sorted], read_row)
}

/// The doors of a place and of all that lies in it, in the order of the tree, behind one of them.
pub fn within(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    after: Option<&Household>,
    limit: i64,
) -> Result<Vec<Line>, DbError> {
    let (last_place, last_door) = match after {
        Some(last) => (last.place.to_string(), last.door.sorted()),
        None => Default::default(),
    };
    let end = place.range_end();
    let vals = vals![place, &end, &last_place, &last_door, limit];
    tx.query(&WITHIN, vals, read_line)
}

/// The doors whose contact is kept until this day and no longer, the most urgent first.
pub fn asked_again(
    tx: &mut Tx<'_>,
    (place, until): (&PlaceCode, Date),
    limit: i64,
) -> Result<Vec<Line>, DbError> {
    let end = place.range_end();
    tx.query(&ASKED_AGAIN, vals![until, place, &end, limit], read_line)
}

/// How many open doors a place has, with all that lies in it.
pub fn count_within(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<i64, DbError> {
    let count = tx.query_one(&COUNT_WITHIN, vals![place, &place.range_end()], |row| {
        row.get(0)
    })?;
    Ok(count.unwrap_or_default())
}

/// How many open doors each place one level below has; those that have any.
pub fn counts_below(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<(PlaceCode, i64)>, DbError> {
    let Some(below) = place.level().below() else {
        return Ok(Vec::new());
    };
    let length = i64::try_from(below.code_len()).unwrap_or(i64::MAX);
    let end = place.range_end();
    tx.query(&COUNTS_BELOW, vals![length, place, &end], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// The places within one that have doors of their own.
pub fn places_within(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<PlaceCode>, DbError> {
    let end = place.range_end();
    tx.query(&PLACES_WITHIN, vals![place, &end], |row| row.get(0))
}

/// Every door of exactly this place, closed ones too.
pub fn of_place(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<Household>, DbError> {
    tx.query(&OF_PLACE, vals![place], read_row)
}

/// Keeps a contact, in place of the one before.
pub fn leave(tx: &mut Tx<'_>, left: &LeftContact) -> Result<(), DbError> {
    tx.execute_one(
        &LEAVE,
        vals![
            left.household,
            &left.contact,
            left.agreed_on,
            left.kept_until,
            left.post,
        ],
    )
}

/// Since when and until when a contact is kept; not the contact.
pub fn kept(tx: &mut Tx<'_>, id: HouseholdId) -> Result<Option<(Date, Date)>, DbError> {
    tx.query_one(&KEPT_UNTIL, vals![id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Behind the seal, after a look was written.
pub fn unseal(tx: &mut Tx<'_>, id: HouseholdId) -> Result<Option<LeftContact>, DbError> {
    tx.query_one(&UNSEAL, vals![id], |row| {
        Ok(LeftContact {
            household: row.get(0)?,
            contact: row.get(1)?,
            agreed_on: row.get(2)?,
            kept_until: row.get(3)?,
            post: row.get(4)?,
        })
    })
}

/// Forgets the contact of a door; whether there was one.
pub fn erase(tx: &mut Tx<'_>, id: HouseholdId) -> Result<bool, DbError> {
    Ok(tx.execute(&ERASE, vals![id])? == 1)
}

/// Forgets every contact that was kept until before this day.
pub fn expire(tx: &mut Tx<'_>, today: Date) -> Result<u64, DbError> {
    tx.execute(&EXPIRE, vals![today])
}

pub fn look(tx: &mut Tx<'_>, look: &Look) -> Result<(), DbError> {
    looks::keep(tx, &LOOK, look)
}

/// Who looked behind the seal of a door, the latest first.
pub fn looks_of(tx: &mut Tx<'_>, id: HouseholdId, limit: i64) -> Result<Vec<Look>, DbError> {
    tx.query(&LOOKS_OF, vals![id, limit], looks::read_at)
}

/// Newest first, for the auditor.
pub fn latest_looks(
    tx: &mut Tx<'_>,
    before: Option<LookId>,
    limit: i64,
) -> Result<Vec<Look>, DbError> {
    looks::latest_at(tx, &LATEST_LOOKS, (before, limit))
}

/// Whether no contact lies behind a closed door, and no door in a place that became another.
pub fn are_followed(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    let left: Option<HouseholdId> = tx.query_one(&LEFT_BEHIND, vals![], |row| row.get(0))?;
    Ok(left.is_none())
}

fn read_row(row: &Row<'_>) -> Result<Household, DbError> {
    Ok(Household {
        id: row.get(0)?,
        place: row.get(1)?,
        door: row.get(2)?,
        closed_at: row.get(3)?,
    })
}

fn read_line(row: &Row<'_>) -> Result<Line, DbError> {
    Ok(Line {
        household: read_row(row)?,
        kept_until: row.get(4)?,
    })
}
