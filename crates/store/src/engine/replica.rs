//! Reading from a replica of PostgreSQL: whoever only looks is answered by it when it has come as
//! far as they know, and is never more than some seconds behind. Whatever it cannot answer goes
//! to the readers of the database that is written to.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::queue::Queue;
use super::reader::NO_WRITER;
use super::task::{Read, Reads};
use super::{Loss, OpenError, spawn};
use crate::archives::Shelf;
use crate::dialect::{Connection, DbError, Purpose, Target, Tx};

/// Somebody looks so often how far the log is, …
const LOOKS: Duration = Duration::from_secs(1);
/// … and what was written before the first of so many looks is seen by everybody: nobody misses
/// what is older than four seconds.
const LOOKS_KEPT: usize = 4;

/// What is to be read, and how far the replica must have come for it.
type Asked = (u64, Box<dyn Read>);

pub(super) struct Replica {
    queue: Arc<Queue<Asked>>,
    floor: Arc<Floor>,
}

/// A thread that ends when what it is held by is dropped.
pub(super) type Held = (Sender<()>, JoinHandle<()>);

/// The threads of it.
pub(super) struct Threads {
    pub(super) readers: Vec<JoinHandle<()>>,
    pub(super) watchers: [Held; 2],
}

impl Replica {
    /// Readers of the replica at `target`, somebody who looks how far the log of `primary` is, and
    /// somebody who looks whether a replica that was away is back.
    pub(super) fn start(
        target: &Target,
        primary: &Target,
        (readers, length_max): (usize, usize),
        (reads, shelf): (&Reads, &Arc<Shelf>),
    ) -> Result<(Replica, Threads), OpenError> {
        let queue = Arc::new(Queue::new(length_max));
        let (floor, answers) = (Arc::new(Floor::default()), Arc::new(AtomicBool::new(false)));
        let reader = |number| {
            let reader = Reader {
                target: target.clone(),
                connection: None,
                answers: Arc::clone(&answers),
                queue: Arc::clone(&queue),
                reads: Arc::clone(reads),
                shelf: Arc::clone(shelf),
            };
            spawn(format!("store-replica-{number}"), move || reader.serve())
        };
        let readers = (0..readers).map(reader).collect::<Result<_, _>>()?;
        let mut log = Looked::at(primary);
        let kept = Arc::clone(&floor);
        let log = watch("store-log", move || {
            if let Some(position) = log.position() {
                kept.note(position);
            }
        })?;
        let mut back = Looked::at(target);
        let back = watch("store-replica", move || {
            if !answers.load(Ordering::Relaxed) && back.position().is_some() {
                answers.store(true, Ordering::Relaxed);
            }
        })?;
        let watchers = [log, back];
        Ok((Replica { queue, floor }, Threads { readers, watchers }))
    }

    /// Gives it back when the replica has enough to do.
    pub(super) fn offer(&self, known: u64, read: Box<dyn Read>) -> Result<(), Box<dyn Read>> {
        let Some(floor) = self.floor.get() else {
            return Err(read);
        };
        let offered = self.queue.offer((known.max(floor), read));
        offered.map_err(|(_, read)| read)
    }

    pub(super) fn close(&self) {
        self.queue.close();
    }
}

struct Reader {
    target: Target,
    connection: Option<Connection>,
    /// False while it is left alone, because it could not be reached.
    answers: Arc<AtomicBool>,
    queue: Arc<Queue<Asked>>,
    /// Where that goes which the replica cannot answer.
    reads: Reads,
    shelf: Arc<Shelf>,
}

impl Reader {
    fn serve(mut self) {
        while let Some(asked) = self.queue.take(1) {
            for (known, read) in asked {
                self.answer(known, read);
            }
        }
    }

    fn answer(&mut self, known: u64, read: Box<dyn Read>) {
        if read.is_forsaken() {
            return;
        }
        let shelf = Arc::clone(&self.shelf);
        let Some(connection) = self.begun(known) else {
            if let Err(read) = self.reads.offer(read) {
                read.fail(Loss::Connection);
            }
            return;
        };
        read.run(&mut Tx::new(connection, NO_WRITER).beside(&shelf));
        if let Err(error) = connection.rollback() {
            tracing::warn!(%error, "a reader of the replica could not end its transaction");
            self.connection = None;
        }
    }

    /// A transaction on the replica that sees all of this; none when it has not come so far, or
    /// cannot be reached.
    fn begun(&mut self, known: u64) -> Option<&mut Connection> {
        if !self.answers.load(Ordering::Relaxed) {
            return None;
        }
        match self.begin(known) {
            Ok(true) => self.connection.as_mut(),
            Ok(false) => None,
            Err(error) => {
                tracing::warn!(%error, "the replica cannot be read from");
                self.connection = None;
                self.answers.store(false, Ordering::Relaxed);
                None
            }
        }
    }

    fn begin(&mut self, known: u64) -> Result<bool, DbError> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            empty => empty.insert(Connection::open(&self.target, Purpose::Read)?),
        };
        // First how far it is, and then what it sees: that is at least as much.
        if connection.log_position()? < known {
            return Ok(false);
        }
        connection.begin(Purpose::Read).map(|()| true)
    }
}

/// How far the log was at each of the last looks.
#[derive(Default)]
struct Floor(Mutex<VecDeque<u64>>);

impl Floor {
    /// Unknown until there were enough looks.
    fn get(&self) -> Option<u64> {
        let looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let first = looks.front().copied();
        first.filter(|_| looks.len() == LOOKS_KEPT)
    }

    fn note(&self, position: u64) {
        let mut looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looks.push_back(position);
        if looks.len() > LOOKS_KEPT {
            looks.pop_front();
        }
    }
}

/// A server that is asked how far its log is.
struct Looked {
    target: Target,
    connection: Option<Connection>,
}

impl Looked {
    fn at(target: &Target) -> Looked {
        Looked {
            target: target.clone(),
            connection: None,
        }
    }

    fn position(&mut self) -> Option<u64> {
        match self.ask() {
            Ok(position) => Some(position),
            Err(error) => {
                tracing::warn!(%error, "how far a log is cannot be looked up");
                self.connection = None;
                None
            }
        }
    }

    fn ask(&mut self) -> Result<u64, DbError> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            empty => empty.insert(Connection::open(&self.target, Purpose::Read)?),
        };
        connection.log_position()
    }
}

fn watch(name: &str, mut look: impl FnMut() + Send + 'static) -> std::io::Result<Held> {
    let (hold, closing) = channel::<()>();
    let looks = move || loop {
        look();
        if closing.recv_timeout(LOOKS) == Err(RecvTimeoutError::Disconnected) {
            return;
        }
    };
    Ok((hold, spawn(name.to_owned(), looks)?))
}
