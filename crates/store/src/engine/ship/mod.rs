//! Log shipping beside the checkpointer, on its thread: looks up how far the log goes, hands it to
//! the worker (`shipping/worker.rs`), and lets it be begun anew only when all of it is shipped or
//! read. Nothing here waits for the folder, and the writer waits only while the small rest of a
//! long log is read into memory (`anew.rs`).

mod anew;

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::gate::Gate;
use super::holds::Holds;
use super::{OpenError, spawn};
use crate::dialect::{Connection, DbError, Progress, Target};
use crate::shipping::log::{Head, Position};
use crate::shipping::worker::{Answer, Cancelled, Job, Round, Worker};
use crate::shipping::{BEHIND, ShipError, Shipping};

/// So much that is not shipped does not wait for its time.
const FRAMES_AT_ONCE: u32 = 2048;
/// A longer log is begun anew, while the writer waits at the gate.
const LOG_BYTES_MAX: u64 = 64 << 20;
/// A folder that failed is tried again after so many times [`Shipping::every`].
const RETRY: u32 = 6;
/// A log that could not be begun anew stays for so long.
const PATIENCE: SignedDuration = SignedDuration::from_secs(5);
/// Whoever has said nothing for so many times [`Shipping::every`] does not keep the log from its
/// limit.
const STALLED: u32 = 3;
/// At the end the worker has so long, in rounds of [`END_ROUND`].
const END_ROUNDS: u32 = 1_000;
const END_ROUND: Duration = Duration::from_millis(20);

#[derive(Clone)]
enum Copying {
    No,
    Since(Cancelled),
    /// The next round makes a generation of it.
    Done,
}

/// What the worker was asked for.
#[derive(PartialEq)]
enum Awaited {
    Nothing,
    /// What lies in the log; a second hold began before.
    Round,
    /// What was read of the log before it was begun anew.
    Rest,
}

pub(super) struct Shipper {
    shipping: Shipping,
    log: PathBuf,
    holds: Holds,
    jobs: Sender<Job>,
    answers: Receiver<Answer>,
    cancelled: Cancelled,
    copying: Copying,
    awaited: Awaited,
    /// Since when there is a generation to which segments are added.
    begun_at: Option<Timestamp>,
    position: Option<Position>,
    /// Everything committed before is in the folder.
    as_of: Timestamp,
    round_at: Timestamp,
    begin_at: Timestamp,
    anew_at: Timestamp,
    told_at: Timestamp,
    has_failed: bool,
    /// The disk did not keep what was copied into the database file, and nobody was told yet.
    pub(super) unsure: Option<DbError>,
    /// Whether all of the log is shipped and copied, so that its disk space may be given back.
    rests: bool,
}

impl Shipper {
    pub(super) fn start(
        shipping: &Shipping,
        target: &Target,
        (database, log): (&Path, PathBuf),
    ) -> Result<Shipper, OpenError> {
        let (jobs, to_do) = channel();
        let (done, answers) = channel();
        let worker = Worker::new(shipping.clone(), database, log.clone())?;
        spawn("store-ship".to_owned(), move || worker.serve(&to_do, &done))?;
        let now = (shipping.now)();
        Ok(Shipper {
            shipping: shipping.clone(),
            log,
            holds: Holds::open(target)?,
            jobs,
            answers,
            cancelled: Cancelled::default(),
            copying: Copying::No,
            awaited: Awaited::Nothing,
            begun_at: None,
            position: None,
            as_of: now,
            round_at: now,
            begin_at: now,
            anew_at: now,
            told_at: now,
            has_failed: false,
            unsure: None,
            rests: false,
        })
    }

    /// Whether the log is ours to begin anew.
    pub(super) fn holds(&self) -> bool {
        self.holds.is_held()
    }

    pub(super) fn rests(&self) -> bool {
        self.rests || !self.holds()
    }

    /// Somebody has written.
    pub(super) fn wakes(&mut self) {
        self.rests = false;
    }

    /// What is due.
    pub(super) fn tick(&mut self, connection: &mut Connection, gate: &Gate) {
        while let Ok(answer) = self.answers.try_recv() {
            self.take(answer, connection, gate);
        }
        let now = (self.shipping.now)();
        self.tell(now);
        let is_too_long = self.log_bytes() > self.shipping.log_bytes_max;
        if is_too_long && self.holds() && self.is_past(self.as_of, STALLED, now) {
            self.give_up(now);
        }
        if self.awaited == Awaited::Nothing {
            self.begin_when_due(now);
            self.round_when_due(now, connection);
        }
    }

    fn is_past(&self, since: Timestamp, times: u32, now: Timestamp) -> bool {
        since.duration_until(now).unsigned_abs() > self.shipping.every * times
    }

    fn begin_when_due(&mut self, now: Timestamp) {
        let is_old =
            |at: Timestamp| at.duration_until(now).unsigned_abs() > self.shipping.base_every;
        let is_due = self.begun_at.is_none_or(is_old) && now >= self.begin_at;
        if !is_due || !matches!(self.copying, Copying::No) {
            return;
        }
        if !self.holds() {
            self.cancelled = Cancelled::default();
            self.rests = false;
        }
        if let Err(error) = self.holds.hold() {
            tracing::warn!(%error, "the log cannot be held for shipping");
            self.begin_at = now + self.shipping.every * RETRY;
            return;
        }
        let cancelled = Cancelled::default();
        self.copying = Copying::Since(cancelled.clone());
        self.send(Job::Begin(now, cancelled));
    }

    fn round_when_due(&mut self, now: Timestamp, connection: &mut Connection) {
        let has_generation = self.begun_at.is_some() || matches!(self.copying, Copying::Done);
        if !has_generation || !self.holds() {
            return;
        }
        let is_time = self.round_at.duration_until(now).unsigned_abs() >= self.shipping.every;
        if is_time || matches!(self.copying, Copying::Done) && !self.has_failed {
            self.round(now, connection);
        } else if !self.has_failed
            && let Some((_, frames)) = self.looked_up(connection)
            && frames >= self.position.map_or(0, |at| at.frames) + FRAMES_AT_ONCE
        {
            self.round(now, connection);
        }
    }

    fn round(&mut self, now: Timestamp, connection: &mut Connection) {
        if let Err(error) = self.holds.begin_next() {
            tracing::debug!(%error, "the shipping has to wait");
            return;
        }
        let Some((head, until)) = self.looked_up(connection) else {
            return self.holds.drop_next();
        };
        self.round_at = now;
        self.awaited = Awaited::Round;
        self.send(Job::Round(Round {
            at: now,
            head,
            until,
            rest: None,
            cancelled: self.cancelled.clone(),
        }));
    }

    /// How the log begins and how many of its frames are committed; None when it was begun anew
    /// just now.
    fn looked_up(&mut self, connection: &mut Connection) -> Option<(Option<Head>, u32)> {
        let before = Head::read(&self.log).ok()?;
        let progress = self.checkpoint(connection)?;
        let after = Head::read(&self.log).ok()?;
        (before == after).then_some((after, progress.frames))
    }

    fn checkpoint(&mut self, connection: &mut Connection) -> Option<Progress> {
        match connection.checkpoint_some() {
            Ok(progress) => progress,
            Err(error) => {
                self.note(error);
                None
            }
        }
    }

    /// A checkpoint that finds somebody in its way comes again later.
    fn note(&mut self, error: DbError) {
        tracing::debug!(%error, "a checkpoint has to wait");
        if matches!(error, DbError::Unsure { .. }) {
            self.unsure = Some(error);
        }
    }

    fn send(&mut self, job: Job) {
        if self.jobs.send(job).is_err() {
            tracing::error!("the thread of the log shipping has ended");
        }
    }

    fn take(&mut self, answer: Answer, connection: &mut Connection, gate: &Gate) {
        let now = (self.shipping.now)();
        let is_given_up = self.cancelled.load(Ordering::SeqCst);
        match answer {
            Answer::Copied => self.copying = Copying::Done,
            Answer::NotCopied(error) => {
                self.warn(&error);
                self.copying = Copying::No;
                self.begin_at = now + self.shipping.every * RETRY;
                if self.begun_at.is_none() {
                    self.holds.release();
                }
            }
            Answer::Shipped { .. } | Answer::NotShipped(_) if is_given_up => {
                self.awaited = Awaited::Nothing;
            }
            Answer::Shipped {
                at,
                position,
                is_first,
            } => {
                if is_first {
                    self.copying = Copying::No;
                    self.begun_at = Some(at);
                }
                if std::mem::take(&mut self.has_failed) {
                    tracing::info!("log shipping goes on");
                }
                (self.as_of, self.position) = (at, position);
                self.shipped(connection, gate);
            }
            Answer::NotShipped(error) => {
                self.warn(&error);
                if std::mem::replace(&mut self.awaited, Awaited::Nothing) == Awaited::Round {
                    self.holds.drop_next();
                }
                if matches!(error, ShipError::Gap | ShipError::GivenUp) {
                    self.end_generation(now);
                }
            }
        }
    }

    fn warn(&mut self, error: &ShipError) {
        if !std::mem::replace(&mut self.has_failed, true) {
            tracing::warn!(%error, "log shipping failed and is tried again");
        }
    }

    /// A new one is begun: at once, but not again and again.
    fn end_generation(&mut self, now: Timestamp) {
        let is_long_ago = self.begun_at.is_some_and(|at| self.is_past(at, RETRY, now));
        let later = now + self.shipping.every * RETRY;
        self.begin_at = if is_long_ago { now } else { later };
        (self.begun_at, self.position) = (None, None);
        self.copying = Copying::No;
        self.holds.release();
    }

    /// The log is too long: the house needs its disk more than the folder needs the log.
    fn give_up(&mut self, now: Timestamp) {
        tracing::error!("log shipping is given up until its folder works: the log is too long");
        self.cancelled.store(true, Ordering::SeqCst);
        if let Copying::Since(cancelled) = &self.copying {
            cancelled.store(true, Ordering::SeqCst);
        }
        let copying = self.copying.clone();
        self.end_generation(now);
        self.begin_at = now + self.shipping.every * RETRY;
        // It says so itself that it stops.
        if let Copying::Since(_) = copying {
            self.copying = copying;
        }
    }

    /// What the log held is in the folder: it may go on to the database file.
    fn shipped(&mut self, connection: &mut Connection, gate: &Gate) {
        let awaited = std::mem::replace(&mut self.awaited, Awaited::Nothing);
        if awaited == Awaited::Rest {
            return;
        }
        // A base that is being copied needs the log from its beginning.
        if !matches!(self.copying, Copying::No) {
            return self.holds.drop_next();
        }
        self.holds.take_next();
        let progress = self.checkpoint(connection);
        let is_through = progress.is_some_and(|at| at.frames == at.done);
        self.rests = is_through && self.hold_end();
        let now = (self.shipping.now)();
        if self.log_bytes() > LOG_BYTES_MAX && now >= self.anew_at {
            let is_anew = self.begin_anew(now, connection, gate);
            self.anew_at = if is_anew { now } else { now + PATIENCE };
        }
    }

    fn log_bytes(&self) -> u64 {
        std::fs::metadata(&self.log).map_or(0, |about| about.len())
    }

    fn tell(&mut self, now: Timestamp) {
        let is_behind = |since: Timestamp| since.duration_until(now).unsigned_abs() > BEHIND;
        if is_behind(self.as_of) && is_behind(self.told_at) {
            self.told_at = now;
            tracing::error!(as_of = %self.as_of, "log shipping is behind");
        }
    }

    /// Nobody writes any more: ships the rest first, unless the folder keeps us waiting.
    /// What the disk said of the database file, if it did not keep it.
    pub(super) fn finish(mut self, connection: &mut Connection, gate: &Gate) -> Option<DbError> {
        let mut is_last_asked = false;
        for _ in 0..END_ROUNDS {
            let has_generation = self.begun_at.is_some();
            match (&self.awaited, &self.copying) {
                (Awaited::Nothing, _) if is_last_asked => break,
                (Awaited::Nothing, Copying::No) if !has_generation => break,
                (Awaited::Nothing, Copying::Since(_)) if !has_generation => {}
                (Awaited::Nothing, _) => {
                    self.round((self.shipping.now)(), connection);
                    is_last_asked = self.awaited != Awaited::Nothing;
                }
                (Awaited::Round | Awaited::Rest, _) => {}
            }
            if let Ok(answer) = self.answers.recv_timeout(END_ROUND) {
                self.take(answer, connection, gate);
            }
        }
        let is_whole = is_last_asked && self.awaited == Awaited::Nothing && !self.has_failed;
        if !is_whole {
            tracing::error!(as_of = %self.as_of, "the last of the log is not shipped");
        }
        self.holds.release();
        self.unsure
    }
}
