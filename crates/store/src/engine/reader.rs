//! A reader thread: one read-only connection, one operation at a time, each
//! in a transaction of its own so that it sees one state of the database.

use std::sync::Arc;

use super::Loss;
use super::task::{Read, Reads};
use crate::archives::Shelf;
use crate::dialect::{Connection, Purpose, Target, Tx};

/// The number of a transaction that may not write.
pub(super) const NO_WRITER: i64 = -1;

pub(super) struct Reader {
    pub(super) target: Target,
    pub(super) connection: Connection,
    pub(super) queue: Reads,
    pub(super) shelf: Arc<Shelf>,
}

impl Reader {
    pub(super) fn serve(mut self) {
        while let Some(tasks) = self.queue.take(1) {
            for task in tasks {
                self.answer(task);
            }
        }
    }

    fn answer(&mut self, task: Box<dyn Read>) {
        if task.is_forsaken() {
            return;
        }
        if !self.begin() {
            task.fail(Loss::Connection);
            return;
        }
        task.run(&mut Tx::new(&mut self.connection, NO_WRITER).beside(&self.shelf));
        // Only reads happened: rolling back is as good as committing, and
        // also clears an aborted transaction.
        if let Err(error) = self.connection.rollback() {
            tracing::warn!(%error, "a reader could not end its transaction");
        }
    }

    fn begin(&mut self) -> bool {
        let Err(error) = self.connection.begin(Purpose::Read) else {
            return true;
        };
        tracing::warn!(%error, "a reader connects again");
        match Connection::open(&self.target, Purpose::Read) {
            Ok(connection) => {
                self.connection = connection;
                self.connection.begin(Purpose::Read).is_ok()
            }
            Err(error) => {
                tracing::warn!(%error, "the database cannot be reached");
                false
            }
        }
    }
}
