//! Jobs: work that waits. A job carries the id of its subject and nothing
//! else, and may run twice. Taking one moves its time forward by the lease;
//! whoever finishes deletes it, whoever dies lets it come again.

use huiyin_domain::id::JobId;
use jiff::{SignedDuration, Timestamp};

use crate::statements::statements;
use crate::{DbError, Tx, vals};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: JobId,
    pub name: String,
    pub subject: i64,
    /// How often it was taken, this time included.
    pub tries: i64,
}

/// A job that failed too often, for the operator's eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadJob {
    pub job: Job,
    pub fault: String,
    pub dead_at: Timestamp,
}

/// Jobs that wait for each other: slow servers elsewhere hold up only what goes to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Work within the house.
    House,
    /// Letters and text messages.
    Letters,
    /// Calls to addresses and installations elsewhere.
    Webhooks,
}

impl Lane {
    pub const ALL: [Lane; 3] = [Lane::House, Lane::Letters, Lane::Webhooks];

    /// The number by which the statements know it.
    fn number(self) -> i64 {
        match self {
            Lane::House => 0,
            Lane::Letters => 1,
            Lane::Webhooks => 2,
        }
    }
}

/// The names of the jobs that have a lane of their own.
pub const SEND_MESSAGE: &str = "send-message";
pub const CALL_WEBHOOK: &str = "call-webhook";
pub const FOLLOW_CASE: &str = "follow-case";
pub const LOOK_THROUGH: &str = "look-through";

macro_rules! in_lane {
    ($number:literal) => {
        concat!(
            "CAST(CASE name WHEN 'send-message' THEN 1 WHEN 'call-webhook' THEN 2 \
            WHEN 'follow-case' THEN 2 WHEN 'look-through' THEN 2 ELSE 0 END AS BIGINT) = ",
            $number
        )
    };
}

/// How the queue stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    pub waiting: i64,
    pub dead: i64,
}

statements! {
    ADD = "INSERT INTO jobs (id, name, subject, run_at, tries) VALUES ($1, $2, $3, $4, 0)";
    TAKE = concat!("UPDATE jobs SET run_at = $1, tries = tries + 1 WHERE id IN \
        (SELECT id FROM jobs WHERE dead_at IS NULL AND run_at <= $2 AND ", in_lane!("$3"), " \
        ORDER BY run_at, id LIMIT $4) RETURNING id, name, subject, tries"),
        postgres = concat!("UPDATE jobs SET run_at = $1, tries = tries + 1 WHERE id IN \
        (SELECT id FROM jobs WHERE dead_at IS NULL AND run_at <= $2 AND ", in_lane!("$3"), " \
        ORDER BY run_at, id LIMIT $4 FOR UPDATE SKIP LOCKED) RETURNING id, name, subject, tries");
    ANY_DUE = concat!("SELECT id FROM jobs WHERE dead_at IS NULL AND run_at <= $1 AND ",
        in_lane!("$2"), " LIMIT 1");
    DONE = "DELETE FROM jobs WHERE id = $1";
    RETRY = "UPDATE jobs SET run_at = $1, fault = $2, tries = $3 WHERE id = $4";
    WAKE = "UPDATE jobs SET run_at = $1 WHERE subject = $2 AND name = $3 AND dead_at IS NULL \
        AND run_at > $1";
    BURY = "UPDATE jobs SET dead_at = $1, fault = $2 WHERE id = $3";
    REVIVE = "UPDATE jobs SET dead_at = NULL, fault = NULL, tries = 0, run_at = $1 \
        WHERE id = $2 AND dead_at IS NOT NULL";
    REVIVE_ALL = "UPDATE jobs SET dead_at = NULL, fault = NULL, tries = 0, run_at = $1 \
        WHERE dead_at IS NOT NULL";
    FORGET_DEAD = "DELETE FROM jobs WHERE id = $1 AND dead_at IS NOT NULL";
    DEAD = "SELECT id, name, subject, tries, fault, dead_at FROM jobs \
        WHERE dead_at IS NOT NULL ORDER BY id DESC LIMIT $1";
    STANDING = "SELECT count(*), count(dead_at) FROM jobs";
}

pub fn add(
    tx: &mut Tx<'_>,
    id: JobId,
    name: &str,
    subject: i64,
    run_at: Timestamp,
) -> Result<(), DbError> {
    tx.execute_one(&ADD, vals![id, name, subject, run_at])
}

/// Whether anything is due; ask in a read before taking in a write.
pub fn any_due(tx: &mut Tx<'_>, lane: Lane, now: Timestamp) -> Result<bool, DbError> {
    let due: Option<JobId> = tx.query_one(&ANY_DUE, vals![now, lane.number()], |row| row.get(0))?;
    Ok(due.is_some())
}

/// Take up to `limit` due jobs of a lane; they come again after `lease` unless done.
pub fn take(
    tx: &mut Tx<'_>,
    lane: Lane,
    now: Timestamp,
    lease: SignedDuration,
    limit: i64,
) -> Result<Vec<Job>, DbError> {
    let mut jobs = tx.change(
        &TAKE,
        vals![now + lease, now, lane.number(), limit],
        |row| {
            Ok(Job {
                id: row.get(0)?,
                name: row.get(1)?,
                subject: row.get(2)?,
                tries: row.get(3)?,
            })
        },
    )?;
    jobs.sort_by_key(|job| job.id);
    Ok(jobs)
}

pub fn done(tx: &mut Tx<'_>, id: JobId) -> Result<(), DbError> {
    tx.execute(&DONE, vals![id]).map(drop)
}

/// It is not done; try again at `run_at`, after so many tries that count. The fault names no
/// person and no content.
pub fn retry(
    tx: &mut Tx<'_>,
    id: JobId,
    run_at: Timestamp,
    (fault, tries): (Option<&str>, i64),
) -> Result<(), DbError> {
    tx.execute(&RETRY, vals![run_at, fault, tries, id])
        .map(drop)
}

/// The job of this name about `subject` is due now.
pub fn wake(tx: &mut Tx<'_>, name: &str, subject: i64, now: Timestamp) -> Result<(), DbError> {
    tx.execute(&WAKE, vals![now, subject, name]).map(drop)
}

/// It failed too often; it stays as a reminder and is not taken any more.
pub fn bury(tx: &mut Tx<'_>, id: JobId, now: Timestamp, fault: &str) -> Result<(), DbError> {
    tx.execute(&BURY, vals![now, fault, id]).map(drop)
}

/// A dead one is due again, as if it had never been tried; whether there was such a one.
pub fn revive(tx: &mut Tx<'_>, id: JobId, now: Timestamp) -> Result<u64, DbError> {
    tx.execute(&REVIVE, vals![now, id])
}

/// Every dead one is due again; how many there were.
pub fn revive_all(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, DbError> {
    tx.execute(&REVIVE_ALL, vals![now])
}

/// A dead one goes; whether there was such a one.
pub fn forget_dead(tx: &mut Tx<'_>, id: JobId) -> Result<u64, DbError> {
    tx.execute(&FORGET_DEAD, vals![id])
}

pub fn dead(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<DeadJob>, DbError> {
    tx.query(&DEAD, vals![limit], |row| {
        Ok(DeadJob {
            job: Job {
                id: row.get(0)?,
                name: row.get(1)?,
                subject: row.get(2)?,
                tries: row.get(3)?,
            },
            fault: row.get(4)?,
            dead_at: row.get(5)?,
        })
    })
}

/// How many jobs wait and how many are dead.
pub fn standing(tx: &mut Tx<'_>) -> Result<Standing, DbError> {
    let counted: Option<(i64, i64)> =
        tx.query_one(&STANDING, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (all, dead) = counted.unwrap_or_default();
    Ok(Standing {
        waiting: all - dead,
        dead,
    })
}
