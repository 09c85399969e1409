//! One trial: people write, something goes wrong again and again, and then all is looked at from
//! outside.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use huiyin_domain::planted;
use huiyin_store::Engine;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::audit::{self, Audit};
use crate::busy::Busy;
use crate::client::Http;
use crate::finding::{Fault, Finding, Seen, Sort};
use crate::harm::{Scene, Victim};
use crate::journal::{Deed, acknowledged};
use crate::reading;
use crate::server::Start;
use crate::site::Site;
use crate::told::Told;

/// People write for so long, in milliseconds, between one time and the next.
pub const LOAD_MS: std::ops::Range<u64> = 300..1_000;
/// What a control does comes faster, and right after an answer: there it must go wrong.
const LOAD_OF_CONTROL_MS: std::ops::Range<u64> = 150..500;
const ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// Whoever is to be told of events sits on this machine.
pub const CONFIG: &str = "[webhooks]\ninside = \"allowed\"\n";

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
        let config = folder.join("huiyin.toml");
        std::fs::write(&config, CONFIG)?;
        let mut start = Start {
            planted: self.control.map(|(fault, _)| fault),
            config: Some(&config),
            ..Start::of(binary, &site.place)?
        };
        harm.begin(&mut start)?;
        let busy = Busy::begin(&start, &site.keys, &folder.join("journal"), seed)?;
        let (common, mut crowd) = (busy.common, busy.crowd);
        let always = self.victim.always_answers();
        common.is_always_there.store(always, Ordering::Relaxed);
        if let Some(house) = self.victim.is_read_from() {
            crowd.joined_by(reading::begin(&common, &start, house)?);
        }
        let mut scene = Scene {
            start: &start,
            common: &common,
            http: Http::to(start.address)?,
            server: busy.server,
            rng: ChaCha8Rng::seed_from_u64(seed),
            seen: Seen::default(),
        };
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
            if self.is_found(&common.found()) {
                break;
            }
        }
        scene.pause(LOAD_MS);
        crowd.go_home()?;
        self.look(&mut scene)?;
        harm.end(&mut scene)?;
        scene.server.kill()?;
        scene
            .seen
            .findings
            .extend(audit::left(&harm.left_as(start))?);
        harm.look_back(&mut scene)?;
        Ok(scene.seen)
    }

    /// Whether a control has shown already what it is to show.
    fn is_found(&self, findings: &[Finding]) -> bool {
        self.control
            .is_some_and(|(_, sort)| !sort.of(findings).is_empty())
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
        seen.acknowledged = acknowledged(&acts);
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

    /// What is said of what was seen.
    pub fn told(&self, seen: &Seen) -> Told {
        let mut told = Told::of(seen.to_string());
        if let Some((_, sort)) = self.control {
            let count = sort.of(&seen.findings).len();
            told.tell(count > 0, format!("found as {sort:?} {count} times"), &[]);
            return told;
        }
        for sort in self.victim.sorts() {
            told.promise(sort.promise(), &sort.of(&seen.findings));
        }
        told
    }
}
