//! Backups that are taken while people write: each holds whatever was acknowledged before it was
//! begun, with its files, in a house that is made from it elsewhere; and one of which anything was
//! changed is refused.

use std::path::{Path, PathBuf};
use std::time::Duration;

use huiyin_store::Engine;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::busy::Busy;
use crate::finding::{Fault, Finding, Sort};
use crate::journal::{Act, acknowledged};
use crate::place::Place;
use crate::server::{Start, printed};
use crate::site::Site;
use crate::told::Told;
use crate::trial::LOAD_MS;
use crate::{Arguments, audit, bits};

/// So many are taken of one house, one after the other.
const BACKUPS: usize = 4;
/// So many bits are changed, each in a copy of its own.
const FLIPS: u32 = 12;
const CUTS: u32 = 4;

/// A backup, and what the journal said before it was begun.
struct Backup {
    path: PathBuf,
    acts: Vec<Act>,
}

/// Backups of a house, and houses that are made of them.
struct Bench<'b> {
    binary: &'b Path,
    folder: &'b Path,
    /// May read everything.
    token: &'b str,
    backups: Vec<Backup>,
}

/// Takes backups of a house on this engine under load, and makes houses of them.
pub fn run(arguments: &Arguments, engine: Engine, folder: &Path) -> Result<Told, Fault> {
    let site = Site::make(engine, &folder.join("site"))?;
    let start = Start::of(&arguments.binary, &site.place)?;
    let bench = Bench {
        binary: &arguments.binary,
        folder,
        token: &site.keys.dispatcher,
        backups: take(&start, &site, folder, arguments.seed)?,
    };
    let mut told = Told::default();
    bench.hold(engine, &mut told)?;
    bench.forgets(&mut told)?;
    bench.refuses(arguments.seed, &mut told)?;
    Ok(told)
}

/// People write, and now and then a backup is taken.
fn take(start: &Start<'_>, site: &Site, folder: &Path, seed: u64) -> Result<Vec<Backup>, Fault> {
    let mut busy = Busy::begin(start, &site.keys, &folder.join("journal"), seed)?;
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut backups = Vec::new();
    for number in 0..BACKUPS {
        std::thread::sleep(Duration::from_millis(rng.random_range(LOAD_MS)));
        let path = folder.join(format!("{number}.backup"));
        let acts = busy.common.journal.read()?;
        let taken = start.run("backup", &[path.as_os_str()])?;
        if !taken.status.success() {
            return Err(printed(&taken).into());
        }
        backups.push(Backup { path, acts });
    }
    busy.crowd.go_home()?;
    busy.server.kill()?;
    match busy.common.found().first() {
        Some(finding) => Err(finding.what.clone().into()),
        None => Ok(backups),
    }
}

impl Bench<'_> {
    /// A house made of a backup, held against what was acknowledged: how many cases it shows, and
    /// what is wrong with it. `restore` looks at every case with `verify`, too.
    fn look(
        &self,
        place: &Place,
        backup: &Path,
        acts: &[Act],
    ) -> Result<(usize, Vec<Finding>), Fault> {
        let start = Start::of(self.binary, place)?;
        let restored = start.run("restore", &[backup.as_os_str()])?;
        if !restored.status.success() {
            return Ok((0, vec![Finding::new(Sort::Verify, printed(&restored))]));
        }
        audit::whole(&start, self.token, acts)
    }

    fn hold(&self, engine: Engine, told: &mut Told) -> Result<(), Fault> {
        let (mut found, mut cases) = (Vec::new(), 0);
        let has_postgres = std::env::var_os("HUIYIN_TEST_POSTGRES").is_some();
        for (number, backup) in self.backups.iter().enumerate() {
            // One of SQLite goes to PostgreSQL, where there is one; all others go to SQLite.
            let other = match (engine, number) {
                (Engine::Sqlite, 0) if has_postgres => Engine::Postgres,
                _ => Engine::Sqlite,
            };
            let place = Place::make(other, &self.folder.join(format!("from-{number}")))?;
            let (seen, findings) = self.look(&place, &backup.path, &backup.acts)?;
            cases = seen;
            found.extend(
                findings
                    .iter()
                    .map(|found| format!("{:?}: {}", found.sort, found.what)),
            );
        }
        let last = self
            .backups
            .last()
            .map_or(0, |last| acknowledged(&last.acts));
        told.seen = format!(
            "{BACKUPS} taken, {last} writes acknowledged before the last, {cases} cases in it"
        );
        told.tell(
            found.is_empty() && cases > 0,
            "each holds what was acknowledged before it",
            &found,
        );
        Ok(())
    }

    /// The control: the first backup does not hold what came until the last.
    fn forgets(&self, told: &mut Told) -> Result<(), Fault> {
        let [first, .., last] = &self.backups[..] else {
            return Err("no two backups were taken".into());
        };
        let place = Place::make(Engine::Sqlite, &self.folder.join("control"))?;
        let (_, findings) = self.look(&place, &first.path, &last.acts)?;
        let lost = Sort::Lost.of(&findings).len();
        let what = format!("an older one in the place of the last: found as Lost {lost} times");
        told.tell(lost > 0, what, &[]);
        Ok(())
    }

    /// Whatever is changed in a backup, it is refused, and nothing is made of it.
    fn refuses(&self, seed: u64, told: &mut Told) -> Result<(), Fault> {
        let harmed = self.harmed(seed)?;
        let path = self.folder.join("harmed.backup");
        let mut taken_in = Vec::new();
        for (what, bytes) in &harmed {
            std::fs::write(&path, bytes)?;
            let place = Place::make(Engine::Sqlite, &self.folder.join("refused"))?;
            let restored = Start::of(self.binary, &place)?.run("restore", &[path.as_os_str()])?;
            let said = printed(&restored);
            let is_there = place.data.join("huiyin.db").exists();
            if restored.status.success() || is_there || said.contains("panicked at") {
                taken_in.push(format!("{what}: {said}"));
            }
            std::fs::remove_dir_all(&place.data)?;
        }
        let count = harmed.len();
        let what = format!(
            "{count} that were changed, cut or swapped are refused, and nothing is made of them"
        );
        told.promise(what, &taken_in);
        Ok(())
    }

    fn harmed(&self, seed: u64) -> Result<Vec<(&'static str, Vec<u8>)>, Fault> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let [first, .., last] = &self.backups[..] else {
            return Err("no two backups were taken".into());
        };
        let (bytes, others) = (std::fs::read(&first.path)?, std::fs::read(&last.path)?);
        let mut harmed = Vec::new();
        for _ in 0..FLIPS {
            let at = rng.random_range(0..bytes.len());
            harmed.push(("a bit flipped", bits::flipped(&bytes, at, rng.random())));
        }
        for _ in 0..CUTS {
            let until = rng.random_range(0..bytes.len());
            harmed.push(("cut", bytes[..until].to_vec()));
        }
        let middle = bytes.len() / 2;
        let halves = [&bytes[..middle], &others[middle..]].concat();
        harmed.push(("half of another", halves));
        let names = bits::names_swapped(&bytes).ok_or("a backup has two attachments")?;
        harmed.push(("two attachments swapped, and the sum made anew", names));
        Ok(harmed)
    }
}
