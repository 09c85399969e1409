//! Rooms of venues, with the rules by which they are given.

use huiyin_domain::id::{RoomId, VenueId};
use huiyin_domain::names::Names;
use huiyin_domain::venue::Rules;
use jiff::Timestamp;

use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    pub id: RoomId,
    pub venue: VenueId,
    pub names: Names,
    /// How many people it holds.
    pub seats: i64,
    /// What is in it.
    pub about: String,
    pub rules: Rules,
    pub changed_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

macro_rules! columns {
    () => {
        "id, venue, names, seats, about, rules, changed_at, closed_at"
    };
}

statements! {
    PUT = "INSERT INTO rooms (id, venue, names, seats, about, rules, changed_at, closed_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
        ON CONFLICT (id) DO UPDATE SET names = excluded.names, seats = excluded.seats, \
        about = excluded.about, rules = excluded.rules, changed_at = excluded.changed_at, \
        closed_at = excluded.closed_at";
    READ = concat!("SELECT ", columns!(), " FROM rooms WHERE id = $1");
    LOCK = "SELECT id FROM rooms WHERE id = $1",
        postgres = "SELECT id FROM rooms WHERE id = $1 FOR UPDATE";
    OF_VENUE = concat!("SELECT ", columns!(), " FROM rooms WHERE venue = $1 ORDER BY id");
}

/// Adds a room or changes it; the venue stays.
pub fn put(tx: &mut Tx<'_>, room: &Room) -> Result<(), DbError> {
    let (names, rules) = (json(&room.names)?, json(&room.rules)?);
    tx.execute_one(
        &PUT,
        vals![
            room.id,
            room.venue,
            &names,
            room.seats,
            &room.about,
            &rules,
            room.changed_at,
            room.closed_at,
        ],
    )
}

pub fn read(tx: &mut Tx<'_>, id: RoomId) -> Result<Option<Room>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

/// Nobody else changes what is booked in this room until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, id: RoomId) -> Result<(), DbError> {
    let _: Option<RoomId> = tx.query_one(&LOCK, vals![id], |row| row.get(0))?;
    Ok(())
}

/// Every room of a venue, closed ones among them.
pub fn of_venue(tx: &mut Tx<'_>, venue: VenueId) -> Result<Vec<Room>, DbError> {
    tx.query(&OF_VENUE, vals![venue], read_row)
}

fn read_row(row: &Row<'_>) -> Result<Room, DbError> {
    Ok(Room {
        id: row.get(0)?,
        venue: row.get(1)?,
        names: row.json(2)?,
        seats: row.get(3)?,
        about: row.get(4)?,
        rules: row.json(5)?,
        changed_at: row.get(6)?,
        closed_at: row.get(7)?,
    })
}
