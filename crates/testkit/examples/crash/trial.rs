//! One trial: people write, the house or its database is killed again and again, and then all is
//! looked at from outside.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use huiyin_domain::planted;
use huiyin_store::Engine;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::audit::Audit;
use crate::client::Http;
use crate::finding::{Fault, Finding, Seen, Sort};
use crate::journal::{Deed, Journal};
use crate::postgres::Postgres;
use crate::server::{Start, free_address};
use crate::site::{CLIENTS, Site};
use crate::writer::{Common, Writer};
use crate::{lives, stores};

/// People write for so long, in milliseconds, between one kill and the next.
const LOAD_MS: std::ops::Range<u64> = 300..1_000;
/// The kills of a control come faster, and right after an answer: there it must go wrong.
const LOAD_OF_CONTROL_MS: std::ops::Range<u64> = 150..500;
const ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// A database that was killed stays away for so long.
const AWAY_MS: std::ops::Range<u64> = 200..900;

/// What is killed.
#[derive(Clone, Copy)]
pub enum Victim<'p> {
    House,
    Database(&'p Postgres),
}

pub struct Trial<'p> {
    pub name: String,
    pub engine: Engine,
    pub victim: Victim<'p>,
    pub kills: u32,
    /// The control: with this fault, something of this sort must be found.
    pub control: Option<(planted::Fault, Sort)>,
}

impl Trial<'_> {
    pub fn run(&self, binary: &Path, folder: &Path, seed: u64) -> Result<Seen, Fault> {
        let site = Site::make(self.engine, &folder.join("site"))?;
        let start = Start {
            binary,
            url: &site.url,
            data: &site.data,
            address: free_address()?,
            planted: self.control.map(|(fault, _)| fault),
        };
        let journal = Journal::begin(&folder.join("journal"))?;
        let common = Arc::new(Common::new(journal, site.keys.clone()));
        let mut seen = Seen::default();
        let (mut server, _) = start.start_and_wait(&Http::to(start.address)?)?;
        let writers = writers(&common, &start, seed)?;
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let http = Http::to(start.address)?;
        for _ in 0..self.kills {
            match self.control {
                None => pause(&mut rng, LOAD_MS),
                Some(_) => {
                    pause(&mut rng, LOAD_OF_CONTROL_MS);
                    common.wait_for_done(ANSWER_WITHIN);
                }
            }
            let since = match self.victim {
                Victim::House => {
                    server.kill()?;
                    let since = Instant::now();
                    server = start.start()?;
                    since
                }
                Victim::Database(postgres) => {
                    postgres.kill(&mut rng)?;
                    pause(&mut rng, AWAY_MS);
                    postgres.start()?;
                    Instant::now()
                }
            };
            server.wait_until_ready(&http)?;
            seen.ready.push(since.elapsed());
            seen.kills += 1;
        }
        pause(&mut rng, LOAD_MS);
        common.is_over.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.join().map_err(|_| "a writer panicked")??;
        }
        self.look(&common, &start, &mut seen)?;
        server.kill()?;
        seen.findings
            .extend(stores::compared(&site.url, &site.data)?);
        if let Some(said) = start.verify()? {
            seen.findings.push(Finding::new(Sort::Verify, said));
        }
        Ok(seen)
    }

    /// The journal against the house, while it runs.
    fn look(&self, common: &Common, start: &Start<'_>, seen: &mut Seen) -> Result<(), Fault> {
        let acts = common.journal.read()?;
        let audit = Audit {
            address: start.address,
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
        let opened = acts
            .iter()
            .filter(|act| matches!(act.deed, Deed::Open { .. }));
        if opened.count() == 0 {
            return Err("nobody brought anything in".into());
        }
        Ok(())
    }
}

fn pause(rng: &mut ChaCha8Rng, ms: std::ops::Range<u64>) {
    thread::sleep(Duration::from_millis(rng.random_range(ms)));
}

fn writers(
    common: &Arc<Common>,
    start: &Start<'_>,
    seed: u64,
) -> Result<Vec<JoinHandle<Result<(), Fault>>>, Fault> {
    (0..CLIENTS)
        .map(|number| {
            let writer = Writer::new(common, Http::to(start.address)?, number, seed);
            Ok(thread::spawn(move || lives::live(writer)))
        })
        .collect()
}
