//! A writer thread: takes what is waiting, runs it in one transaction,
//! commits once, and only then answers.
//!
//! Operations check everything before they write anything, so a refusal
//! leaves no trace and needs no savepoint. An operation that fails after its
//! first write makes the group roll back; the others run again without it,
//! and it runs alone. After a few such rounds everything runs alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use huiyin_domain::planted::{self, Fault};

use super::Loss;
use super::gate::Gate;
use super::queue::Queue;
use super::task::{Fate, Ran, Write};
use crate::archives::Shelf;
use crate::dialect::{Connection, DbError, Purpose, Target, Tx};

type Group = Vec<Box<dyn Write>>;

/// How often a group is tried again after the database asked for it.
const TRIES_MAX: u32 = 8;
/// How many spoilers are taken out of a group before all run alone.
const ROUNDS_MAX: u32 = 4;
const PAUSE: Duration = Duration::from_millis(20);

pub(super) struct Writer {
    pub(super) number: i64,
    pub(super) target: Target,
    pub(super) connection: Connection,
    pub(super) queue: Arc<Queue<Box<dyn Write>>>,
    pub(super) shelf: Arc<Shelf>,
    pub(super) group_max: usize,
    /// Counts commits, so that the checkpointer knows of something to do.
    pub(super) commits: Arc<AtomicU64>,
    /// Whether replicas answer those who know how far they must be for that.
    pub(super) has_replica: bool,
    /// Shut while the checkpointer begins the log anew.
    pub(super) gate: Arc<Gate>,
}

/// How an attempt at a group ended.
enum Attempt {
    Committed,
    /// This one must run without the others.
    Spoiled(usize, Ran),
    /// Nothing is stored, and trying again may help.
    Again(Loss),
    Failed(Fate),
}

impl Writer {
    pub(super) fn serve(mut self) {
        let mut answered = 0;
        while let Some(group) = self.queue.take_all(answered, self.group_max) {
            answered = group.len();
            self.gate.pass();
            self.settle(group);
        }
    }

    fn settle(&mut self, mut group: Group) {
        let mut alone = Vec::new();
        let mut rounds = 0;
        while !group.is_empty() {
            match self.persist(&mut group) {
                Attempt::Spoiled(position, _) if group.len() > 1 => {
                    alone.push(group.remove(position));
                    rounds += 1;
                    if rounds == ROUNDS_MAX {
                        alone.append(&mut group);
                    }
                }
                Attempt::Committed | Attempt::Spoiled(_, Ran::Refused) => {
                    answer(std::mem::take(&mut group), Fate::Settled);
                }
                Attempt::Spoiled(_, Ran::Panicked) => {
                    answer(std::mem::take(&mut group), Fate::NotStored(Loss::Panicked));
                }
                Attempt::Spoiled(_, Ran::Done) => {
                    answer(std::mem::take(&mut group), Fate::NotStored(Loss::Ignored));
                }
                Attempt::Again(loss) => {
                    answer(std::mem::take(&mut group), Fate::NotStored(loss));
                }
                Attempt::Failed(fate) => answer(std::mem::take(&mut group), fate),
            }
        }
        for task in alone {
            self.settle(vec![task]);
        }
    }

    /// Attempt, and attempt again while the database asks for it.
    fn persist(&mut self, group: &mut Group) -> Attempt {
        let mut attempt = self.attempt(group);
        for again in 1..TRIES_MAX {
            let Attempt::Again(loss) = attempt else { break };
            thread::sleep(PAUSE * again);
            if loss == Loss::Connection && !self.reconnect() {
                continue;
            }
            attempt = self.attempt(group);
        }
        attempt
    }

    fn attempt(&mut self, group: &mut Group) -> Attempt {
        let keys = group.iter().map(|task| task.key());
        if let Err(error) = self.connection.begin_to_write(keys) {
            return self.undo(&error);
        }
        for (position, task) in group.iter_mut().enumerate() {
            let mut tx = Tx::new(&mut self.connection, self.number).beside(&self.shelf);
            let ran = task.run(&mut tx);
            let wrote = tx.wrote();
            match (tx.into_failure(), ran) {
                (None, Ran::Done) => {}
                (None, Ran::Refused) if !wrote || planted::is(Fault::RefusalKept) => {}
                (Some(error), _) if is_of_the_group(&error) => return self.undo(&error),
                (_, ran) => {
                    return match self.connection.rollback() {
                        Ok(()) => Attempt::Spoiled(position, ran),
                        Err(error) => self.undo(&error),
                    };
                }
            }
        }
        if planted::is(Fault::AnsweredEarly) {
            answer(std::mem::take(group), Fate::Settled);
            thread::sleep(PAUSE * 3);
        }
        match self.connection.commit() {
            Ok(()) => {
                self.commits.fetch_add(1, Ordering::Relaxed);
                self.tell_position(group);
                Attempt::Committed
            }
            // The commit may or may not have reached the disk.
            Err(DbError::ConnectionLost { .. }) => {
                self.reconnect();
                Attempt::Failed(Fate::NotStored(Loss::Unknown))
            }
            Err(error) if planted::is(Fault::FailureIgnored) => {
                self.undo(&error);
                Attempt::Committed
            }
            Err(error) => self.undo(&error),
        }
    }

    /// Whoever wrote this reads it from replicas that have come so far; when that is not known, from
    /// none.
    fn tell_position(&mut self, group: &Group) {
        if self.has_replica {
            let position = self.connection.log_position().unwrap_or(u64::MAX);
            group.iter().for_each(|task| task.is_before(position));
        }
    }

    /// Roll back after an error that concerns the whole group.
    fn undo(&mut self, error: &DbError) -> Attempt {
        let rolled_back = self.connection.rollback();
        tracing::warn!(%error, writer = self.number, "a group of writes was rolled back");
        match error {
            DbError::Serialization { .. } => Attempt::Again(Loss::Serialization),
            DbError::Locked { .. } => Attempt::Failed(Fate::Busy),
            DbError::Full { .. } => Attempt::Failed(Fate::NotStored(Loss::Full)),
            // It is taken back here, and the next commit is written over it. Should the house end
            // before that, whoever reads the log finds it there.
            DbError::Unsure { .. } => Attempt::Failed(Fate::NotStored(Loss::Unknown)),
            _ if rolled_back.is_err() => Attempt::Again(Loss::Connection),
            DbError::ConnectionLost { .. } => Attempt::Again(Loss::Connection),
            _ => Attempt::Failed(Fate::NotStored(Loss::Database)),
        }
    }

    fn reconnect(&mut self) -> bool {
        match Connection::open(&self.target, Purpose::Write) {
            Ok(connection) => {
                self.connection = connection;
                true
            }
            Err(error) => {
                tracing::warn!(%error, writer = self.number, "the database cannot be reached");
                false
            }
        }
    }
}

/// Errors that are nobody's fault in the group.
fn is_of_the_group(error: &DbError) -> bool {
    matches!(
        error,
        DbError::Serialization { .. }
            | DbError::Locked { .. }
            | DbError::Full { .. }
            | DbError::Unsure { .. }
            | DbError::ConnectionLost { .. }
    )
}

fn answer(group: Group, fate: Fate) {
    for task in group {
        task.answer(fate);
    }
}
