//! One trial: people write, something goes wrong again and again, and then all is looked at from
//! outside.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use huiyin_domain::planted;
use huiyin_store::Engine;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::audit::Audit;
use crate::client::Http;
use crate::finding::{Fault, Seen, Sort};
use crate::harm::{Scene, Victim};
use crate::journal::{Deed, Journal};
use crate::reading::{self, House};
use crate::server::{Start, free_address};
use crate::site::{CLIENTS, Site};
use crate::writer::{Common, Writer};
use crate::{lives, stores};

/// People write for so long, in milliseconds, between one time and the next.
pub const LOAD_MS: std::ops::Range<u64> = 300..1_000;
/// What a control does comes faster, and right after an answer: there it must go wrong.
const LOAD_OF_CONTROL_MS: std::ops::Range<u64> = 150..500;
const ANSWER_WITHIN: Duration = Duration::from_secs(3);

pub struct Trial<'p> {
    pub name: String,
    pub engine: Engine,
    pub victim: Victim<'p>,
    pub strikes: u32,
    /// The control: with this fault, something of this sort must be found.
    pub control: Option<(planted::Fault, Sort)>,
}

impl Trial<'_> {
    pub fn run(&self, binary: &Path, folder: &Path, seed: u64) -> Result<Seen, Fault> {
        let mut harm = self.victim.prepare(folder)?;
        let site = Site::make(self.engine, &harm.site())?;
        let start = Start {
            binary,
            url: &site.url,
            data: &site.data,
            address: free_address()?,
            planted: self.control.map(|(fault, _)| fault),
            config: None,
        };
        let journal = Journal::begin(&folder.join("journal"))?;
        let common = Arc::new(Common::new(journal, site.keys.clone()));
        let (server, _) = start.start_and_wait(&Http::to(start.address)?)?;
        let mut scene = Scene {
            start: &start,
            common: &common,
            http: Http::to(start.address)?,
            server,
            rng: ChaCha8Rng::seed_from_u64(seed),
            seen: Seen::default(),
        };
        let mut crowd = self.crowd(&common, &start, seed)?;
        for _ in 0..self.strikes {
            match self.control {
                None => scene.pause(LOAD_MS),
                Some(_) => {
                    scene.pause(LOAD_OF_CONTROL_MS);
                    common.wait_for_done(ANSWER_WITHIN);
                }
            }
            harm.strike(&mut scene)?;
            scene.seen.strikes += 1;
        }
        scene.pause(LOAD_MS);
        crowd.go_home()?;
        self.look(&mut scene)?;
        scene.server.kill()?;
        let compared = stores::compared(&site.url, &site.data)?;
        scene.seen.findings.extend(compared);
        scene.seen.findings.extend(start.verified()?);
        harm.look_back(&mut scene)?;
        Ok(scene.seen)
    }

    /// The journal against the house, while it runs.
    fn look(&self, scene: &mut Scene<'_>) -> Result<(), Fault> {
        let (common, seen) = (scene.common, &mut scene.seen);
        let acts = common.journal.read()?;
        let audit = Audit {
            address: scene.start.address,
            token: &common.keys.dispatcher,
            acts: &acts,
        };
        let (cases, findings) = audit.run()?;
        seen.cases = cases;
        seen.findings.extend(findings);
        seen.findings.extend(common.found());
        seen.sent = acts.len();
        seen.acknowledged = acts.iter().filter(|act| act.is_acknowledged).count();
        seen.again = common.again.load(Ordering::Relaxed);
        seen.not_now = common.not_now.load(Ordering::Relaxed);
        seen.reads = common.reads.load(Ordering::Relaxed);
        let opened = acts
            .iter()
            .filter(|act| matches!(act.deed, Deed::Open { .. }));
        if opened.count() == 0 {
            return Err("nobody brought anything in".into());
        }
        Ok(())
    }

    /// Everybody who writes, and somebody who only reads where that must be possible.
    fn crowd(&self, common: &Arc<Common>, start: &Start<'_>, seed: u64) -> Result<Crowd, Fault> {
        let mut crowd = Crowd::writing(common, start, seed)?;
        let house = match self.victim {
            Victim::House | Victim::Database(_) | Victim::Power => return Ok(crowd),
            Victim::Room => House::Stays,
            Victim::Disk => House::Comes,
        };
        let reader = reading::begin(common, start.address, house)?;
        crowd.people.push(reader);
        Ok(crowd)
    }
}

/// Nobody stays when a trial is over, however it ends.
pub struct Crowd {
    common: Arc<Common>,
    people: Vec<JoinHandle<Result<(), Fault>>>,
}

impl Crowd {
    /// Everybody who writes.
    pub fn writing(common: &Arc<Common>, start: &Start<'_>, seed: u64) -> Result<Crowd, Fault> {
        let mut crowd = Crowd {
            common: Arc::clone(common),
            people: Vec::new(),
        };
        for number in 0..CLIENTS {
            let writer = Writer::new(common, Http::to(start.address)?, number, seed);
            crowd
                .people
                .push(thread::spawn(move || lives::live(writer)));
        }
        Ok(crowd)
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
