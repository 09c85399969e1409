//! The checkpointer of SQLite: moves the write-ahead log into the database
//! file beside the writer, so that no commit waits for it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::gate::Gate;
use crate::dialect::{Checkpoint, Connection};

const EVERY: Duration = Duration::from_millis(200);
/// A longer log is begun anew, while the writer waits at the gate. Longer than
/// `journal_size_limit`, to which the file is cut afterwards.
const LOG_BYTES_MAX: u64 = 64 << 20;
/// Checkpoints before the gate is shut: each leaves less for the next, and
/// only what the last one leaves is what the writer waits for.
const ROUNDS_BEFORE: u32 = 3;
/// A long reader (a backup) keeps the log from being begun anew: after so many
/// rounds it is tried again.
const PATIENCE_ROUNDS: u32 = 25;
/// After so many quiet rounds the log's disk space is given back.
const QUIET_ROUNDS: u32 = 15;

pub(super) struct Checkpointer {
    pub(super) connection: Connection,
    pub(super) log: PathBuf,
    pub(super) commits: Arc<AtomicU64>,
    pub(super) gate: Arc<Gate>,
    /// Hangs up when the store closes.
    pub(super) closing: Receiver<()>,
}

impl Checkpointer {
    /// Beside the database file lies its log.
    pub(super) fn log_of(database: &Path) -> PathBuf {
        let mut log = database.as_os_str().to_owned();
        log.push("-wal");
        PathBuf::from(log)
    }

    pub(super) fn serve(mut self) {
        let mut seen = 0;
        let mut quiet_rounds = 0;
        let mut patience = 0;
        while self.closing.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
            let commits = self.commits.load(Ordering::Relaxed);
            if commits != seen {
                seen = commits;
                quiet_rounds = 0;
                self.checkpoint(Checkpoint::Passive);
                patience = u32::saturating_sub(patience, 1);
                if patience == 0 && self.log_bytes() > LOG_BYTES_MAX && !self.begin_anew() {
                    patience = PATIENCE_ROUNDS;
                }
            } else if quiet_rounds < QUIET_ROUNDS {
                quiet_rounds += 1;
                if quiet_rounds == QUIET_ROUNDS && self.log_bytes() > 0 {
                    self.checkpoint(Checkpoint::Truncate);
                    self.refresh_statistics();
                }
            }
        }
        self.checkpoint(Checkpoint::Truncate);
    }

    /// Whether the log was begun anew.
    fn begin_anew(&mut self) -> bool {
        for _ in 1..ROUNDS_BEFORE {
            self.checkpoint(Checkpoint::Passive);
        }
        let gate = Arc::clone(&self.gate);
        let _shut = gate.shut();
        self.checkpoint(Checkpoint::Restart)
    }

    fn log_bytes(&self) -> u64 {
        std::fs::metadata(&self.log).map_or(0, |about| about.len())
    }

    /// A checkpoint that finds somebody in its way comes again later.
    fn checkpoint(&mut self, how: Checkpoint) -> bool {
        match self.connection.checkpoint(how) {
            Ok(is_through) => is_through,
            Err(error) => {
                tracing::debug!(%error, ?how, "a checkpoint has to wait");
                false
            }
        }
    }

    fn refresh_statistics(&mut self) {
        if let Err(error) = self.connection.refresh_statistics() {
            tracing::debug!(%error, "the statistics have to wait");
        }
    }
}
