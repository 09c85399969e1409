//! What keeps the log from being begun anew before it is shipped: a read transaction, held all the
//! time, and a second one that begins before the first ends.
//!
//! A checkpoint copies nothing into the database file beyond what the oldest reader sees, and a
//! writer begins the log anew only when all of it is copied and no reader looks into it. So while
//! one is held, whatever came after it stays in the log; whichever process makes a checkpoint.

use crate::dialect::{Connection, DbError, Purpose, Target};

pub(super) struct Holds {
    connections: [Connection; 2],
    /// Which of them is held.
    held: Option<usize>,
}

impl Holds {
    pub(super) fn open(target: &Target) -> Result<Holds, DbError> {
        let open = || Connection::open(target, Purpose::Checkpoint);
        Ok(Holds {
            connections: [open()?, open()?],
            held: None,
        })
    }

    pub(super) fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Begins to hold what there is now; nothing when something is held already.
    pub(super) fn hold(&mut self) -> Result<(), DbError> {
        if self.held.is_none() {
            self.connections[0].begin(Purpose::Read)?;
            self.look(0)?;
            self.held = Some(0);
        }
        Ok(())
    }

    fn other(&self) -> usize {
        1 - self.held.unwrap_or(1)
    }

    /// A transaction begins when it first reads.
    fn look(&mut self, number: usize) -> Result<(), DbError> {
        let looked = self.connections[number].batch("SELECT count(*) FROM sqlite_schema");
        if looked.is_err() {
            self.end(number);
        }
        looked
    }

    /// A second one, of what there is now, beside the first.
    pub(super) fn begin_next(&mut self) -> Result<(), DbError> {
        let next = self.other();
        self.connections[next].begin(Purpose::Read)?;
        self.look(next)
    }

    /// The same, and until [`Holds::take_next`] nobody writes.
    pub(super) fn begin_next_alone(&mut self) -> Result<(), DbError> {
        let next = self.other();
        self.connections[next].begin(Purpose::Write)
    }

    /// The second one is held from now on, and the first ends.
    pub(super) fn take_next(&mut self) {
        let next = self.other();
        if let Some(held) = self.held.replace(next) {
            self.end(held);
        }
    }

    /// The second one ends, and the first is held on.
    pub(super) fn drop_next(&mut self) {
        let next = self.other();
        self.end(next);
    }

    pub(super) fn release(&mut self) {
        self.held = None;
        self.end(0);
        self.end(1);
    }

    fn end(&mut self, number: usize) {
        if let Err(error) = self.connections[number].rollback() {
            tracing::warn!(%error, "a read transaction of the shipping does not end");
        }
    }
}
