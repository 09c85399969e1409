//! Bits that turn and logs that are torn: what is read afterwards is a prefix of what was written,
//! or a clear refusal, and never something else. On SQLite; PostgreSQL has sums of its own.

use std::collections::BTreeSet;
use std::fmt;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use huiyin_store::Engine;
use rand::seq::IndexedRandom as _;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::bits;
use crate::client::Http;
use crate::finding::Fault;
use crate::journal::Journal;
use crate::server::{Start, free_address};
use crate::site::Site;
use crate::told::Told;
use crate::trial::Crowd;
use crate::writer::Common;

const LOAD: Duration = Duration::from_millis(700);
const TEARS: usize = 16;
const FLIPS: usize = 16;
const BLOCK: usize = 512;
/// Rows of this table are written once and never changed.
const HISTORY: &str = "entries";

/// What becomes of a database to which something was done.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// What was touched says nothing.
    Same,
    /// An earlier state, whole.
    Earlier,
    /// It is not opened or not read, and it is said why.
    Refused,
    /// It is read, and `verify` names what is wrong.
    Named,
    /// The history is what was written. Something else is not, and nobody says so.
    Elsewhere(String),
    /// A history is read that was not written, and nobody says so.
    Wrong(String),
    Panicked(String),
}

/// How often each came about.
#[derive(Default)]
struct Seen {
    same: usize,
    earlier: usize,
    refused: usize,
    named: usize,
    elsewhere: usize,
    bad: Vec<String>,
}

impl Seen {
    /// Of a log nothing else may become than an earlier state or a refusal.
    fn add(&mut self, what: &str, outcome: Outcome, is_log: bool) {
        match outcome {
            Outcome::Same => self.same += 1,
            Outcome::Earlier => self.earlier += 1,
            Outcome::Refused => self.refused += 1,
            Outcome::Named if !is_log => self.named += 1,
            Outcome::Elsewhere(_) if is_log => self.earlier += 1,
            Outcome::Elsewhere(_) => self.elsewhere += 1,
            other => self.bad.push(format!("{what}: {other:?}")),
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} changed nothing, {} earlier and whole, {} refused, {} named by verify, \
             {} beside the history, {} wrong",
            self.same,
            self.earlier,
            self.refused,
            self.named,
            self.elsewhere,
            self.bad.len()
        )
    }
}

/// Fills a house, kills it, and harms copies of what it leaves.
pub fn run(engine: Engine, binary: &Path, folder: &Path, seed: u64) -> Result<Told, Fault> {
    let site = Site::make(engine, &folder.join("site"))?;
    fill(&site, binary, folder, seed)?;
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let left = Left {
        database: std::fs::read(site.data.join("huiyin.db"))?,
        log: std::fs::read(site.data.join("huiyin.db-wal"))?,
        index: std::fs::read(site.data.join("huiyin.db-shm"))?,
    };
    let bench = Bench {
        binary,
        folder: folder.join("harmed"),
        files: site.data.join("files"),
    };
    let whole = bench
        .dump(&left)?
        .map_err(|said| format!("unharmed: {said}"))?;
    let rows = history(&whole);
    let mut told = Told::default();

    let mut logs = Seen::default();
    for _ in 0..TEARS {
        let (what, log) = torn(&left.log, &mut rng);
        let harmed = Left {
            log,
            ..left.clone()
        };
        logs.add(&what, bench.outcome(&harmed, (&whole, &rows))?, true);
    }
    told.tell(
        logs.bad.is_empty(),
        format!("{TEARS} logs torn or with a bit turned: {logs}"),
        &logs.bad,
    );

    // With the log put away, all there is lies in the database itself.
    bench.lay(&left)?;
    bench.huiyin("verify")?;
    let rest = Left {
        database: std::fs::read(bench.database())?,
        log: Vec::new(),
        index: Vec::new(),
    };
    let mut pages = Seen::default();
    for _ in 0..FLIPS {
        let at = rng.random_range(0..rest.database.len());
        let database = bits::flipped(&rest.database, at, rng.random());
        let harmed = Left {
            database,
            ..rest.clone()
        };
        pages.add(
            &format!("byte {at}"),
            bench.outcome(&harmed, (&whole, &rows))?,
            false,
        );
    }
    told.tell(
        pages.bad.is_empty(),
        format!("{FLIPS} bits turned in the database: {pages}"),
        &pages.bad,
    );
    Ok(told)
}

/// People write for a while, and then the house is killed: its log is what it left.
fn fill(site: &Site, binary: &Path, folder: &Path, seed: u64) -> Result<(), Fault> {
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
    std::thread::sleep(LOAD);
    server.kill()?;
    common.is_burnt.store(true, Ordering::Relaxed);
    crowd.go_home()?;
    Ok(())
}

/// A log that was cut, or in which something turned, or whose end is not what was written.
fn torn(log: &[u8], rng: &mut ChaCha8Rng) -> (String, Vec<u8>) {
    let at = rng.random_range(0..log.len());
    let mut torn = log.to_vec();
    let how = ["cut", "a bit turned", "zeroes", "other bytes"].choose(rng);
    let how = *how.unwrap_or(&"cut");
    match how {
        "cut" => torn.truncate(at),
        "a bit turned" => torn = bits::flipped(log, at, rng.random()),
        "zeroes" => torn[at..].fill(0),
        _ => rng.fill(&mut torn[at..]),
    }
    (format!("{how} at {at} of {}", log.len()), torn)
}

/// The files of a database after a kill.
#[derive(Clone)]
struct Left {
    database: Vec<u8>,
    log: Vec<u8>,
    index: Vec<u8>,
}

/// Where a harmed copy is tried.
struct Bench<'b> {
    binary: &'b Path,
    folder: PathBuf,
    files: PathBuf,
}

impl Bench<'_> {
    fn database(&self) -> PathBuf {
        self.folder.join("huiyin.db")
    }

    fn lay(&self, left: &Left) -> Result<(), Fault> {
        if self.folder.exists() {
            std::fs::remove_dir_all(&self.folder)?;
        }
        std::fs::create_dir_all(&self.folder)?;
        std::os::unix::fs::symlink(&self.files, self.folder.join("files"))?;
        let parts = [
            ("", &left.database),
            ("-wal", &left.log),
            ("-shm", &left.index),
        ];
        for (end, bytes) in parts {
            if !bytes.is_empty() {
                std::fs::write(self.folder.join(format!("huiyin.db{end}")), bytes)?;
            }
        }
        Ok(())
    }

    fn huiyin(&self, what: &str) -> Result<Output, Fault> {
        let mut command = Command::new(self.binary);
        command
            .args([what, "--database"])
            .arg(format!("sqlite:{}", self.database().display()))
            .arg("--data")
            .arg(&self.folder)
            .env("HUIYIN_LOG", "warn")
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::null());
        if what == "backup" {
            command.arg(self.folder.join("backup"));
        }
        Ok(command.output()?)
    }

    /// All rows that can be read, or what is said instead.
    fn dump(&self, left: &Left) -> Result<Result<String, String>, Fault> {
        self.lay(left)?;
        let output = self.huiyin("backup")?;
        if !output.status.success() {
            return Ok(Err(printed(&output)));
        }
        let mut backup = std::fs::File::open(self.folder.join("backup"))?;
        let mut header = [0; BLOCK];
        backup.read_exact(&mut header)?;
        let mut dump = String::new();
        let size = bits::size(&header[124..136]) as u64;
        backup.take(size).read_to_string(&mut dump)?;
        Ok(Ok(dump))
    }

    fn outcome(
        &self,
        left: &Left,
        (whole, rows): (&str, &BTreeSet<&str>),
    ) -> Result<Outcome, Fault> {
        let read = match self.dump(left)? {
            Ok(read) => read,
            Err(said) if said.contains("panicked at") => return Ok(Outcome::Panicked(said)),
            Err(_) => return Ok(Outcome::Refused),
        };
        if read == whole {
            return Ok(Outcome::Same);
        }
        let verified = self.huiyin("verify")?;
        let said = printed(&verified);
        if said.contains("panicked at") {
            return Ok(Outcome::Panicked(said));
        }
        if !verified.status.success() {
            return Ok(Outcome::Named);
        }
        let strange = differing(&read, whole);
        let read = history(&read);
        Ok(match strange {
            None if read.is_subset(rows) => Outcome::Earlier,
            Some(_) if read.is_subset(rows) && read.len() < rows.len() => Outcome::Earlier,
            Some(strange) if read == *rows => Outcome::Elsewhere(strange),
            strange => Outcome::Wrong(strange.unwrap_or_default()),
        })
    }
}

fn printed(output: &Output) -> String {
    let said = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8_lossy(&said).into_owned()
}

/// The rows of the history in a dump.
fn history(dump: &str) -> BTreeSet<&str> {
    let lines = dump
        .lines()
        .skip_while(|line| !line.starts_with(&format!("{HISTORY} ")));
    lines
        .skip(1)
        .take_while(|line| line.starts_with('['))
        .collect()
}

/// The first row that is not one of all that there are, and its table: what stands in it is made
/// up. An earlier state has rows of its own, but only where rows change.
fn differing(read: &str, whole: &str) -> Option<String> {
    let all: BTreeSet<&str> = whole.lines().collect();
    let mut table = "";
    for line in read.lines() {
        match line.starts_with('[') {
            false => table = line.split(' ').next().unwrap_or(""),
            true if !all.contains(line) => {
                let shown: String = line.chars().take(200).collect();
                return Some(format!("{table} {shown}"));
            }
            true => {}
        }
    }
    None
}
