//! One waiting operation: the closure, its result, and who waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use std::sync::Arc;

use tokio::sync::oneshot;

use super::queue::Queue;
use super::{Horizon, Loss, ReadError, Ticket, WriteError};
use crate::dialect::{DbError, Tx};

/// How running an operation ended, as far as the engine needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ran {
    Done,
    Refused,
    Panicked,
}

/// What became of an operation's transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Committed, or refused without a trace: the operation's own word counts.
    Settled,
    Busy,
    NotStored(Loss),
}

pub(super) trait Write: Send {
    /// What is written under the same one is written one after the other.
    fn key(&self) -> i64;
    /// May be called again after a rollback.
    fn run(&mut self, tx: &mut Tx<'_>) -> Ran;
    /// All that was committed lies before this place of the log.
    fn is_before(&self, position: u64);
    fn answer(self: Box<Self>, fate: Fate);
}

pub(super) trait Read: Send {
    /// Nobody waits for the answer any more.
    fn is_forsaken(&self) -> bool;
    fn run(self: Box<Self>, tx: &mut Tx<'_>);
    fn fail(self: Box<Self>, loss: Loss);
}

/// Reads that wait for a reader.
pub(super) type Reads = Arc<Queue<Box<dyn Read>>>;

pub(super) struct WriteTask<F, T, E> {
    key: i64,
    op: F,
    result: Option<Outcome<T, E>>,
    ticket: Option<Arc<Ticket>>,
    /// Of whoever asked for it.
    horizon: Option<Arc<Horizon>>,
    reply: oneshot::Sender<Result<T, WriteError<E>>>,
}

/// What an operation said when it ran last.
enum Outcome<T, E> {
    Own(Result<T, E>),
    /// Its ticket was kept before, and it did not run.
    Repeated,
}

impl<F, T, E> WriteTask<F, T, E>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E>,
{
    pub(super) fn new(
        key: i64,
        op: F,
        ticket: Option<Arc<Ticket>>,
        reply: oneshot::Sender<Result<T, WriteError<E>>>,
    ) -> Self {
        Self {
            key,
            op,
            result: None,
            ticket,
            horizon: Horizon::held(),
            reply,
        }
    }

    /// The operation with its ticket; an error of the ticket is the database's, which has
    /// noted it.
    fn attempt(&mut self, tx: &mut Tx<'_>) -> Result<Outcome<T, E>, DbError> {
        let Some(ticket) = &self.ticket else {
            return Ok(Outcome::Own((self.op)(tx)));
        };
        if ticket.is_kept(tx)? {
            return Ok(Outcome::Repeated);
        }
        let result = (self.op)(tx);
        if result.is_ok() {
            match ticket.keep(tx) {
                // Another process has done it meanwhile; what was written here is undone.
                Err(DbError::Unique { .. }) => return Ok(Outcome::Repeated),
                kept => kept?,
            }
        }
        Ok(Outcome::Own(result))
    }
}

impl<F, T, E> Write for WriteTask<F, T, E>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: Send,
{
    fn key(&self) -> i64 {
        self.key
    }

    fn run(&mut self, tx: &mut Tx<'_>) -> Ran {
        self.result = None;
        match catch_unwind(AssertUnwindSafe(|| self.attempt(tx))) {
            Ok(Ok(outcome)) => {
                let ran = match &outcome {
                    Outcome::Own(Ok(_)) => Ran::Done,
                    Outcome::Own(Err(_)) | Outcome::Repeated => Ran::Refused,
                };
                self.result = Some(outcome);
                ran
            }
            Ok(Err(_)) => Ran::Done,
            Err(_) => Ran::Panicked,
        }
    }

    fn is_before(&self, position: u64) {
        if let Some(horizon) = &self.horizon {
            horizon.raise(position);
        }
    }

    fn answer(self: Box<Self>, fate: Fate) {
        let answer = match (fate, self.result) {
            (Fate::Settled, Some(Outcome::Own(Ok(value)))) => Ok(value),
            (Fate::Settled, Some(Outcome::Own(Err(refusal)))) => Err(WriteError::Refused(refusal)),
            (Fate::Settled, Some(Outcome::Repeated)) => Err(WriteError::Repeated),
            (Fate::Settled, None) => Err(WriteError::NotStored(Loss::Panicked)),
            (Fate::Busy, _) => Err(WriteError::Busy),
            (Fate::NotStored(loss), _) => Err(WriteError::NotStored(loss)),
        };
        if let Some(ticket) = &self.ticket {
            match &answer {
                Ok(_) => ticket.is_applied(),
                Err(WriteError::Repeated) => ticket.is_repeated(),
                Err(_) => {}
            }
        }
        // Whoever asked may have gone; what is stored stays stored.
        drop(self.reply.send(answer));
    }
}

pub(super) struct ReadTask<F, T, E> {
    pub(super) op: F,
    pub(super) reply: oneshot::Sender<Result<T, ReadError<E>>>,
}

impl<F, T, E> Read for ReadTask<F, T, E>
where
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: Send,
{
    fn is_forsaken(&self) -> bool {
        self.reply.is_closed()
    }

    fn run(self: Box<Self>, tx: &mut Tx<'_>) {
        let Self { op, reply } = *self;
        let answer = match catch_unwind(AssertUnwindSafe(|| op(tx))) {
            Ok(result) => result.map_err(ReadError::Refused),
            Err(_) => Err(ReadError::Failed(Loss::Panicked)),
        };
        drop(reply.send(answer));
    }

    fn fail(self: Box<Self>, loss: Loss) {
        drop(self.reply.send(Err(ReadError::Failed(loss))));
    }
}
