//! Who is at a window and when, as numbers. Each five minutes that is taken is a row whose key is
//! the window, the minutes and the seat, so that no two can ever hold the same. Who it is lies in
//! `appointment_people`.

use huiyin_domain::id::{AppointmentId, WindowId};
use huiyin_domain::window::{AppointmentState, ticks};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    pub id: AppointmentId,
    pub window: WindowId,
    pub day: Date,
    /// By which it is called; it counts from one each day.
    pub number: i64,
    pub procedure: Option<(String, i64)>,
    /// None for whoever just came.
    pub time: Option<Held>,
    pub state: AppointmentState,
    pub made_at: Timestamp,
    pub changed_at: Timestamp,
    pub arrived_at: Option<Timestamp>,
    pub called_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub reminded_at: Option<Timestamp>,
}

/// A time that is held, on one of so many seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub seat: i64,
    pub seats: i64,
}

macro_rules! columns {
    () => {
        "a.id, a.at_window, a.day, a.number, a.procedure, a.version, a.starts_at, a.ends_at, \
        a.seat, a.seats, a.state, a.made_at, a.changed_at, a.arrived_at, a.called_at, \
        a.ended_at, a.reminded_at"
    };
}

statements! {
    INSERT = "INSERT INTO appointments (id, at_window, day, number, procedure, version, \
        starts_at, ends_at, seat, seats, state, made_at, changed_at, arrived_at, called_at, \
        ended_at, reminded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, \
        $14, $15, $16, $17)";
    UPDATE = "UPDATE appointments SET at_window = $1, day = $2, number = $3, procedure = $4, \
        version = $5, starts_at = $6, ends_at = $7, seat = $8, seats = $9, state = $10, \
        changed_at = $11, arrived_at = $12, called_at = $13, ended_at = $14, reminded_at = $15 \
        WHERE id = $16 AND state = $17";
    TAKE = "INSERT INTO appointment_ticks (at_window, tick, seat, appointment) \
        VALUES ($1, $2, $3, $4)";
    FREE = "DELETE FROM appointment_ticks WHERE appointment = $1";
    READ = concat!("SELECT ", columns!(), " FROM appointments a WHERE a.id = $1");
    NUMBER = "SELECT max(number) FROM appointments WHERE at_window = $1 AND day = $2";
    TAKEN = "SELECT starts_at, ends_at, seat, seats FROM appointments \
        WHERE at_window = $1 AND day >= $2 AND day <= $3 \
        AND state IN ('booked', 'arrived', 'called', 'served') AND starts_at IS NOT NULL \
        AND id <> $4 ORDER BY starts_at, seat";
    OF_DAY = concat!("SELECT ", columns!(), " FROM appointments a \
        WHERE a.at_window = $1 AND a.day = $2 ORDER BY a.number");
    UNFINISHED = concat!("SELECT ", columns!(), " FROM appointments a \
        WHERE a.at_window = $1 AND a.day < $2 AND a.ended_at IS NULL \
        AND a.state <> 'displaced' ORDER BY a.day, a.number LIMIT $3");
    DISPLACED = concat!("SELECT ", columns!(), " FROM appointments a \
        WHERE a.at_window = $1 AND a.state = 'displaced' AND a.ended_at IS NULL \
        ORDER BY a.day, a.number LIMIT $2");
    AHEAD = concat!("SELECT ", columns!(), " FROM appointments a \
        WHERE a.at_window = $1 AND a.day >= $2 AND a.ended_at IS NULL \
        AND a.state IN ('booked', 'arrived', 'called') ORDER BY a.day, a.number LIMIT $3");
    AWAITED = "SELECT DISTINCT at_window FROM appointments \
        WHERE ended_at IS NULL AND state = 'booked' AND starts_at > $1 ORDER BY at_window";
    TO_REMIND = "SELECT id FROM appointments WHERE state = 'booked' AND reminded_at IS NULL \
        AND starts_at > $1 AND starts_at <= $2 ORDER BY starts_at, id LIMIT $3";
    REMINDED = "UPDATE appointments SET reminded_at = $1 WHERE id = $2 AND reminded_at IS NULL";
    LOOSE = "SELECT t.tick FROM appointment_ticks t JOIN appointments a ON a.id = t.appointment \
        WHERE a.at_window <> t.at_window OR a.seat <> t.seat \
        OR a.state NOT IN ('booked', 'arrived', 'called', 'served') LIMIT 1";
    UNKEPT = "SELECT a.id FROM appointments a WHERE a.starts_at IS NOT NULL \
        AND a.state IN ('booked', 'arrived', 'called', 'served') \
        AND (SELECT count(*) FROM appointment_ticks t WHERE t.appointment = a.id) \
        <> (a.ends_at - a.starts_at) / 300000000 LIMIT 1";
    UNSEEN = "SELECT a.id FROM appointments a JOIN windows w ON w.id = a.at_window \
        WHERE w.closed_at IS NOT NULL AND a.state IN ('booked', 'arrived', 'called') LIMIT 1";
}

/// Keeps an appointment and takes its minutes. One whose minutes or number somebody else has is
/// [`DbError::Unique`], and nothing is kept.
pub fn insert(tx: &mut Tx<'_>, one: &Appointment) -> Result<(), DbError> {
    let (slug, version) = named(one);
    tx.execute_one(
        &INSERT,
        vals![
            one.id,
            one.window,
            one.day,
            one.number,
            slug,
            version,
            one.time.map(|time| time.starts_at),
            one.time.map(|time| time.ends_at),
            one.time.map(|time| time.seat),
            one.time.map(|time| time.seats),
            one.state,
            one.made_at,
            one.changed_at,
            one.arrived_at,
            one.called_at,
            one.ended_at,
            one.reminded_at,
        ],
    )?;
    take(tx, one)
}

/// Changes an appointment that stood so before; one that stands otherwise is
/// [`DbError::Conflict`]. Its minutes are those that it has afterwards.
pub fn update(tx: &mut Tx<'_>, one: &Appointment, before: AppointmentState) -> Result<(), DbError> {
    let (slug, version) = named(one);
    tx.execute_one(
        &UPDATE,
        vals![
            one.window,
            one.day,
            one.number,
            slug,
            version,
            one.time.map(|time| time.starts_at),
            one.time.map(|time| time.ends_at),
            one.time.map(|time| time.seat),
            one.time.map(|time| time.seats),
            one.state,
            one.changed_at,
            one.arrived_at,
            one.called_at,
            one.ended_at,
            one.reminded_at,
            one.id,
            before,
        ],
    )?;
    tx.execute(&FREE, vals![one.id])?;
    take(tx, one)
}

fn named(one: &Appointment) -> (Option<&String>, Option<i64>) {
    match &one.procedure {
        Some((slug, version)) => (Some(slug), Some(*version)),
        None => (None, None),
    }
}

/// Whoever was served keeps the minutes in which they were.
fn take(tx: &mut Tx<'_>, one: &Appointment) -> Result<(), DbError> {
    let keeps = one.state.is_open() || one.state == AppointmentState::Served;
    let Some(time) = one.time.filter(|_| keeps) else {
        return Ok(());
    };
    ticks(time.starts_at, time.ends_at)
        .try_for_each(|tick| tx.execute_one(&TAKE, vals![one.window, tick, time.seat, one.id]))
}

pub fn read(tx: &mut Tx<'_>, id: AppointmentId) -> Result<Option<Appointment>, DbError> {
    tx.query_one(&READ, vals![id], read_row)
}

/// The number after the last one of a day.
pub fn next_number(tx: &mut Tx<'_>, window: WindowId, day: Date) -> Result<i64, DbError> {
    let last: Option<Option<i64>> = tx.query_one(&NUMBER, vals![window, day], |row| row.get(0))?;
    Ok(last.flatten().unwrap_or(0) + 1)
}

/// The times that are held from one day to another, without a word about by whom; without those
/// of this appointment.
pub fn taken(
    tx: &mut Tx<'_>,
    window: WindowId,
    (from, to): (Date, Date),
    but: Option<AppointmentId>,
) -> Result<Vec<Held>, DbError> {
    let but = but.map_or(-1, AppointmentId::get);
    tx.query(&TAKEN, vals![window, from, to, but], |row| {
        Ok(Held {
            starts_at: row.get(0)?,
            ends_at: row.get(1)?,
            seat: row.get(2)?,
            seats: row.get(3)?,
        })
    })
}

/// The windows at which somebody has a time after this instant.
pub fn awaited(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<WindowId>, DbError> {
    tx.query(&AWAITED, vals![now], |row| row.get(0))
}

/// Everybody of a day, by number.
pub fn of_day(tx: &mut Tx<'_>, window: WindowId, day: Date) -> Result<Vec<Appointment>, DbError> {
    tx.query(&OF_DAY, vals![window, day], read_row)
}

/// What of earlier days nobody has said the end of.
pub fn unfinished(
    tx: &mut Tx<'_>,
    window: WindowId,
    today: Date,
    limit: i64,
) -> Result<Vec<Appointment>, DbError> {
    tx.query(&UNFINISHED, vals![window, today, limit], read_row)
}

/// Who has to choose another time.
pub fn displaced(
    tx: &mut Tx<'_>,
    window: WindowId,
    limit: i64,
) -> Result<Vec<Appointment>, DbError> {
    tx.query(&DISPLACED, vals![window, limit], read_row)
}

/// What is open from a day on.
pub fn ahead(
    tx: &mut Tx<'_>,
    window: WindowId,
    from: Date,
    limit: i64,
) -> Result<Vec<Appointment>, DbError> {
    tx.query(&AHEAD, vals![window, from, limit], read_row)
}

/// Who comes within a span and was not reminded.
pub fn to_remind(
    tx: &mut Tx<'_>,
    (now, until): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<AppointmentId>, DbError> {
    tx.query(&TO_REMIND, vals![now, until, limit], |row| row.get(0))
}

/// Somebody was reminded; whether that is new.
pub fn reminded(tx: &mut Tx<'_>, id: AppointmentId, now: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute(&REMINDED, vals![now, id])? == 1)
}

/// Whether the minutes kept are those of whoever holds them, each on its seat, and nobody waits at a
/// window where nobody would see it. That no seat is beyond those of the window is a constraint.
pub fn are_within(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    for fault in [&LOOSE, &UNKEPT, &UNSEEN] {
        let found: Option<i64> = tx.query_one(fault, &[], |row| row.get(0))?;
        if found.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn read_row(row: &Row<'_>) -> Result<Appointment, DbError> {
    let (slug, version): (Option<String>, Option<i64>) = (row.get(4)?, row.get(5)?);
    let time = match row.get::<Option<Timestamp>>(6)? {
        Some(starts_at) => Some(Held {
            starts_at,
            ends_at: row.get(7)?,
            seat: row.get(8)?,
            seats: row.get(9)?,
        }),
        None => None,
    };
    Ok(Appointment {
        id: row.get(0)?,
        window: row.get(1)?,
        day: row.get(2)?,
        number: row.get(3)?,
        procedure: slug.zip(version),
        time,
        state: row.get(10)?,
        made_at: row.get(11)?,
        changed_at: row.get(12)?,
        arrived_at: row.get(13)?,
        called_at: row.get(14)?,
        ended_at: row.get(15)?,
        reminded_at: row.get(16)?,
    })
}
