//! Bits that turn and logs that are torn: what is read afterwards is a prefix of what was written,
//! or a clear refusal, and never something else. On SQLite; PostgreSQL has sums of its own.

use std::collections::BTreeSet;
use std::fmt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use huiyin_store::Engine;
use rand::seq::IndexedRandom as _;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::busy::Busy;
use crate::finding::Fault;
use crate::place::Place;
use crate::server::{Start, printed};
use crate::site::Site;
use crate::told::Told;
use crate::{Arguments, bits};

const LOAD: Duration = Duration::from_millis(700);
const TEARS: usize = 16;
const FLIPS: usize = 16;
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
pub fn run(arguments: &Arguments, engine: Engine, folder: &Path) -> Result<Told, Fault> {
    let site = Site::make(engine, &folder.join("site"))?;
    let start = Start::of(&arguments.binary, &site.place)?;
    let journal = folder.join("journal");
    let mut busy = Busy::begin(&start, &site.keys, &journal, arguments.seed)?;
    std::thread::sleep(LOAD);
    busy.vanish()?;
    let at = |end: &str| std::fs::read(site.place.data.join(format!("huiyin.db{end}")));
    let left = Left {
        database: at("")?,
        log: at("-wal")?,
        index: at("-shm")?,
    };
    let bench = Bench {
        binary: &arguments.binary,
        place: Place::make(engine, &folder.join("harmed"))?,
        files: site.place.data.join("files"),
    };
    let whole = bench
        .dump(&left)?
        .map_err(|said| format!("unharmed: {said}"))?;
    let mut rng = ChaCha8Rng::seed_from_u64(arguments.seed);
    let mut told = Told::default();
    bench.tear(&left, &whole, (&mut rng, &mut told))?;
    bench.turn(&left, &whole, (&mut rng, &mut told))?;
    Ok(told)
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
    place: Place,
    files: PathBuf,
}

impl Bench<'_> {
    fn tear(
        &self,
        left: &Left,
        whole: &str,
        (rng, told): (&mut ChaCha8Rng, &mut Told),
    ) -> Result<(), Fault> {
        let mut seen = Seen::default();
        for _ in 0..TEARS {
            let (what, log) = torn(&left.log, rng);
            let harmed = Left {
                log,
                ..left.clone()
            };
            seen.add(&what, self.outcome(&harmed, whole)?, true);
        }
        let what = format!("{TEARS} logs torn or with a bit turned: {seen}");
        told.promise(what, &seen.bad);
        Ok(())
    }

    /// With the log put away, all there is lies in the database itself.
    fn turn(
        &self,
        left: &Left,
        whole: &str,
        (rng, told): (&mut ChaCha8Rng, &mut Told),
    ) -> Result<(), Fault> {
        self.lay(left)?;
        self.run("verify", None)?;
        let rest = Left {
            database: std::fs::read(self.place.data.join("huiyin.db"))?,
            log: Vec::new(),
            index: Vec::new(),
        };
        let mut seen = Seen::default();
        for _ in 0..FLIPS {
            let at = rng.random_range(0..rest.database.len());
            let database = bits::flipped(&rest.database, at, rng.random());
            let harmed = Left {
                database,
                ..rest.clone()
            };
            seen.add(&format!("byte {at}"), self.outcome(&harmed, whole)?, false);
        }
        let what = format!("{FLIPS} bits turned in the database: {seen}");
        told.promise(what, &seen.bad);
        Ok(())
    }

    fn lay(&self, left: &Left) -> Result<(), Fault> {
        let folder = &self.place.data;
        std::fs::remove_dir_all(folder)?;
        std::fs::create_dir_all(folder)?;
        symlink(&self.files, folder.join("files"))?;
        let parts = [
            ("", &left.database),
            ("-wal", &left.log),
            ("-shm", &left.index),
        ];
        for (end, bytes) in parts.into_iter().filter(|(_, bytes)| !bytes.is_empty()) {
            std::fs::write(folder.join(format!("huiyin.db{end}")), bytes)?;
        }
        Ok(())
    }

    /// A command of the house: whether it succeeds, and what it says.
    fn run(&self, what: &str, file: Option<&Path>) -> Result<(bool, String), Fault> {
        let further: Vec<_> = file.iter().map(|file| file.as_os_str()).collect();
        let output = Start::of(self.binary, &self.place)?.run(what, &further)?;
        Ok((output.status.success(), printed(&output)))
    }

    /// All rows that can be read, or what is said instead.
    fn dump(&self, left: &Left) -> Result<Result<String, String>, Fault> {
        self.lay(left)?;
        let backup = self.place.data.join("backup");
        Ok(match self.run("backup", Some(&backup))? {
            (true, _) => Ok(bits::dump_of(&backup)?),
            (false, said) => Err(said),
        })
    }

    fn outcome(&self, left: &Left, whole: &str) -> Result<Outcome, Fault> {
        let read = match self.dump(left)? {
            Ok(read) => read,
            Err(said) if said.contains("panicked at") => return Ok(Outcome::Panicked(said)),
            Err(_) => return Ok(Outcome::Refused),
        };
        if read == whole {
            return Ok(Outcome::Same);
        }
        match self.run("verify", None)? {
            (_, said) if said.contains("panicked at") => return Ok(Outcome::Panicked(said)),
            (false, _) => return Ok(Outcome::Named),
            (true, _) => {}
        }
        let strange = differing(&read, whole);
        let (read, rows) = (history(&read), history(whole));
        Ok(match strange {
            None if read.is_subset(&rows) => Outcome::Earlier,
            Some(_) if read.is_subset(&rows) && read.len() < rows.len() => Outcome::Earlier,
            Some(strange) if read == rows => Outcome::Elsewhere(strange),
            strange => Outcome::Wrong(strange.unwrap_or_default()),
        })
    }
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
