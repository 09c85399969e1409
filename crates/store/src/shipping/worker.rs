//! Whoever writes into the folder, on a thread of its own: it may be far away, slow, full or gone,
//! and nobody but this thread waits for it.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::mem::ManuallyDrop;
use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError};

use huiyin_domain::planted::{self, Fault};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::attachments::Attachments;
use super::folder::{self, Format, GONE, Generation, MANIFEST, Manifest, begun, json, named, put};
use super::log::{self, Batch, Head, Position};
use super::{ShipError, Shipping, hex};

/// So much of the log is one segment, unless one transaction is longer.
const SEGMENT_BYTES: usize = 8 << 20;
/// So much of the base is copied before the next look at what else is to be done.
const CHUNK_BYTES: u64 = 16 << 20;
/// The newest generation, and the one before it.
const GENERATIONS_KEPT: usize = 2;

/// Set once, when the log may go on without us: nothing that was read afterwards counts.
pub(crate) type Cancelled = Arc<AtomicBool>;

pub(crate) enum Job {
    /// Copy the database file: a new generation. The log is not begun anew meanwhile.
    Begin(Timestamp, Cancelled),
    Round(Round),
}

/// Ship what is in the log.
pub(crate) struct Round {
    /// When it was looked up how far the log goes.
    pub at: Timestamp,
    pub head: Option<Head>,
    /// Committed are so many frames.
    pub until: u32,
    /// What was read already, because the log was about to be begun anew.
    pub rest: Option<Batch>,
    pub cancelled: Cancelled,
}

pub(crate) enum Answer {
    /// The database file is copied: the next round makes a generation of it.
    Copied,
    NotCopied(ShipError),
    Shipped {
        at: Timestamp,
        position: Option<Position>,
        /// Whether a generation was completed by it.
        is_first: bool,
    },
    NotShipped(ShipError),
}

pub(crate) struct Worker {
    shipping: Shipping,
    /// Never closed: whoever closes a file of a database takes away every lock that the process
    /// has on it, and SQLite knows nothing of that.
    database: ManuallyDrop<File>,
    log: PathBuf,
    attachments: Option<Attachments>,
    current: Option<Generation>,
    position: Option<Position>,
    /// Read and not written yet.
    rest: Option<Batch>,
    coming: Option<Coming>,
    rounds: u32,
}

/// A generation whose base is being copied.
struct Coming {
    generation: Generation,
    begun_at: Timestamp,
    copy: File,
    sum: Sha256,
    bytes: u64,
    is_copied: bool,
    cancelled: Cancelled,
}

impl Worker {
    pub(crate) fn new(
        shipping: Shipping,
        database: &std::path::Path,
        log: PathBuf,
    ) -> io::Result<Worker> {
        let files = shipping.files.clone();
        Ok(Worker {
            database: ManuallyDrop::new(File::open(database)?),
            log,
            attachments: files.map(|files| Attachments::new(files, &shipping.folder)),
            shipping,
            current: None,
            position: None,
            rest: None,
            coming: None,
            rounds: 0,
        })
    }

    /// Until nobody has a job any more.
    pub(crate) fn serve(mut self, jobs: &Receiver<Job>, answers: &Sender<Answer>) {
        loop {
            let is_copying = self.coming.as_ref().is_some_and(|coming| !coming.is_copied);
            let job = match is_copying {
                false => jobs.recv().map_err(|_| TryRecvError::Disconnected),
                true => jobs.try_recv(),
            };
            let answer = match job {
                Ok(Job::Begin(at, cancelled)) => match self.begin(at, cancelled) {
                    Ok(()) => None,
                    Err(error) => Some(Answer::NotCopied(error)),
                },
                Ok(Job::Round(round)) => Some(self.answer(round)),
                Err(TryRecvError::Empty) => self.copy_on(),
                Err(TryRecvError::Disconnected) => return,
            };
            if answer.is_some_and(|answer| answers.send(answer).is_err()) {
                return;
            }
        }
    }

    fn begin(&mut self, begun_at: Timestamp, cancelled: Cancelled) -> Result<(), ShipError> {
        let all = &self.shipping.folder;
        let fail = || ShipError::of(all);
        let newest = folder::generations(all).map_err(fail())?;
        let number = newest.last().map_or(1, |(number, _)| number + 1);
        let folder = all.join(format!("{number:06}"));
        fs::create_dir(&folder).map_err(ShipError::of(&folder))?;
        File::open(all)
            .and_then(|all| all.sync_all())
            .map_err(fail())?;
        let copy = begun(&folder, folder::BASE);
        self.coming = Some(Coming {
            copy: folder::private(&copy).map_err(ShipError::of(&copy))?,
            generation: Generation {
                number,
                folder,
                segments: 0,
                last: String::new(),
            },
            begun_at,
            sum: Sha256::new(),
            bytes: 0,
            is_copied: false,
            cancelled,
        });
        Ok(())
    }

    /// A piece more of the base.
    fn copy_on(&mut self) -> Option<Answer> {
        let coming = self.coming.as_mut()?;
        match coming.copy_some(&self.database) {
            Ok(false) => None,
            Ok(true) => {
                coming.is_copied = true;
                Some(Answer::Copied)
            }
            Err(error) => {
                self.drop_coming();
                Some(Answer::NotCopied(error))
            }
        }
    }

    fn drop_coming(&mut self) {
        if let Some(coming) = self.coming.take() {
            // What is left of it has no manifest, and goes with the next that is whole.
            drop(fs::remove_dir_all(&coming.generation.folder));
        }
    }

    fn answer(&mut self, round: Round) -> Answer {
        let at = round.at;
        match self.round(round) {
            Ok(is_first) => Answer::Shipped {
                at,
                position: self.position,
                is_first,
            },
            Err(error) => {
                if matches!(error, ShipError::Gap | ShipError::GivenUp) {
                    self.current = None;
                    self.drop_coming();
                    (self.position, self.rest) = (None, None);
                }
                Answer::NotShipped(error)
            }
        }
    }

    /// Whether it made a generation whole.
    fn round(&mut self, mut round: Round) -> Result<bool, ShipError> {
        self.rounds += 1;
        if self.rounds > 3 && planted::is(Fault::ShippingStops) {
            return Ok(false);
        }
        if round.rest.is_some() {
            self.rest = round.rest.take();
        }
        if self.coming.as_ref().is_some_and(|coming| coming.is_copied) {
            return self.first_round(&round);
        }
        let Some(mut current) = self.current.take() else {
            return Err(ShipError::Gap);
        };
        let shipped = self.ship(&mut current, &round);
        self.current = Some(current);
        shipped.map(|()| false)
    }

    /// The log from its beginning makes of a copied file the database of one moment.
    fn first_round(&mut self, round: &Round) -> Result<bool, ShipError> {
        let mut coming = self.coming.take().ok_or(ShipError::Gap)?;
        // When this is tried again, it goes on where it stopped.
        if coming.generation.segments == 0 {
            (self.position, self.rest, self.current) = (None, None, None);
        }
        let made = self
            .ship(&mut coming.generation, round)
            .and_then(|()| self.finish(&coming));
        match made {
            Ok(()) => {
                self.current = Some(coming.generation);
                Ok(true)
            }
            Err(error) => {
                self.coming = Some(coming);
                Err(error)
            }
        }
    }

    fn finish(&self, coming: &Coming) -> Result<(), ShipError> {
        let generation = &coming.generation;
        let manifest = json(&Manifest {
            format: Format::One,
            generation: generation.number,
            begun_at: coming.begun_at,
            base_bytes: coming.bytes,
            base_sum: coming.base_sum(),
            segments: generation.segments,
        });
        self.note_gone(generation)?;
        put(&generation.folder, MANIFEST, &[&manifest])?;
        self.tidy(generation.number)
    }

    /// Files that are gone at home: they are written down now, and go out of the copy when the
    /// next generation writes down its own. Whatever is kept until then may still name them.
    fn note_gone(&self, generation: &Generation) -> Result<(), ShipError> {
        let Some(attachments) = &self.attachments else {
            return Ok(());
        };
        let before = folder::generations(&self.shipping.folder);
        let before = before.map_err(ShipError::of(&self.shipping.folder))?;
        let before = before.iter().rev();
        let mut before =
            before.filter(|(number, path)| *number < generation.number && folder::is_whole(path));
        if let Some((_, path)) = before.next() {
            let listed = fs::read_to_string(path.join(GONE)).unwrap_or_default();
            attachments.forget(&listed.lines().collect::<Vec<_>>())?;
        }
        let gone = attachments.gone()?.join("\n");
        put(&generation.folder, GONE, &[gone.as_bytes()])
    }

    /// Removes what is older than the generation before this one, and what never became one.
    fn tidy(&self, newest: u64) -> Result<(), ShipError> {
        let all = &self.shipping.folder;
        let mut kept = 0;
        for (number, path) in folder::generations(all)
            .map_err(ShipError::of(all))?
            .iter()
            .rev()
        {
            if *number <= newest && folder::is_whole(path) && kept < GENERATIONS_KEPT {
                kept += 1;
            } else if *number < newest {
                // The manifest first: half of a generation is none.
                let manifest = path.join(MANIFEST);
                match fs::remove_file(&manifest) {
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    removed => removed.map_err(ShipError::of(&manifest))?,
                }
                fs::remove_dir_all(path).map_err(ShipError::of(path))?;
            }
        }
        Ok(())
    }

    fn ship(&mut self, generation: &mut Generation, round: &Round) -> Result<(), ShipError> {
        while let Some(batch) = self.next(round)? {
            // The frames are fixed: the files that they name were put before them.
            let shipped = self.ship_files();
            if let Err(error) = shipped.and_then(|()| generation.put_segment(&batch, round.at)) {
                self.rest = Some(batch);
                return Err(error);
            }
            self.position = Some(batch.end);
        }
        self.ship_files()?;
        generation.put_as_of(round.at)
    }

    fn ship_files(&mut self) -> Result<(), ShipError> {
        match &mut self.attachments {
            Some(attachments) => attachments.ship((self.shipping.now)()),
            None => Ok(()),
        }
    }

    /// What is to be shipped next, if anything.
    fn next(&mut self, round: &Round) -> Result<Option<Batch>, ShipError> {
        if let Some(rest) = self.rest.take() {
            return Ok(Some(rest));
        }
        let Some(head) = round.head.filter(|_| round.until > 0) else {
            return Ok(None);
        };
        let from = Position::on(self.position, head).ok_or(ShipError::Gap)?;
        if from.frames >= round.until {
            // Fewer than were shipped already: that was another log.
            return if from.frames == round.until {
                Ok(None)
            } else {
                Err(ShipError::Gap)
            };
        }
        let log = File::open(&self.log).map_err(ShipError::Log)?;
        let batch = log::read(&log, from, round.until, SEGMENT_BYTES).map_err(ShipError::Log)?;
        if round.cancelled.load(Ordering::SeqCst) {
            return Err(ShipError::GivenUp);
        }
        batch.map(Some).ok_or(ShipError::Gap)
    }
}

impl Coming {
    /// Whether that was the last piece.
    fn copy_some(&mut self, database: &File) -> Result<bool, ShipError> {
        let from = self.bytes;
        let mut piece = Vec::new();
        let mut read = At(database, from).take(CHUNK_BYTES);
        read.read_to_end(&mut piece).map_err(ShipError::Log)?;
        if self.cancelled.load(Ordering::SeqCst) {
            return Err(ShipError::GivenUp);
        }
        let base = begun(&self.generation.folder, folder::BASE);
        self.copy.write_all(&piece).map_err(ShipError::of(&base))?;
        // Not all of it at the end, when others wait.
        self.copy.sync_data().map_err(ShipError::of(&base))?;
        self.sum.update(&piece);
        self.bytes += piece.len() as u64;
        if piece.is_empty() {
            named(&self.copy, &self.generation.folder, folder::BASE)?;
            self.generation.last = self.base_sum();
        }
        Ok(piece.is_empty())
    }

    fn base_sum(&self) -> String {
        hex(&self.sum.clone().finalize())
    }
}

/// A file from some place on, without moving what others read of it.
struct At<'f>(&'f File, u64);

impl io::Read for At<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read_at(into, self.1)?;
        self.1 += read as u64;
        Ok(read)
    }
}
