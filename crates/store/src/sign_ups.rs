//! Who signed up for an activity, in which order, and who has which seat. Personal: only the
//! person and the unit that holds the activity read it.

use huiyin_domain::activity::{Answers, SignUpState};
use huiyin_domain::id::{ActivityId, PersonId};
use jiff::Timestamp;

use crate::activities::{self, Activity};
use crate::columns::json;
use crate::statements::statements;
use crate::{DbError, Row, Tx, vals};

/// One person's place in an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUp {
    pub activity: ActivityId,
    pub person: PersonId,
    /// The order in which people came.
    pub number: i64,
    pub state: SignUpState,
    pub seat: Option<i64>,
    pub answers: Answers,
    pub made_at: Timestamp,
    pub changed_at: Timestamp,
    pub offered_until: Option<Timestamp>,
    pub came_at: Option<Timestamp>,
}

/// How many have a seat or are offered one, and how many wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub seated: i64,
    pub waiting: i64,
    pub came: i64,
}

macro_rules! columns {
    () => {
        "s.activity, s.person, s.number, s.state, s.seat, s.answers, s.made_at, s.changed_at, \
        s.offered_until, s.came_at"
    };
}

statements! {
    PUT = "INSERT INTO sign_ups (activity, person, number, state, seat, answers, made_at, \
        changed_at, offered_until, came_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL) \
        ON CONFLICT (activity, person) DO UPDATE SET number = excluded.number, \
        state = excluded.state, seat = excluded.seat, answers = excluded.answers, \
        made_at = excluded.made_at, changed_at = excluded.changed_at, \
        offered_until = excluded.offered_until, came_at = NULL";
    MOVE = "UPDATE sign_ups SET state = $1, seat = $2, offered_until = $3, changed_at = $4 \
        WHERE activity = $5 AND person = $6";
    FORGET = "UPDATE sign_ups SET answers = '{\"given\":{}}' WHERE activity = $1 AND person = $2";
    READ = concat!("SELECT ", columns!(), " FROM sign_ups s \
        WHERE s.activity = $1 AND s.person = $2");
    TAKEN = "SELECT seat FROM sign_ups WHERE activity = $1 AND seat IS NOT NULL ORDER BY seat";
    QUEUE = "SELECT count(CASE WHEN state = 'waiting' THEN 1 END), COALESCE(max(number), 0) \
        FROM sign_ups WHERE activity = $1";
    FIRST_WAITING = concat!("SELECT ", columns!(), " FROM sign_ups s \
        WHERE s.activity = $1 AND s.state = 'waiting' ORDER BY s.number LIMIT 1");
    BEFORE = "SELECT count(*) FROM sign_ups \
        WHERE activity = $1 AND state = 'waiting' AND number < $2";
    COUNTS = "SELECT count(seat), \
        CAST(coalesce(sum(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0) AS BIGINT), \
        count(came_at) FROM sign_ups WHERE activity = $1";
    OF_ACTIVITY = concat!("SELECT ", columns!(), " FROM sign_ups s \
        WHERE s.activity = $1 AND s.state <> 'left' ORDER BY s.number");
    NAMED = concat!("SELECT ", columns!(), ", p.name FROM sign_ups s \
        JOIN persons p ON p.id = s.person \
        WHERE s.activity = $1 AND s.state <> 'left' ORDER BY s.number");
    OF_PERSON = "SELECT a.id, a.unit, a.place, a.venue, a.room, a.title, a.about, a.starts_at, \
        a.ends_at, a.sign_up_until, a.capacity, a.changed_at, a.reminded_at, a.cancelled_at, \
        a.report, a.association, s.activity, s.person, s.number, s.state, s.seat, s.answers, \
        s.made_at, s.changed_at, s.offered_until, s.came_at \
        FROM sign_ups s JOIN activities a ON a.id = s.activity \
        WHERE s.person = $1 AND s.state <> 'left' AND a.ends_at > $2 \
        ORDER BY a.starts_at, a.id LIMIT $3";
    OFFERS_OVER = "SELECT activity, person FROM sign_ups \
        WHERE state = 'offered' AND offered_until <= $1 \
        ORDER BY offered_until, activity, number LIMIT $2";
    CAME = "UPDATE sign_ups SET came_at = $1, changed_at = $1 \
        WHERE activity = $2 AND person = $3 AND state = 'seated' AND came_at IS NULL";
    NOT_CAME = "UPDATE sign_ups SET came_at = NULL WHERE activity = $1 AND person = $2";
    TOO_MANY = "SELECT a.id FROM activities a JOIN sign_ups s ON s.activity = a.id \
        WHERE s.seat < 1 OR s.seat > a.capacity LIMIT 1";
    WAITS_FOR_NOTHING = "SELECT a.id FROM activities a WHERE a.cancelled_at IS NULL \
        AND a.starts_at > $1 AND EXISTS (SELECT 1 FROM sign_ups w \
            WHERE w.activity = a.id AND w.state = 'waiting') \
        AND a.capacity > (SELECT count(*) FROM sign_ups s \
            WHERE s.activity = a.id AND s.seat IS NOT NULL) LIMIT 1";
}

/// Somebody comes, for the first time or again: they stand behind all who came before.
pub fn put(tx: &mut Tx<'_>, sign_up: &SignUp) -> Result<(), DbError> {
    let answers = json(&sign_up.answers)?;
    tx.execute_one(
        &PUT,
        vals![
            sign_up.activity,
            sign_up.person,
            sign_up.number,
            sign_up.state,
            sign_up.seat,
            &answers,
            sign_up.made_at,
            sign_up.changed_at,
            sign_up.offered_until,
        ],
    )
}

/// Somebody gets a seat, is offered one, or has none any more.
pub fn set(tx: &mut Tx<'_>, sign_up: &SignUp) -> Result<(), DbError> {
    tx.execute_one(
        &MOVE,
        vals![
            sign_up.state,
            sign_up.seat,
            sign_up.offered_until,
            sign_up.changed_at,
            sign_up.activity,
            sign_up.person,
        ],
    )
}

/// What somebody answered is taken away.
pub fn forget(tx: &mut Tx<'_>, activity: ActivityId, person: PersonId) -> Result<(), DbError> {
    tx.execute_one(&FORGET, vals![activity, person])
}

pub fn read(
    tx: &mut Tx<'_>,
    activity: ActivityId,
    person: PersonId,
) -> Result<Option<SignUp>, DbError> {
    tx.query_one(&READ, vals![activity, person], |row| read_at(row, 0))
}

/// The numbers of the seats that are taken, in order.
pub fn taken(tx: &mut Tx<'_>, activity: ActivityId) -> Result<Vec<i64>, DbError> {
    tx.query(&TAKEN, vals![activity], |row| row.get(0))
}

/// Whether every seat is one that there is, and nobody waits for one that is free.
pub fn are_seated(tx: &mut Tx<'_>, now: Timestamp) -> Result<bool, DbError> {
    let too_many: Option<i64> = tx.query_one(&TOO_MANY, &[], |row| row.get(0))?;
    let waits: Option<i64> = tx.query_one(&WAITS_FOR_NOTHING, vals![now], |row| row.get(0))?;
    Ok(too_many.is_none() && waits.is_none())
}

/// How many wait, and the last number that was given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Queue {
    pub waiting: i64,
    pub last_number: i64,
}

pub fn queue(tx: &mut Tx<'_>, activity: ActivityId) -> Result<Queue, DbError> {
    let queue = tx.query_one(&QUEUE, vals![activity], |row| {
        Ok(Queue {
            waiting: row.get(0)?,
            last_number: row.get(1)?,
        })
    })?;
    Ok(queue.unwrap_or_default())
}

/// Whoever has waited longest.
pub fn first_waiting(tx: &mut Tx<'_>, activity: ActivityId) -> Result<Option<SignUp>, DbError> {
    tx.query_one(&FIRST_WAITING, vals![activity], |row| read_at(row, 0))
}

/// How many wait before this one.
pub fn before(tx: &mut Tx<'_>, sign_up: &SignUp) -> Result<i64, DbError> {
    let vals = vals![sign_up.activity, sign_up.number];
    let count = tx.query_one(&BEFORE, vals, |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}

pub fn counts(tx: &mut Tx<'_>, activity: ActivityId) -> Result<Counts, DbError> {
    let counts = tx.query_one(&COUNTS, vals![activity], |row| {
        Ok(Counts {
            seated: row.get(0)?,
            waiting: row.get(1)?,
            came: row.get(2)?,
        })
    })?;
    Ok(counts.unwrap_or_default())
}

/// Everybody who has not left, in the order in which they came.
pub fn of_activity(tx: &mut Tx<'_>, activity: ActivityId) -> Result<Vec<SignUp>, DbError> {
    tx.query(&OF_ACTIVITY, vals![activity], |row| read_at(row, 0))
}

/// The same, with what each calls themselves.
pub fn named(tx: &mut Tx<'_>, activity: ActivityId) -> Result<Vec<(SignUp, String)>, DbError> {
    tx.query(&NAMED, vals![activity], |row| {
        Ok((read_at(row, 0)?, row.get(10)?))
    })
}

/// What somebody signed up for that is not over.
pub fn of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(Activity, SignUp)>, DbError> {
    tx.query(&OF_PERSON, vals![person, now, limit], |row| {
        Ok((activities::read_row(row)?, read_at(row, 16)?))
    })
}

/// Offers that were not confirmed in time.
pub fn offers_over(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(ActivityId, PersonId)>, DbError> {
    tx.query(&OFFERS_OVER, vals![now, limit], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// They are there; whether that was new.
pub fn came(
    tx: &mut Tx<'_>,
    activity: ActivityId,
    person: PersonId,
    now: Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.execute(&CAME, vals![now, activity, person])? > 0)
}

/// They were not there after all: the list at the door was wrong.
pub fn not_came(tx: &mut Tx<'_>, activity: ActivityId, person: PersonId) -> Result<(), DbError> {
    tx.execute_one(&NOT_CAME, vals![activity, person])
}

fn read_at(row: &Row<'_>, first: usize) -> Result<SignUp, DbError> {
    Ok(SignUp {
        activity: row.get(first)?,
        person: row.get(first + 1)?,
        number: row.get(first + 2)?,
        state: row.get(first + 3)?,
        seat: row.get(first + 4)?,
        answers: row.json(first + 5)?,
        made_at: row.get(first + 6)?,
        changed_at: row.get(first + 7)?,
        offered_until: row.get(first + 8)?,
        came_at: row.get(first + 9)?,
    })
}
