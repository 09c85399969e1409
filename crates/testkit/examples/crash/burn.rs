//! The machine burns: the house is killed and everything it had is gone but what it shipped
//! elsewhere. From that a house is restored in a new place and held against the journal: what was
//! acknowledged earlier than the promise allows is there, whole, once, with its files.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use huiyin_domain::planted::Fault as Planted;
use huiyin_store::Engine;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::busy::Busy;
use crate::disk::text;
use crate::finding::{Fault, Finding, Sort};
use crate::journal::{acknowledged, now_ms};
use crate::place::{Place, url_in};
use crate::server::{Start, printed};
use crate::site::Site;
use crate::told::Told;
use crate::tools::run as tool;
use crate::writer::Common;
use crate::{Arguments, audit, burn_controls};

/// People write for so long before.
const LOAD_MS: std::ops::Range<u64> = 12_000..14_000;
/// Long enough that what stopped being shipped is noticed.
const LOAD_OF_CONTROL: Duration = Duration::from_secs(14);
/// Shipped every second, all of it is there after so long on a machine that is busy.
const EVERY: &str = "1s";
const LOST_MAX_MS: u64 = 6_000;
const PATIENCE: Duration = Duration::from_secs(30);

/// What came of one fire.
pub struct Burnt {
    pub findings: Vec<Finding>,
    acknowledged: usize,
    /// Acknowledged and not there, but lately enough.
    forgiven: usize,
    /// How long before the fire the oldest of what is lost was acknowledged.
    lost_ms: u64,
    restored: Duration,
    /// What was shipped.
    pub elsewhere: PathBuf,
}

pub struct Ground<'g> {
    pub binary: &'g Path,
    pub folder: &'g Path,
    /// Never started: each house that burns is a copy of it.
    site: &'g Site,
}

/// Fires, and what must be found.
pub fn run(arguments: &Arguments, _: Engine, folder: &Path) -> Result<Told, Fault> {
    let site = Site::make(Engine::Sqlite, &folder.join("site"))?;
    let ground = Ground {
        binary: &arguments.binary,
        folder,
        site: &site,
    };
    let mut rng = ChaCha8Rng::seed_from_u64(arguments.seed);
    let mut burnt = Vec::new();
    for number in 0..arguments.burns {
        let load = Duration::from_millis(rng.random_range(LOAD_MS));
        burnt.push(ground.burn(&number.to_string(), load, None)?);
    }
    let mut told = told(&burnt);
    let control = ground.burn("control", LOAD_OF_CONTROL, Some(Planted::ShippingStops))?;
    let lost = Sort::Lost.of(&control.findings).len();
    let what = format!("with ShippingStops: found as Lost {lost} times");
    told.tell(lost > 0, what, &[]);
    let shipped = &burnt.last().ok_or("nothing burnt")?.elsewhere;
    burn_controls::all_refused(&ground, shipped, &mut told)?;
    Ok(told)
}

/// What came of fires, and a line for each promise.
pub fn told(burnt: &[Burnt]) -> Told {
    let acknowledged: usize = burnt.iter().map(|burnt| burnt.acknowledged).sum();
    let forgiven: usize = burnt.iter().map(|burnt| burnt.forgiven).sum();
    let lost_ms = burnt.iter().map(|burnt| burnt.lost_ms).max().unwrap_or(0);
    let restored = burnt.iter().map(|burnt| burnt.restored).max();
    let seen = format!(
        "{} fires, {acknowledged} writes acknowledged, {forgiven} of the last moments lost, the \
         oldest {lost_ms} ms before the fire; restored within {} ms",
        burnt.len(),
        restored.unwrap_or_default().as_millis(),
    );
    let mut told = Told::of(seen);
    for sort in [
        Sort::Lost,
        Sort::Twice,
        Sort::Half,
        Sort::Orphan,
        Sort::Verify,
    ] {
        let found: Vec<_> = burnt
            .iter()
            .flat_map(|burnt| sort.of(&burnt.findings))
            .collect();
        told.promise(promise(sort), &found);
    }
    told
}

fn promise(sort: Sort) -> &'static str {
    match sort {
        Sort::Lost => "nothing is lost that was acknowledged 6 s before",
        other => other.promise(),
    }
}

impl Ground<'_> {
    /// A house lives for a while, ships, burns, and is restored.
    fn burn(&self, name: &str, load: Duration, planted: Option<Planted>) -> Result<Burnt, Fault> {
        let [home, elsewhere, anew] =
            ["home", "elsewhere", "anew"].map(|part| self.folder.join(format!("{part}-{name}")));
        copy(&self.site.place.data, &home)?;
        fs::create_dir(&elsewhere)?;
        let config = self.config(name, &elsewhere)?;
        let place = Place::at(url_in(&home), &home)?;
        let start = Start {
            planted,
            config: Some(&config),
            ..Start::of(self.binary, &place)?
        };
        let journal = self.folder.join(format!("journal-{name}"));
        let seed = name.bytes().map(u64::from).sum();
        let mut busy = Busy::begin(&start, &self.site.keys, &journal, seed)?;
        wait_for(&elsewhere.join("000001").join("generation"))?;
        thread::sleep(load);
        let burnt_at_ms = now_ms();
        busy.vanish()?;
        fs::remove_dir_all(&home)?;
        let place = Place::at(url_in(&anew), &anew)?;
        let (start, since) = (Start::of(self.binary, &place)?, Instant::now());
        let shipped: [&OsStr; 2] = ["--shipped".as_ref(), elsewhere.as_ref()];
        let output = start.run("restore", &shipped)?;
        let restored = since.elapsed();
        if !output.status.success() {
            return Err(format!("restore: {}", printed(&output)).into());
        }
        let mut burnt = Burnt::new(restored, elsewhere);
        burnt.look(&start, &busy.common, burnt_at_ms)?;
        Ok(burnt)
    }

    pub fn config(&self, name: &str, elsewhere: &Path) -> Result<PathBuf, Fault> {
        let config = self.folder.join(format!("huiyin-{name}.toml"));
        let folder = elsewhere.display();
        let text = format!("[shipping]\nfolder = \"{folder}\"\nevery = \"{EVERY}\"\n");
        fs::write(&config, text)?;
        Ok(config)
    }
}

impl Burnt {
    pub fn new(restored: Duration, elsewhere: PathBuf) -> Burnt {
        Burnt {
            findings: Vec::new(),
            acknowledged: 0,
            forgiven: 0,
            lost_ms: 0,
            restored,
            elsewhere,
        }
    }

    /// The restored house against the journal.
    pub fn look(&mut self, start: &Start<'_>, common: &Common, at_ms: u64) -> Result<(), Fault> {
        let acts = common.journal.read()?;
        self.acknowledged = acknowledged(&acts);
        let (_, found) = audit::whole(start, &common.keys.dispatcher, &acts)?;
        for found in found {
            let before_ms = found.done_at_ms.map(|done| at_ms.saturating_sub(done));
            match (found.sort, before_ms) {
                (Sort::Lost, Some(before_ms)) => {
                    self.lost_ms = self.lost_ms.max(before_ms);
                    match before_ms > LOST_MAX_MS {
                        true => self.findings.push(found),
                        false => self.forgiven += 1,
                    }
                }
                _ => self.findings.push(found),
            }
        }
        Ok(())
    }
}

pub fn copy(from: &Path, to: &Path) -> Result<(), Fault> {
    tool("cp", &["-r", text(from)?, text(to)?])
}

fn wait_for(path: &Path) -> Result<(), Fault> {
    let since = Instant::now();
    while !path.exists() {
        if since.elapsed() > PATIENCE {
            return Err("nothing is shipped".into());
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
