//! The engine: threads that own the connections, queues before them, and the
//! [`Store`] that everybody else holds.
//!
//! A write is answered only when it is durable. Groups, refusals, retries:
//! see `writer.rs`. Reads see one state of the database each: `reader.rs`.

mod checkpoint;
mod errors;
mod gate;
mod holds;
mod horizon;
mod left;
mod options;
mod queue;
#[cfg(test)]
mod race_tests;
mod reader;
mod replica;
#[cfg(test)]
mod replica_tests;
mod ship;
mod task;
#[cfg(test)]
mod tests;
mod ticket;
#[cfg(test)]
mod ticket_tests;
mod writer;

use std::sync::atomic::AtomicU64;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use huiyin_domain::planted;
use tokio::sync::oneshot;

use self::checkpoint::{Checkpointer, Trust};
pub use self::errors::{Loss, OpenError, ReadError, WriteError};
use self::gate::Gate;
pub use self::horizon::{Horizon, with_horizon};
pub use self::options::{Durability, Options};
use self::queue::Queue;
use self::reader::Reader;
use self::replica::{Held, Replica};
use self::ship::Shipper;
use self::task::{Read, ReadTask, Reads, Write, WriteTask};
pub use self::ticket::{Ticket, Use, with_ticket};
use self::writer::Writer;
use crate::archives::{self, Shelf};
use crate::dialect::{
    Connection, Engine, Purpose, SQLITE_VERSION_MIN, Target, Tx, beside, sqlite_version,
};
use crate::migrations;

/// Operations in one transaction: SQLite has one writer that everybody waits
/// for; PostgreSQL has several, and holds row locks meanwhile.
const GROUP_MAX_SQLITE: usize = 256;
const GROUP_MAX_POSTGRES: usize = 64;

/// A database with its threads. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    engine: Engine,
    writes: Vec<Arc<Queue<Box<dyn Write>>>>,
    reads: Reads,
    replica: Option<Replica>,
    shelf: Arc<Shelf>,
    threads: Mutex<Threads>,
}

#[derive(Default)]
struct Threads {
    writers_and_readers: Vec<JoinHandle<()>>,
    /// End when what they are held by is dropped.
    held: Vec<Held>,
}

impl Store {
    /// Open `sqlite:PATH` or `postgres://…`, bring its tables up to date and
    /// start the threads.
    pub fn open(url: &str, options: &Options) -> Result<Self, OpenError> {
        let target = Target::parse(url)?;
        let (version, version_name) = sqlite_version();
        if version < SQLITE_VERSION_MIN {
            return Err(OpenError::OldSqlite(version_name));
        }
        let engine = target.engine();
        if engine == Engine::Postgres && options.shipping.is_some() {
            return Err(OpenError::Shipping);
        }
        if engine == Engine::Sqlite && options.replica.is_some() {
            return Err(OpenError::Replica);
        }
        if let Target::Sqlite(path) = &target
            && let Some(damage) = left::damage(path)?
        {
            let database = path.clone();
            return Err(OpenError::Damaged { database, damage });
        }
        let mut first = Connection::open(&target, Purpose::Write)?;
        migrations::run(&mut first)?;
        drop(first);

        let (writers, group_max) = match engine {
            Engine::Sqlite => (1, GROUP_MAX_SQLITE),
            Engine::Postgres => (options.writers.max(1), GROUP_MAX_POSTGRES),
        };
        let length_max = options.queue_length_max;
        let reads = Arc::new(Queue::new(length_max));
        let mut threads = Threads::default();
        let mut replica = None;
        let shelf = Arc::new(Shelf::default());
        if let Some(url) = &options.replica {
            let readers = (options.readers.max(1), length_max);
            let (started, own) =
                Replica::start(&Target::parse(url)?, &target, readers, (&reads, &shelf))?;
            threads.writers_and_readers.extend(own.readers);
            threads.held.extend(own.watchers);
            replica = Some(started);
        }
        let inner = Inner {
            engine,
            writes: (0..writers)
                .map(|_| Arc::new(Queue::new(length_max)))
                .collect(),
            reads,
            replica,
            shelf,
            threads: Mutex::new(threads),
        };
        let store = Self(Arc::new(inner));
        store.start(&target, options, group_max)?;
        Ok(store)
    }

    fn start(&self, target: &Target, options: &Options, group_max: usize) -> Result<(), OpenError> {
        let mut threads = self.0.threads();
        let commits = Arc::new(AtomicU64::new(0));
        let gate = Arc::new(Gate::default());
        for (number, queue) in (0..).zip(&self.0.writes) {
            let mut connection = Connection::open(target, Purpose::Write)?;
            if options.durability == Durability::WhenShut {
                connection.forgo_syncing()?;
            }
            let writer = Writer {
                number,
                target: target.clone(),
                connection,
                queue: Arc::clone(queue),
                shelf: Arc::clone(&self.0.shelf),
                group_max,
                commits: Arc::clone(&commits),
                has_replica: self.0.replica.is_some(),
                gate: Arc::clone(&gate),
            };
            let thread = spawn(format!("store-write-{number}"), move || writer.serve())?;
            threads.writers_and_readers.push(thread);
        }
        for number in 0..options.readers.max(1) {
            let reader = Reader {
                target: target.clone(),
                connection: Connection::open(target, Purpose::Read)?,
                queue: Arc::clone(&self.0.reads),
                shelf: Arc::clone(&self.0.shelf),
            };
            let thread = spawn(format!("store-read-{number}"), move || reader.serve())?;
            threads.writers_and_readers.push(thread);
        }
        if let Target::Sqlite(path) = target {
            let (hold, closing) = channel();
            let log = beside(path, "-wal");
            let ship = |shipping| Shipper::start(shipping, target, (path, log.clone()));
            let checkpointer = Checkpointer {
                shipper: options.shipping.as_ref().map(ship).transpose()?,
                connection: Connection::open(target, Purpose::Checkpoint)?,
                log,
                commits,
                gate,
                closing,
                trust: Trust::default(),
            };
            let serve = move || checkpointer.serve();
            let thread = spawn("store-checkpoint".to_owned(), serve)?;
            threads.held.push((hold, thread));
        }
        Ok(())
    }

    pub fn engine(&self) -> Engine {
        self.0.engine
    }

    /// Says where the files of archives lie; the first word counts.
    pub fn supply_archives(&self, source: Box<dyn archives::Source>) {
        self.0.shelf.supply(source);
    }

    /// How many writes wait at this moment.
    pub fn waiting(&self) -> usize {
        self.0.writes.iter().map(|queue| queue.length()).sum()
    }

    /// Run `op` in a transaction with others and answer when it is durable.
    ///
    /// `key` is the id of what is touched: operations with the same key run
    /// one after the other, in whichever process. `op` checks everything before it writes; it may
    /// run more than once, and only its last run counts. The first write of a request that
    /// holds a [`Ticket`] keeps it.
    pub async fn write<T, E>(
        &self,
        key: i64,
        op: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, WriteError<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        self.write_with(key, op, Ticket::take()).await
    }

    async fn write_with<T, E>(
        &self,
        key: i64,
        op: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        ticket: Option<Arc<Ticket>>,
    ) -> Result<T, WriteError<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        match self.0.offer_write(key, op, ticket)?.await {
            Ok(answer) => answer,
            Err(_) => Err(WriteError::NotStored(Loss::Closed)),
        }
    }

    /// [`Store::write`] for what a request writes besides what it was sent for, such as a file
    /// that comes with a form or a page that was looked at: it leaves the ticket alone.
    pub async fn write_aside<T, E>(
        &self,
        key: i64,
        op: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, WriteError<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        self.write_with(key, op, None).await
    }

    /// [`Store::write`] for the command line and tests; never call it from
    /// asynchronous code.
    pub fn write_blocking<T, E>(
        &self,
        key: i64,
        op: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, WriteError<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        match self.0.offer_write(key, op, None)?.blocking_recv() {
            Ok(answer) => answer,
            Err(_) => Err(WriteError::NotStored(Loss::Closed)),
        }
    }

    /// Run `op` in a read-only transaction that sees one state.
    pub async fn read<T, E>(
        &self,
        op: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ReadError<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        match self.0.offer_read(op)?.await {
            Ok(answer) => answer,
            Err(_) => Err(ReadError::Failed(Loss::Closed)),
        }
    }

    /// [`Store::read`] for the command line and tests; never call it from
    /// asynchronous code.
    pub fn read_blocking<T, E>(
        &self,
        op: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ReadError<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        match self.0.offer_read(op)?.blocking_recv() {
            Ok(answer) => answer,
            Err(_) => Err(ReadError::Failed(Loss::Closed)),
        }
    }

    /// Take nothing more, finish what is waiting, empty the log.
    pub async fn shutdown(&self) {
        let inner = Arc::clone(&self.0);
        if tokio::task::spawn_blocking(move || inner.close())
            .await
            .is_err()
        {
            tracing::error!("the store could not be closed in order");
        }
    }

    /// [`Store::shutdown`] for the command line and tests.
    pub fn shutdown_blocking(&self) {
        self.0.close();
    }
}

impl Inner {
    fn threads(&self) -> std::sync::MutexGuard<'_, Threads> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn offer_write<T, E>(
        &self,
        key: i64,
        op: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        ticket: Option<Arc<Ticket>>,
    ) -> Result<oneshot::Receiver<Result<T, WriteError<E>>>, WriteError<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let task = Box::new(WriteTask::new(key, op, ticket, reply));
        // Ids begin with the time and end with chance: mix before choosing.
        let mixed = (key.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize;
        match self.writes[mixed % self.writes.len()].offer(task) {
            Ok(()) => Ok(answer),
            Err(_) => Err(WriteError::Busy),
        }
    }

    fn offer_read<T, E>(
        &self,
        op: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T, ReadError<E>>>, ReadError<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let mut task: Box<dyn Read> = Box::new(ReadTask { op, reply });
        if let (Some(replica), Some(known)) = (&self.replica, Horizon::asks_for()) {
            match replica.offer(known, task) {
                Ok(()) => return Ok(answer),
                Err(back) => task = back,
            }
        }
        match self.reads.offer(task) {
            Ok(()) => Ok(answer),
            Err(_) => Err(ReadError::Busy),
        }
    }

    fn close(&self) {
        self.writes.iter().for_each(|queue| queue.close());
        if let Some(replica) = &self.replica {
            replica.close();
        }
        self.reads.close();
        let threads = std::mem::take(&mut *self.threads());
        // The last holder may be an operation on one of these threads.
        let here = thread::current().id();
        for thread in threads.writers_and_readers {
            if thread.thread().id() != here && thread.join().is_err() {
                tracing::error!("a thread of the store panicked");
            }
        }
        for (closing, thread) in threads.held {
            drop(closing);
            if thread.join().is_err() {
                tracing::error!("a thread of the store panicked");
            }
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

fn spawn(name: String, serve: impl FnOnce() + Send + 'static) -> std::io::Result<JoinHandle<()>> {
    let serve = planted::carried(serve);
    thread::Builder::new().name(name).spawn(serve)
}
