//! The checkpointer of SQLite: moves the write-ahead log into the database
//! file beside the writer, so that no commit waits for it.
//!
//! When the disk does not say that it kept the database file, the log is all that is sure: which
//! pages of the file were lost nobody knows, and asked once more the disk may say yes without
//! having them. SQLite copies no frame twice while anybody has the database open. So the log is
//! held as it is, and grows, until the house is started again: then all of it is copied anew.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::gate::Gate;
use super::ship::Shipper;
use crate::dialect::{Checkpoint, Connection, DbError};

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
    /// While it holds the log, it also begins it anew.
    pub(super) shipper: Option<Shipper>,
    /// Hangs up when the store closes.
    pub(super) closing: Receiver<()>,
    pub(super) trust: Trust,
}

/// Whether the database file holds what was copied into it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Trust {
    #[default]
    Full,
    /// It does not, perhaps, and the log must be held from now on.
    Lost,
    /// The log is held.
    Held,
}

impl Checkpointer {
    pub(super) fn serve(mut self) {
        let mut seen = 0;
        let mut quiet_rounds = 0;
        let mut patience = 0;
        while self.closing.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
            if self.trust != Trust::Full {
                self.hold_log();
                continue;
            }
            if let Some(shipper) = &mut self.shipper {
                shipper.tick(&mut self.connection, &self.gate);
                if let Some(error) = shipper.unsure.take() {
                    self.distrust(&error);
                    continue;
                }
            }
            let is_held = self.shipper.as_ref().is_some_and(Shipper::holds);
            let commits = self.commits.load(Ordering::Relaxed);
            if commits != seen {
                seen = commits;
                quiet_rounds = 0;
                self.shipper.iter_mut().for_each(Shipper::wakes);
                self.checkpoint(Checkpoint::Passive);
                patience = u32::saturating_sub(patience, 1);
                let is_long = !is_held && self.log_bytes() > LOG_BYTES_MAX;
                if patience == 0 && is_long && !self.begin_anew() {
                    patience = PATIENCE_ROUNDS;
                }
            } else if quiet_rounds + 1 < QUIET_ROUNDS || self.may_rest(quiet_rounds) {
                quiet_rounds += 1;
                if quiet_rounds == QUIET_ROUNDS && self.log_bytes() > 0 {
                    // On a disk that is full, nobody commits until this gets through.
                    if !self.checkpoint(Checkpoint::Truncate) {
                        quiet_rounds = 0;
                    }
                    self.refresh_statistics();
                }
            }
        }
        if let Some(shipper) = self.shipper.take()
            && let Some(error) = shipper.finish(&mut self.connection, &self.gate)
        {
            self.distrust(&error);
        }
        self.checkpoint(Checkpoint::Truncate);
        if self.trust != Trust::Full {
            self.hold_log();
        }
    }

    fn distrust(&mut self, error: &DbError) {
        tracing::error!(
            %error,
            "the disk does not keep the database; its log is held until the next start"
        );
        self.trust = Trust::Lost;
        self.hold_log();
    }

    fn hold_log(&mut self) {
        if self.trust == Trust::Held {
            return;
        }
        match self.connection.hold_log() {
            Ok(()) => self.trust = Trust::Held,
            Err(error) => tracing::warn!(%error, "the log cannot be held yet"),
        }
    }

    /// Whether the space may be given back now: once, and when all is shipped.
    fn may_rest(&self, quiet_rounds: u32) -> bool {
        quiet_rounds < QUIET_ROUNDS && self.shipper.as_ref().is_none_or(Shipper::rests)
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
        if self.trust != Trust::Full {
            return false;
        }
        let outcome = self.connection.checkpoint(how);
        self.is_through(outcome, how)
    }

    fn is_through(&mut self, outcome: Result<bool, DbError>, how: Checkpoint) -> bool {
        match outcome {
            Ok(is_through) => is_through,
            Err(error @ DbError::Unsure { .. }) => {
                self.distrust(&error);
                false
            }
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

#[cfg(test)]
#[path = "checkpoint_tests.rs"]
mod tests;
