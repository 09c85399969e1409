//! One waiting operation: the closure, its result, and who waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use super::{Loss, ReadError, WriteError};
use crate::dialect::Tx;

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
    /// May be called again after a rollback.
    fn run(&mut self, tx: &mut Tx<'_>) -> Ran;
    fn answer(self: Box<Self>, fate: Fate);
}

pub(super) trait Read: Send {
    /// Nobody waits for the answer any more.
    fn is_forsaken(&self) -> bool;
    fn run(self: Box<Self>, tx: &mut Tx<'_>);
    fn fail(self: Box<Self>, loss: Loss);
}

pub(super) struct WriteTask<F, T, E> {
    pub(super) op: F,
    pub(super) result: Option<Result<T, E>>,
    pub(super) reply: oneshot::Sender<Result<T, WriteError<E>>>,
}

impl<F, T, E> Write for WriteTask<F, T, E>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Ran {
        self.result = None;
        match catch_unwind(AssertUnwindSafe(|| (self.op)(tx))) {
            Ok(result) => {
                let ran = if result.is_ok() {
                    Ran::Done
                } else {
                    Ran::Refused
                };
                self.result = Some(result);
                ran
            }
            Err(_) => Ran::Panicked,
        }
    }

    fn answer(self: Box<Self>, fate: Fate) {
        let answer = match (fate, self.result) {
            (Fate::Settled, Some(Ok(value))) => Ok(value),
            (Fate::Settled, Some(Err(refusal))) => Err(WriteError::Refused(refusal)),
            (Fate::Settled, None) => Err(WriteError::NotStored(Loss::Panicked)),
            (Fate::Busy, _) => Err(WriteError::Busy),
            (Fate::NotStored(loss), _) => Err(WriteError::NotStored(loss)),
        };
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
