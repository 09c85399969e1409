//! The machine burns: the house is killed and everything it had is gone but what it shipped
//! elsewhere. From that a house is restored in a new place and held against the journal: what was
//! acknowledged earlier than the promise allows is there, whole, once, with its files.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use huiyin_domain::planted::Fault as Planted;
use huiyin_store::Engine;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::audit::Audit;
use crate::client::Http;
use crate::finding::{Fault, Finding, Sort};
use crate::journal::{Journal, now_ms};
use crate::server::{Start, free_address};
use crate::site::Site;
use crate::stores;
use crate::trial::Crowd;
use crate::writer::Common;
use crate::{Arguments, burn_controls, burn_postgres};

pub const NAME: &str = "SQLite burnt";
/// People write for so long before.
const LOAD_MS: std::ops::Range<u64> = 1_500..4_000;
/// Long enough that what stopped being shipped is noticed.
const LOAD_OF_CONTROL: Duration = Duration::from_secs(8);
/// Shipped every second, all of it is there after so long on a machine that is busy.
const EVERY: &str = "1s";
const LOST_MAX_MS: u64 = 3_000;
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

/// All fires whose name is asked for; whether all of it holds.
pub fn all(arguments: &Arguments, folder: &Path) -> Result<bool, Fault> {
    let is_asked = |name: &str| name.contains(&arguments.only);
    let mut holds = true;
    let mut run = |name: &str, run: &dyn Fn(&Path) -> Result<bool, Fault>| -> Result<(), Fault> {
        fs::create_dir_all(folder)?;
        let held = run(folder).unwrap_or_else(|fault| {
            println!("failed {name}: {fault}");
            false
        });
        match held {
            true => fs::remove_dir_all(folder)?,
            false => println!("what is left of it lies in {}", folder.display()),
        }
        holds &= held;
        Ok(())
    };
    if is_asked(NAME) {
        run(NAME, &|folder| {
            sqlite(&arguments.binary, folder, arguments.burns, arguments.seed)
        })?;
    }
    let programs = arguments.postgres_programs.as_ref();
    if let Some(programs) = programs.filter(|_| is_asked(burn_postgres::NAME)) {
        run(burn_postgres::NAME, &|folder| {
            burn_postgres::run(&arguments.binary, programs, folder)
        })?;
    }
    Ok(holds)
}

/// Fires, and what must be found; whether all of it holds.
fn sqlite(binary: &Path, folder: &Path, fires: u32, seed: u64) -> Result<bool, Fault> {
    let site = Site::make(Engine::Sqlite, &folder.join("site"))?;
    let ground = Ground {
        binary,
        folder,
        site: &site,
    };
    let started = Instant::now();
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut burnt = Vec::new();
    for number in 0..fires {
        let load = Duration::from_millis(rng.random_range(LOAD_MS));
        burnt.push(ground.burn(&number.to_string(), load, None)?);
    }
    told(NAME, &burnt, started.elapsed());
    let holds = holds(NAME, &burnt);
    let planted = ground.burn("control", LOAD_OF_CONTROL, Some(Planted::ShippingStops))?;
    let lost = planted
        .findings
        .iter()
        .filter(|found| found.sort == Sort::Lost);
    let lost = lost.count();
    let word = if lost > 0 { "passed" } else { "failed" };
    println!("{word} {NAME} with ShippingStops: found as Lost {lost} times");
    let shipped = &burnt.last().ok_or("nothing burnt")?.elsewhere;
    Ok(burn_controls::all_refused(&ground, shipped)? & holds & (lost > 0))
}

/// Prints a line for each promise; whether all of them are kept.
pub fn holds(name: &str, burnt: &[Burnt]) -> bool {
    let mut holds = true;
    for sort in [
        Sort::Lost,
        Sort::Twice,
        Sort::Half,
        Sort::Orphan,
        Sort::Verify,
    ] {
        let found = burnt.iter().flat_map(|burnt| &burnt.findings);
        let found: Vec<_> = found.filter(|found| found.sort == sort).collect();
        let word = if found.is_empty() { "passed" } else { "failed" };
        println!("{word} {name}: {}", promise(sort));
        found
            .iter()
            .take(5)
            .for_each(|found| println!("    {}", found.what));
        holds &= found.is_empty();
    }
    holds
}

fn promise(sort: Sort) -> &'static str {
    match sort {
        Sort::Lost => "nothing is lost that was acknowledged 3 s before",
        other => other.promise(),
    }
}

pub fn told(name: &str, burnt: &[Burnt], took: Duration) {
    let acknowledged: usize = burnt.iter().map(|burnt| burnt.acknowledged).sum();
    let forgiven: usize = burnt.iter().map(|burnt| burnt.forgiven).sum();
    let lost_ms = burnt.iter().map(|burnt| burnt.lost_ms).max().unwrap_or(0);
    let restored = burnt.iter().map(|burnt| burnt.restored).max();
    println!(
        "{name} ({} s): {} fires, {acknowledged} writes acknowledged, {forgiven} of the last \
         moments lost, the oldest {lost_ms} ms before the fire; restored within {} ms",
        took.as_secs(),
        burnt.len(),
        restored.unwrap_or_default().as_millis(),
    );
}

impl Ground<'_> {
    /// A house lives for a while, ships, burns, and is restored.
    fn burn(&self, name: &str, load: Duration, planted: Option<Planted>) -> Result<Burnt, Fault> {
        let [home, elsewhere, anew] =
            ["home", "elsewhere", "anew"].map(|part| self.folder.join(format!("{part}-{name}")));
        copy(&self.site.data, &home)?;
        fs::create_dir(&elsewhere)?;
        let config = self.config(name, &elsewhere)?;
        let url = url_in(&home);
        let mut start = Start {
            binary: self.binary,
            url: &url,
            data: &home,
            address: free_address()?,
            planted,
            config: Some(&config),
        };
        let journal = Journal::begin(&self.folder.join(format!("journal-{name}")))?;
        let common = Arc::new(Common::new(journal, self.site.keys.clone()));
        let (mut server, _) = start.start_and_wait(&Http::to(start.address)?)?;
        wait_for(&elsewhere.join("000001").join("generation"))?;
        let mut crowd = Crowd::writing(&common, &start, name.bytes().map(u64::from).sum())?;
        thread::sleep(load);
        let burnt_at_ms = now_ms();
        server.kill()?;
        fs::remove_dir_all(&home)?;
        common.is_burnt.store(true, Ordering::Relaxed);
        crowd.go_home()?;
        let (url, since) = (url_in(&anew), Instant::now());
        (start.url, start.data, start.planted) = (&url, &anew, None);
        fs::create_dir(&anew)?;
        let shipped: [&OsStr; 2] = ["--shipped".as_ref(), elsewhere.as_ref()];
        let output = start.run("restore", &shipped)?;
        let restored = since.elapsed();
        if !output.status.success() {
            let said = [output.stdout, output.stderr].concat();
            return Err(format!("restore: {}", String::from_utf8_lossy(&said)).into());
        }
        let mut burnt = Burnt::new(restored, elsewhere);
        start.config = None;
        burnt.look(&start, &common, burnt_at_ms)?;
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
        self.acknowledged = acts.iter().filter(|act| act.is_acknowledged).count();
        let (mut server, _) = start.start_and_wait(&Http::to(start.address)?)?;
        let audit = Audit {
            address: start.address,
            token: &common.keys.dispatcher,
            acts: &acts,
        };
        let (_, found) = audit.run()?;
        server.kill()?;
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
        self.findings
            .extend(stores::compared(start.url, start.data)?);
        self.findings.extend(start.verified()?);
        Ok(())
    }
}

pub fn url_in(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("huiyin.db").display())
}

pub fn copy(from: &Path, to: &Path) -> Result<(), Fault> {
    let status = Command::new("cp").arg("-r").arg(from).arg(to).status()?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("{} cannot be copied", from.display()).into()),
    }
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
