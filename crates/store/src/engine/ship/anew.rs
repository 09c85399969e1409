//! How a log that is shipped is begun anew.

use std::fs::File;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::{Awaited, Shipper};
use crate::dialect::{Checkpoint, Connection};
use crate::engine::gate::Gate;
use crate::shipping::log::{self, Batch, Position};
use crate::shipping::worker::{Job, Round};

/// No more is read into memory while the writer waits.
const REST_BYTES_MAX: usize = 32 << 20;
/// Tries to copy the rest of the log while the writer waits: readers may stand in the way.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(10);

impl Shipper {
    /// Holds what there is now; when all of the log is copied, whoever writes next begins it anew.
    pub(super) fn hold_end(&mut self) -> bool {
        let begun = self.holds.begin_next().is_ok();
        if begun {
            self.holds.take_next();
        }
        begun
    }

    /// Under load the log never rests by itself: the writer waits while the rest is read.
    pub(super) fn begin_anew(
        &mut self,
        now: Timestamp,
        connection: &mut Connection,
        gate: &Gate,
    ) -> bool {
        let shut = gate.shut();
        if self.holds.begin_next_alone().is_err() {
            return false;
        }
        let Some(rest) = self.read_rest(connection) else {
            self.holds.drop_next();
            return false;
        };
        self.holds.take_next();
        let is_through = (0..TRIES).any(|number| {
            if number > 0 {
                thread::sleep(PAUSE);
            }
            let progress = self.checkpoint(connection);
            progress.is_some_and(|at| at.frames == at.done)
        });
        let is_anew = is_through && self.hold_end() && self.restart(connection);
        drop(shut);
        if let Some(rest) = rest {
            self.awaited = Awaited::Rest;
            self.send(Job::Round(Round {
                at: now,
                head: Some(rest.from.head),
                until: rest.end.frames,
                rest: Some(rest),
                cancelled: self.cancelled.clone(),
            }));
        }
        is_anew
    }

    fn restart(&mut self, connection: &mut Connection) -> bool {
        match connection.checkpoint(Checkpoint::Restart) {
            Ok(is_anew) => is_anew,
            Err(error) => {
                self.note(error);
                false
            }
        }
    }

    /// What is not shipped, while nobody writes; None when that is too much.
    fn read_rest(&mut self, connection: &mut Connection) -> Option<Option<Batch>> {
        let (head, until) = self.looked_up(connection)?;
        let from = Position::on(self.position, head?)?;
        let frames = until.checked_sub(from.frames)?;
        if frames == 0 {
            return Some(None);
        }
        if frames as usize * from.head.frame_bytes() > REST_BYTES_MAX {
            return None;
        }
        let log = File::open(&self.log).ok()?;
        log::read(&log, from, until, usize::MAX).ok()?.map(Some)
    }
}
