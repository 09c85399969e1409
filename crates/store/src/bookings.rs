//! Bookings of rooms. Each quarter of an hour that is taken is a row whose key is the room and
//! the quarter, so that no two bookings can ever hold the same.

use huiyin_domain::id::{ActivityId, BookingId, PersonId, RoomId, UnitId, VenueId};
use huiyin_domain::venue::{BookingState, slots};
use jiff::Timestamp;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// A room for somebody, or for an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    pub id: BookingId,
    /// The first booking of those that were made together.
    pub series: BookingId,
    pub room: RoomId,
    pub person: Option<PersonId>,
    /// Whose staff booked it, when it was not the person.
    pub unit: Option<UnitId>,
    pub activity: Option<ActivityId>,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub state: BookingState,
    pub purpose: String,
    pub heads: i64,
    /// How it comes back, as calendars write it.
    pub repeats: Option<String>,
    pub made_at: Timestamp,
    pub decide_by: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
}

/// Hours that are taken, without a word about by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

macro_rules! columns {
    () => {
        "b.id, b.series, b.room, b.person, b.unit, b.activity, b.starts_at, b.ends_at, b.state, \
        b.purpose, b.heads, b.repeats, b.made_at, b.decide_by, b.ended_at"
    };
}

statements! {
    INSERT = "INSERT INTO bookings (id, series, room, person, unit, activity, starts_at, ends_at, \
        state, purpose, heads, repeats, made_at, decide_by) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    TAKE = "INSERT INTO booked_slots (room, slot, booking) VALUES ($1, $2, $3)";
    FREE = "DELETE FROM booked_slots WHERE booking = $1";
    END = "UPDATE bookings SET state = $1, ended_at = $2, decide_by = NULL \
        WHERE id = $3 AND ended_at IS NULL";
    GRANT = "UPDATE bookings SET state = 'held', decide_by = NULL \
        WHERE id = $1 AND state = 'asked'";
    READ = concat!("SELECT ", columns!(), " FROM bookings b WHERE b.id = $1");
    OF_SERIES = concat!("SELECT ", columns!(), " FROM bookings b WHERE b.series = $1 \
        AND b.ended_at IS NULL ORDER BY b.starts_at");
    OF_ACTIVITY = concat!("SELECT ", columns!(), " FROM bookings b WHERE b.activity = $1 \
        AND b.ended_at IS NULL ORDER BY b.starts_at");
    OF_PERSON = concat!("SELECT ", columns!(), " FROM bookings b WHERE b.person = $1 \
        AND b.ends_at > $2 ORDER BY b.starts_at, b.id LIMIT $3");
    OPEN_OF_PERSON = "SELECT count(DISTINCT series) FROM bookings WHERE person = $1 \
        AND ended_at IS NULL AND ends_at > $2";
    TAKEN = "SELECT starts_at, ends_at FROM bookings WHERE room = $1 AND starts_at < $2 \
        AND ends_at > $3 AND ended_at IS NULL ORDER BY starts_at";
    IS_TAKEN = "SELECT slot FROM booked_slots WHERE room = $1 AND slot >= $2 AND slot < $3 \
        ORDER BY slot LIMIT 1";
    OF_VENUE = concat!("SELECT ", columns!(), ", p.name FROM rooms r \
        JOIN bookings b ON b.room = r.id LEFT JOIN persons p ON p.id = b.person \
        WHERE r.venue = $1 AND b.ends_at > $2 AND b.ended_at IS NULL \
        ORDER BY b.starts_at, b.id LIMIT $3");
    OVERDUE = "SELECT id FROM bookings WHERE state = 'asked' AND decide_by <= $1 \
        ORDER BY decide_by, id LIMIT $2";
    TWICE = "SELECT b.id FROM bookings b WHERE b.ended_at IS NULL AND EXISTS (\
        SELECT 1 FROM bookings o WHERE o.room = b.room AND o.id <> b.id AND o.ended_at IS NULL \
        AND o.starts_at < b.ends_at AND o.ends_at > b.starts_at) LIMIT 1";
    LOOSE = "SELECT s.slot FROM booked_slots s JOIN bookings b ON b.id = s.booking \
        WHERE b.ended_at IS NOT NULL OR s.room <> b.room LIMIT 1";
    UNKEPT = "SELECT b.id FROM bookings b WHERE b.ended_at IS NULL AND NOT EXISTS (\
        SELECT 1 FROM booked_slots s WHERE s.booking = b.id) LIMIT 1";
}

/// Keeps a booking and takes its quarters of an hour. One that is taken already is
/// [`DbError::Unique`], and nothing is kept.
pub fn insert(tx: &mut Tx<'_>, booking: &Booking) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            booking.id,
            booking.series,
            booking.room,
            booking.person,
            booking.unit,
            booking.activity,
            booking.starts_at,
            booking.ends_at,
            booking.state,
            &booking.purpose,
            booking.heads,
            booking.repeats.as_ref(),
            booking.made_at,
            booking.decide_by,
        ],
    )?;
    slots(booking.starts_at, booking.ends_at)
        .try_for_each(|slot| tx.execute_one(&TAKE, vals![booking.room, slot, booking.id]))
}

/// It is over, and its hours are free again.
pub fn end(
    tx: &mut Tx<'_>,
    id: BookingId,
    state: BookingState,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.execute_one(&END, vals![state, now, id])?;
    tx.execute(&FREE, vals![id]).map(drop)
}

/// Somebody decided that it is given.
pub fn grant(tx: &mut Tx<'_>, id: BookingId) -> Result<(), DbError> {
    tx.execute_one(&GRANT, vals![id])
}

pub fn read(tx: &mut Tx<'_>, id: BookingId) -> Result<Option<Booking>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

/// What is still open of those that were made together.
pub fn of_series(tx: &mut Tx<'_>, series: BookingId) -> Result<Vec<Booking>, DbError> {
    tx.query(&OF_SERIES, vals![series], read_row)
}

/// The hours that are kept for an activity.
pub fn of_activity(tx: &mut Tx<'_>, activity: ActivityId) -> Result<Vec<Booking>, DbError> {
    tx.query(&OF_ACTIVITY, vals![activity], read_row)
}

/// What somebody booked that is not past.
pub fn of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Booking>, DbError> {
    tx.query(&OF_PERSON, vals![person, now, limit], read_row)
}

/// How many somebody has before them; those that come back count once.
pub fn open_of_person(tx: &mut Tx<'_>, person: PersonId, now: Timestamp) -> Result<i64, DbError> {
    let count = tx.query_one(&OPEN_OF_PERSON, vals![person, now], |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}

/// The hours of a room that are taken within a span.
pub fn taken(
    tx: &mut Tx<'_>,
    room: RoomId,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Taken>, DbError> {
    tx.query(&TAKEN, vals![room, to, from], |row| {
        Ok(Taken {
            starts_at: row.get(0)?,
            ends_at: row.get(1)?,
        })
    })
}

/// Whether any quarter of an hour within a span is taken.
pub fn is_taken(
    tx: &mut Tx<'_>,
    room: RoomId,
    starts_at: Timestamp,
    ends_at: Timestamp,
) -> Result<bool, DbError> {
    let span = slots(starts_at, ends_at);
    let vals = vals![room, span.start, span.end];
    let slot: Option<i64> = tx.query_one(&IS_TAKEN, vals, |row| row.get(0))?;
    Ok(slot.is_some())
}

/// What is booked in a venue from now on, for whoever keeps it, with what the person is called.
pub fn of_venue(
    tx: &mut Tx<'_>,
    venue: VenueId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(Booking, Option<String>)>, DbError> {
    tx.query(&OF_VENUE, vals![venue, now, limit], |row| {
        Ok((read_row(row)?, row.get(15)?))
    })
}

/// What nobody decided in time, the oldest first.
pub fn overdue(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<BookingId>, DbError> {
    tx.query(&OVERDUE, vals![now, limit], |row| row.get(0))
}

/// Whether no two bookings share an hour, and the hours kept are those of open bookings.
pub fn are_apart(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    for fault in [&TWICE, &LOOSE, &UNKEPT] {
        let found: Option<i64> = tx.query_one(fault, &[], |row| row.get(0))?;
        if found.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn read_row(row: &Row<'_>) -> Result<Booking, DbError> {
    Ok(Booking {
        id: row.get(0)?,
        series: row.get(1)?,
        room: row.get(2)?,
        person: row.get(3)?,
        unit: row.get(4)?,
        activity: row.get(5)?,
        starts_at: row.get(6)?,
        ends_at: row.get(7)?,
        state: row.get(8)?,
        purpose: row.get(9)?,
        heads: row.get(10)?,
        repeats: row.get(11)?,
        made_at: row.get(12)?,
        decide_by: row.get(13)?,
        ended_at: row.get(14)?,
    })
}
