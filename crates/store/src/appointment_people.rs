//! Who booked a time at a window. Sealed like whoever brought a case in: lists of a window never
//! join this table, each look is written down first, and after some weeks the row is gone.

use huiyin_domain::id::{AppointmentId, LookId};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::looks::{self, LookAt};
use crate::statements::statements;
use crate::{DbError, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booker {
    pub appointment: AppointmentId,
    /// The tracking code, sixteen digits.
    pub code: String,
    pub name: String,
    /// A telephone number or a mail address, in one form.
    pub contact: String,
    pub language: String,
    pub day: Date,
    /// Which of the contact's times of the day it is; none when it counts no more.
    pub turn: Option<i64>,
}

/// A look behind the seal.
pub type Look = LookAt<AppointmentId>;

macro_rules! look_columns {
    () => {
        "id, at, appointment, person, post, unit, purpose"
    };
}

statements! {
    INSERT = "INSERT INTO appointment_people (appointment, code, name, contact, language, day, turn) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    READ = "SELECT appointment, code, name, contact, language, day, turn \
        FROM appointment_people WHERE appointment = $1";
    BY_CODE = "SELECT appointment FROM appointment_people WHERE code = $1";
    TURNS = "SELECT turn FROM appointment_people \
        WHERE contact = $1 AND day = $2 AND turn IS NOT NULL AND appointment <> $3 ORDER BY turn";
    MOVE = "UPDATE appointment_people SET day = $1, turn = $2 WHERE appointment = $3";
    PUT_AWAY = "DELETE FROM appointment_people WHERE day < $1";
    GIVE_UP = "UPDATE appointments SET state = 'cancelled', changed_at = $1, ended_at = $1 \
        WHERE state = 'displaced' AND ended_at IS NULL AND day < $2";
    LOOK = concat!("INSERT INTO appointment_looks (", look_columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7)");
    LOOKS_OF = concat!("SELECT ", look_columns!(), " FROM appointment_looks \
        WHERE appointment = $1 ORDER BY id DESC LIMIT $2");
    LATEST_LOOKS = concat!("SELECT ", look_columns!(), " FROM appointment_looks \
        WHERE id < $1 ORDER BY id DESC LIMIT $2");
}

/// Keeps who booked. A turn of the day that the contact has already is [`DbError::Unique`].
pub fn insert(tx: &mut Tx<'_>, booker: &Booker) -> Result<(), DbError> {
    tx.execute_one(
        &INSERT,
        vals![
            booker.appointment,
            &booker.code,
            &booker.name,
            &booker.contact,
            &booker.language,
            booker.day,
            booker.turn,
        ],
    )
}

/// Behind the seal: for whoever holds the code, for letters, and after a look was written.
pub fn read(tx: &mut Tx<'_>, id: AppointmentId) -> Result<Option<Booker>, DbError> {
    tx.query_one(&READ, vals![id], |row| {
        Ok(Booker {
            appointment: row.get(0)?,
            code: row.get(1)?,
            name: row.get(2)?,
            contact: row.get(3)?,
            language: row.get(4)?,
            day: row.get(5)?,
            turn: row.get(6)?,
        })
    })
}

/// The appointment that a tracking code opens.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<AppointmentId>, DbError> {
    tx.query_one(&BY_CODE, vals![code], |row| row.get(0))
}

/// The turns that a contact has on a day, without those of this appointment.
pub fn turns(
    tx: &mut Tx<'_>,
    (contact, day): (&str, Date),
    but: AppointmentId,
) -> Result<Vec<i64>, DbError> {
    tx.query(&TURNS, vals![contact, day, but], |row| row.get(0))
}

/// It is on another day, or counts no more.
pub fn moved(
    tx: &mut Tx<'_>,
    id: AppointmentId,
    (day, turn): (Date, Option<i64>),
) -> Result<(), DbError> {
    tx.execute(&MOVE, vals![day, turn, id]).map(drop)
}

/// Forgets who came before a day; how many came stays. Whoever lost their time and chose no other
/// cannot be called any more.
pub fn put_away(tx: &mut Tx<'_>, before: Date, now: Timestamp) -> Result<u64, DbError> {
    tx.execute(&GIVE_UP, vals![now, before])?;
    tx.execute(&PUT_AWAY, vals![before])
}

pub fn look(tx: &mut Tx<'_>, look: &Look) -> Result<(), DbError> {
    looks::keep(tx, &LOOK, look)
}

/// Who looked, and why; for whoever booked.
pub fn looks_of(tx: &mut Tx<'_>, id: AppointmentId, limit: i64) -> Result<Vec<Look>, DbError> {
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
