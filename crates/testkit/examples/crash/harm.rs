//! What goes wrong in a trial, and what it goes wrong with. One more harm: a file with its
//! [`Harm`], and a variant of [`Victim`].

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::client::Http;
use crate::failing::Failing;
use crate::finding::{Fault, Finding, Seen, Sort};
use crate::fleet::{End, Fleet};
use crate::kills::{DatabaseKilled, HouseKilled};
use crate::postgres::Postgres;
use crate::power::Power;
use crate::reading::House;
use crate::room::Room;
use crate::server::{Server, Start};
use crate::writer::Common;
use crate::{balancer, disk, strace};

/// When nothing is in the way any more, somebody is told within this time that something is done.
const GOES_ON_WITHIN: Duration = Duration::from_secs(5);

/// What is harmed.
#[derive(Clone, Copy)]
pub enum Victim<'p> {
    /// The house is killed.
    House,
    /// The server of its database is killed.
    Database(&'p Postgres),
    /// The power is cut: what the disk holds at that moment is all that is left.
    Power,
    /// The disk has no room.
    Room,
    /// The disk fails to write or to flush.
    Disk,
    /// One of several processes behind a load balancer.
    OneOfMany(End),
}

pub trait Harm {
    /// The folder in which the house lies.
    fn site(&self) -> PathBuf;

    /// Whatever stands around the house, before the house itself is started.
    fn begin(&mut self, _: &mut Start<'_>) -> Result<(), Fault> {
        Ok(())
    }

    /// Harms it once, and waits until it does its work again.
    fn strike(&mut self, scene: &mut Scene<'_>) -> Result<(), Fault>;

    /// Ends whatever stands around the house, before the house itself ends.
    fn end(&mut self, _: &mut Scene<'_>) -> Result<(), Fault> {
        Ok(())
    }

    /// As what the house is started from then on.
    fn left_as<'s>(&self, start: Start<'s>) -> Start<'s> {
        start
    }

    /// What is looked at when everybody has gone.
    fn look_back(&mut self, _: &mut Scene<'_>) -> Result<(), Fault> {
        Ok(())
    }
}

impl<'p> Victim<'p> {
    /// Makes what it needs in a new folder.
    pub fn prepare(self, folder: &Path) -> Result<Box<dyn Harm + 'p>, Fault> {
        Ok(match self {
            Victim::House => Box::new(HouseKilled(folder.join("site"))),
            Victim::Database(postgres) => Box::new(DatabaseKilled(folder.join("site"), postgres)),
            Victim::Power => Box::new(Power::prepare(folder)?),
            Victim::Room => Box::new(Room::prepare(folder)?),
            Victim::Disk => Box::new(Failing::prepare(folder)),
            Victim::OneOfMany(end) => Box::new(Fleet::prepare(folder, end)),
        })
    }

    /// Why this machine does not allow it, if it does not.
    pub fn why_not(self) -> Option<String> {
        match self {
            Victim::House | Victim::Database(_) => None,
            Victim::Power => disk::why_not(&["xfs", "ext4"]),
            Victim::Room => disk::why_not(&["ext4"]),
            Victim::Disk => strace::why_not(),
            Victim::OneOfMany(_) => balancer::why_not(),
        }
    }

    /// Whether somebody only reads all the time, and what becomes of the house meanwhile.
    pub fn is_read_from(self) -> Option<House> {
        match self {
            Victim::House | Victim::Database(_) | Victim::Power => None,
            Victim::OneOfMany(End::Killed) => None,
            Victim::OneOfMany(End::Asked | End::Upgraded) | Victim::Room => Some(House::Stays),
            Victim::Disk => Some(House::Comes),
        }
    }

    /// Whether nobody may ever be turned away.
    pub fn always_answers(self) -> bool {
        matches!(self, Victim::OneOfMany(End::Asked | End::Upgraded))
    }

    /// What may not be found. Of a house that lives, more is asked.
    pub fn sorts(self) -> &'static [Sort] {
        match self {
            Victim::House | Victim::Database(_) | Victim::Power => &Sort::ALL[..6],
            Victim::OneOfMany(End::Killed) => &Sort::ALL[..6],
            Victim::OneOfMany(End::Asked | End::Upgraded) => &Sort::ALL[..7],
            Victim::Room | Victim::Disk => &Sort::ALL,
        }
    }
}

/// Where a trial stands.
pub struct Scene<'s> {
    pub start: &'s Start<'s>,
    pub common: &'s Arc<Common>,
    pub http: Http,
    pub server: Server,
    pub rng: ChaCha8Rng,
    pub seen: Seen,
}

impl Scene<'_> {
    pub fn pause(&mut self, ms: std::ops::Range<u64>) {
        std::thread::sleep(Duration::from_millis(self.rng.random_range(ms)));
    }

    /// Ends the house in an instant and starts it again; how long it took to do its work.
    pub fn kill_and_start(&mut self) -> Result<Duration, Fault> {
        self.server.kill()?;
        let since = Instant::now();
        self.server = self.start.start()?;
        self.server.wait_until_ready(&self.http)?;
        Ok(since.elapsed())
    }

    /// Waits until somebody is told that something is done; that must be soon.
    pub fn goes_on(&mut self, after: &str) -> Result<(), Fault> {
        let since = Instant::now();
        if !self.common.wait_for_done(GOES_ON_WITHIN) {
            self.find(
                Sort::Stuck,
                format!("nothing was done within {GOES_ON_WITHIN:?} after {after}"),
            );
        }
        self.seen.ready.push(since.elapsed());
        self.server.lives()
    }

    pub fn find(&mut self, sort: Sort, what: String) {
        self.seen.findings.push(Finding::new(sort, what));
    }
}
