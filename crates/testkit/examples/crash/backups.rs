//! Backups that are taken while people write: each holds whatever was acknowledged before it was
//! begun, with its files, in a house that is made from it elsewhere; and one of which anything was
//! changed is refused.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use huiyin_store::Engine;
use huiyin_store::scratch::Scratch;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::audit::Audit;
use crate::client::Http;
use crate::finding::{Fault, Finding, Sort};
use crate::journal::{Act, Journal};
use crate::server::{Start, free_address};
use crate::site::Site;
use crate::told::Told;
use crate::trial::{Crowd, LOAD_MS};
use crate::writer::Common;
use crate::{bits, stores};

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

/// Takes backups of a house on this engine under load, and makes houses of them.
pub fn run(engine: Engine, binary: &Path, folder: &Path, seed: u64) -> Result<Told, Fault> {
    let site = Site::make(engine, &folder.join("site"))?;
    let mut told = Told::default();
    let backups = take(&site, binary, folder, seed)?;
    let token = &site.keys.dispatcher;
    let (mut found, mut cases) = (Vec::new(), 0);
    for (number, backup) in backups.iter().enumerate() {
        // One of SQLite goes to PostgreSQL, where there is one; the others, and those of
        // PostgreSQL, go to SQLite.
        let elsewhere = match (engine, number) {
            (Engine::Sqlite, 0) => Scratch::postgres(),
            _ => None,
        };
        let place = Elsewhere::at(&folder.join(format!("from-{number}")), elsewhere)?;
        let restored = place.restore(binary, &backup.path)?;
        if !restored.status.success() {
            found.push(Finding::new(Sort::Verify, printed(&restored)));
            continue;
        }
        let (seen, findings) = place.look(binary, token, &backup.acts)?;
        cases = seen;
        found.extend(findings);
    }
    let acknowledged = backups.last().map_or(0, |last| acknowledged(&last.acts));
    let what = format!(
        "{BACKUPS} taken under load hold the {acknowledged} writes acknowledged before, in {cases} cases"
    );
    let against: Vec<_> = found
        .iter()
        .map(|finding| format!("{:?}: {}", finding.sort, finding.what))
        .collect();
    told.tell(found.is_empty() && cases > 0, what, &against);
    forgotten(binary, folder, (&backups, token), &mut told)?;
    refused(binary, folder, (&backups, seed), &mut told)?;
    Ok(told)
}

fn acknowledged(acts: &[Act]) -> usize {
    acts.iter().filter(|act| act.is_acknowledged).count()
}

fn printed(output: &Output) -> String {
    let said = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8_lossy(&said).into_owned()
}

/// People write, and now and then a backup is taken.
fn take(site: &Site, binary: &Path, folder: &Path, seed: u64) -> Result<Vec<Backup>, Fault> {
    let start = Start {
        binary,
        url: &site.url,
        data: &site.data,
        address: free_address()?,
        planted: None,
        config: None,
    };
    let journal = Journal::begin(&folder.join("journal"))?;
    let common = Arc::new(Common::new(journal, site.keys.clone()));
    let (mut server, _) = start.start_and_wait(&Http::to(start.address)?)?;
    let mut crowd = Crowd::writing(&common, &start, seed)?;
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut backups = Vec::new();
    for number in 0..BACKUPS {
        std::thread::sleep(Duration::from_millis(rng.random_range(LOAD_MS)));
        let path = folder.join(format!("{number}.backup"));
        let acts = common.journal.read()?;
        let taken = command(binary, "backup", &site.url, &site.data)
            .arg(&path)
            .output()?;
        if !taken.status.success() {
            return Err(printed(&taken).into());
        }
        backups.push(Backup { path, acts });
    }
    crowd.go_home()?;
    server.kill()?;
    match common.found().first() {
        Some(finding) => Err(finding.what.clone().into()),
        None => Ok(backups),
    }
}

fn command(binary: &Path, what: &str, url: &str, data: &Path) -> Command {
    let mut command = Command::new(binary);
    command
        .args([what, "--database", url, "--data"])
        .arg(data)
        .env("HUIYIN_LOG", "warn")
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null());
    command
}

/// Where a house is made from a backup.
struct Elsewhere {
    url: String,
    data: PathBuf,
    _scratch: Option<Scratch>,
}

impl Elsewhere {
    fn at(data: &Path, scratch: Option<Scratch>) -> Result<Elsewhere, Fault> {
        std::fs::create_dir_all(data)?;
        let in_folder = || format!("sqlite:{}", data.join("huiyin.db").display());
        let url = scratch
            .as_ref()
            .map_or_else(in_folder, |scratch| scratch.url().to_owned());
        Ok(Elsewhere {
            url,
            data: data.to_owned(),
            _scratch: scratch,
        })
    }

    /// `restore` looks at every case with `verify`, too.
    fn restore(&self, binary: &Path, backup: &Path) -> Result<Output, Fault> {
        let mut restore = command(binary, "restore", &self.url, &self.data);
        Ok(restore.arg(backup).output()?)
    }

    /// How many cases the new house shows, and what is wrong with it.
    fn look(
        &self,
        binary: &Path,
        token: &str,
        acts: &[Act],
    ) -> Result<(usize, Vec<Finding>), Fault> {
        let start = Start {
            binary,
            url: &self.url,
            data: &self.data,
            address: free_address()?,
            planted: None,
            config: None,
        };
        let (mut server, _) = start.start_and_wait(&Http::to(start.address)?)?;
        let audit = Audit {
            address: start.address,
            token,
            acts,
        };
        let (cases, mut findings) = audit.run()?;
        server.kill()?;
        findings.extend(stores::compared(&self.url, &self.data)?);
        Ok((cases, findings))
    }
}

/// The control: the first backup does not hold what came until the last.
fn forgotten(
    binary: &Path,
    folder: &Path,
    (backups, token): (&[Backup], &str),
    told: &mut Told,
) -> Result<(), Fault> {
    let (Some(first), Some(last)) = (backups.first(), backups.last()) else {
        return Err("no backup was taken".into());
    };
    let place = Elsewhere::at(&folder.join("control"), None)?;
    place.restore(binary, &first.path)?;
    let (_, findings) = place.look(binary, token, &last.acts)?;
    let is_lost = |finding: &&Finding| finding.sort == Sort::Lost;
    let lost = findings.iter().filter(is_lost).count();
    let what = format!("an older one in the place of the last: found as Lost {lost} times");
    told.tell(lost > 0, what, &[]);
    Ok(())
}

/// Whatever is changed in a backup, it is refused, and nothing is made of it.
fn refused(
    binary: &Path,
    folder: &Path,
    (backups, seed): (&[Backup], u64),
    told: &mut Told,
) -> Result<(), Fault> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let [first, .., last] = backups else {
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
    let path = folder.join("harmed.backup");
    let mut taken_in = Vec::new();
    for (what, bytes) in &harmed {
        std::fs::write(&path, bytes)?;
        let place = Elsewhere::at(&folder.join("refused"), None)?;
        let output = place.restore(binary, &path)?;
        let said = printed(&output);
        let is_there = place.data.join("huiyin.db").exists();
        if output.status.success() || is_there || said.contains("panicked at") {
            taken_in.push(format!("{what}: {said}"));
        }
        std::fs::remove_dir_all(&place.data)?;
    }
    let count = harmed.len();
    let what = format!(
        "{count} that were changed, cut or swapped are refused, and nothing is made of them"
    );
    told.tell(taken_in.is_empty(), what, &taken_in);
    Ok(())
}
