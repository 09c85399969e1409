//! A house in which everybody writes.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};

use crate::client::Http;
use crate::finding::Fault;
use crate::journal::Journal;
use crate::lives;
use crate::server::{Server, Start};
use crate::site::{CLIENTS, Keys};
use crate::writer::{Common, Writer};

pub struct Busy {
    pub common: Arc<Common>,
    pub server: Server,
    pub crowd: Crowd,
}

impl Busy {
    /// Starts the house, and everybody begins to write.
    pub fn begin(
        start: &Start<'_>,
        keys: &Arc<Keys>,
        journal: &Path,
        seed: u64,
    ) -> Result<Busy, Fault> {
        let common = Arc::new(Common::new(Journal::begin(journal)?, Arc::clone(keys)));
        let server = start.start_and_wait()?;
        let crowd = Crowd::writing(&common, start, seed)?;
        Ok(Busy {
            common,
            server,
            crowd,
        })
    }

    /// The house is gone in an instant and does not come back: nobody waits for an answer.
    pub fn vanish(&mut self) -> Result<(), Fault> {
        self.server.kill()?;
        self.common.is_burnt.store(true, Ordering::Relaxed);
        self.crowd.go_home()
    }
}

/// Nobody stays when a trial is over, however it ends.
pub struct Crowd {
    common: Arc<Common>,
    people: Vec<JoinHandle<Result<(), Fault>>>,
}

impl Crowd {
    /// Nobody so far.
    pub fn of(common: &Arc<Common>) -> Crowd {
        Crowd {
            common: Arc::clone(common),
            people: Vec::new(),
        }
    }

    fn writing(common: &Arc<Common>, start: &Start<'_>, seed: u64) -> Result<Crowd, Fault> {
        let mut crowd = Crowd::of(common);
        for number in 0..CLIENTS {
            let writer = Writer::new(common, Http::to(start.reached_at())?, number, seed);
            crowd.joined_by(thread::spawn(move || lives::live(writer)));
        }
        Ok(crowd)
    }

    pub fn joined_by(&mut self, person: JoinHandle<Result<(), Fault>>) {
        self.people.push(person);
    }

    pub fn go_home(&mut self) -> Result<(), Fault> {
        self.common.is_over.store(true, Ordering::Relaxed);
        for person in self.people.drain(..) {
            person.join().map_err(|_| "somebody panicked")??;
        }
        Ok(())
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        self.common.is_over.store(true, Ordering::Relaxed);
    }
}
