//! Reading from replicas that stand still: whoever has written reads it, and whoever has not is
//! answered from them, some seconds behind at most.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use huiyin_store::{DbError, Horizon, Options, Store, Tx, settings, with_horizon};
use tokio::runtime::Runtime;

use crate::finding::Fault;
use crate::hosts::Hosts;
use crate::told::Told;

const NAME: &str = "trial-of-replicas";
/// What a stranger may miss is at most four seconds old; the fifth is for a busy machine.
const BEHIND_MAX: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(60);
const STANDS_STILL: Duration = Duration::from_secs(8);
const PAUSE: Duration = Duration::from_millis(100);

/// What was seen while they stood still.
#[derive(Default)]
pub struct Replicas {
    written: usize,
    /// Looks of whoever had written, in which something was missing.
    missed: Vec<String>,
    /// Looks of strangers that a replica answered, as it was behind.
    behind: usize,
    /// The oldest that a stranger missed.
    oldest: Duration,
}

impl Replicas {
    pub fn tell(&self, told: &mut Told) {
        let what = format!(
            "whoever wrote reads it, {} times while the replicas stood still",
            self.written
        );
        told.promise(what, &self.missed);
        let what = format!(
            "strangers were answered by a replica {} times, {} ms behind at most",
            self.behind,
            self.oldest.as_millis()
        );
        told.tell(self.behind > 0 && self.oldest < BEHIND_MAX, what, &[]);
    }
}

pub fn look(hosts: &Hosts) -> Result<Replicas, Fault> {
    let options = Options {
        replica: Some(hosts.replica_url()),
        ..Options::default()
    };
    let store = Store::open(&hosts.url(), &options)?;
    let runtime = Runtime::new()?;
    let house = House {
        store: &store,
        runtime: &runtime,
    };
    // Both are there before the first of them stands still.
    hosts.follow(true)?;
    house.wait_for_replicas(hosts)?;
    hosts.follow(false)?;
    let seen = house.look();
    hosts.follow(true)?;
    store.shutdown_blocking();
    seen
}

struct House<'h> {
    store: &'h Store,
    runtime: &'h Runtime,
}

impl House<'_> {
    /// Writes this; what whoever wrote it knows then.
    fn write(&self, number: usize) -> Result<u64, Fault> {
        let horizon = Arc::new(Horizon::new(0, false));
        let write = move |tx: &mut Tx<'_>| settings::put(tx, NAME, &number.to_string());
        let written = with_horizon(horizon.clone(), self.store.write(0, write));
        self.runtime.block_on(written)?;
        horizon.more().ok_or_else(|| "nothing was written".into())
    }

    /// What somebody reads who knows so much.
    fn read(&self, known: u64) -> Result<Option<usize>, Fault> {
        let read = |tx: &mut Tx<'_>| -> Result<_, DbError> { settings::get(tx, NAME) };
        let horizon = Arc::new(Horizon::new(known, true));
        let read = self
            .runtime
            .block_on(with_horizon(horizon, self.store.read(read)))?;
        Ok(read.map(|text| text.parse()).transpose()?)
    }

    /// Replicas that stand still for a moment show that they are asked.
    fn wait_for_replicas(&self, hosts: &Hosts) -> Result<(), Fault> {
        let since = Instant::now();
        let mut number = 0;
        self.write(number)?;
        loop {
            hosts.follow(false)?;
            number += 1;
            self.write(number)?;
            let read = self.read(0)?;
            hosts.follow(true)?;
            if read != Some(number) {
                return Ok(());
            }
            if since.elapsed() > PATIENCE {
                return Err("no replica is ever asked".into());
            }
            thread::sleep(PAUSE);
        }
    }

    fn look(&self) -> Result<Replicas, Fault> {
        let (mut seen, mut written_at) = (Replicas::default(), Vec::new());
        let first = 1_000;
        let since = Instant::now();
        while since.elapsed() < STANDS_STILL {
            let number = first + written_at.len();
            let known = self.write(number)?;
            written_at.push(Instant::now());
            let own = self.read(known)?;
            if own != Some(number) {
                seen.missed
                    .push(format!("{number} was written and {own:?} read"));
            }
            let read = self.read(0)?;
            if read != Some(number) {
                seen.behind += 1;
                // The first that they did not see is missing for the longest time.
                let missing = read
                    .filter(|read| *read >= first)
                    .map_or(0, |read| read + 1 - first);
                seen.oldest = seen.oldest.max(written_at[missing].elapsed());
            }
            thread::sleep(PAUSE);
        }
        seen.written = written_at.len();
        Ok(seen)
    }
}
