//! A database of an earlier version, brought up to date by a house that is killed at every step
//! of it: what is found afterwards is what an upgrade that nobody disturbed makes.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use huiyin_domain::planted;
use huiyin_store::Engine;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::finding::Fault;
use crate::place::Place;
use crate::server::{Start, printed};
use crate::told::Told;
use crate::tools::done;
use crate::{Arguments, bits};

/// What the house says after each step.
const SAID: &str = "the database was migrated";
/// Besides one kill after each step, so many at any moment of the upgrade.
const AT_ANY_MOMENT: usize = 4;
/// What a house notes for itself while it is open.
const OWN: &str = "settings ";

/// What is tried, and on what.
struct Upgrade<'u> {
    engine: Engine,
    binary: &'u Path,
    folder: &'u Path,
    planted: Option<planted::Fault>,
}

/// How an upgrade went that was cut short and then begun again.
#[derive(PartialEq, Eq)]
enum Ended {
    /// As it should; whether the kill came before the end of it.
    Whole {
        was_cut: bool,
    },
    Wrong(String),
}

pub fn run(arguments: &Arguments, engine: Engine, folder: &Path) -> Result<Told, Fault> {
    let mut told = Told::default();
    let upgrade = Upgrade {
        engine,
        binary: &arguments.binary,
        folder,
        planted: None,
    };
    let whole = upgrade.undisturbed()?;
    let mut rng = ChaCha8Rng::seed_from_u64(arguments.seed);
    let (mut kills, mut cut, mut wrong) = (0, 0, Vec::new());
    for moment in whole.moments(&mut rng) {
        kills += 1;
        match upgrade.disturbed(&whole, moment)? {
            Ended::Whole { was_cut } => cut += usize::from(was_cut),
            Ended::Wrong(what) => wrong.push(what),
        }
    }
    let steps = whole.steps;
    told.seen = format!("{steps} steps, killed {kills} times, {cut} of them before the end");
    told.tell(
        wrong.is_empty() && cut >= steps / 2,
        "what is begun again ends as what nobody disturbs",
        &wrong,
    );

    let control = Upgrade {
        planted: Some(planted::Fault::MigratedApart),
        ..upgrade
    };
    let mut found = 0;
    for step in 1..=steps {
        let ended = control.disturbed(&whole, Moment::After(step))?;
        found += usize::from(matches!(ended, Ended::Wrong(_)));
    }
    let what = format!("with MigratedApart: found {found} times");
    told.tell(found > 0, what, &[]);
    Ok(told)
}

/// What an upgrade makes when nobody disturbs it.
struct Whole {
    steps: usize,
    takes: Duration,
    rows: String,
}

/// When the house is killed.
#[derive(Clone, Copy)]
enum Moment {
    After(usize),
    In(Duration),
}

impl Whole {
    fn moments(&self, rng: &mut ChaCha8Rng) -> Vec<Moment> {
        let after = (1..=self.steps).map(Moment::After);
        let any = (0..AT_ANY_MOMENT).map(|_| Moment::In(self.takes.mul_f64(rng.random())));
        after.chain(any).collect()
    }
}

impl Upgrade<'_> {
    /// The database as the earlier version left it.
    fn old(&self, name: &str) -> Result<Place, Fault> {
        let data = self.folder.join(name);
        if data.exists() {
            std::fs::remove_dir_all(&data)?;
        }
        let place = Place::make(self.engine, &data)?;
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/upgrade");
        match self.engine {
            Engine::Sqlite => {
                let out = File::create(data.join("huiyin.db"))?;
                done(unpacked(&fixtures.join("sqlite.xz")).stdout(out))?;
            }
            Engine::Postgres => {
                let packed = fixtures.join("postgres.sql.xz");
                let mut unpacked = unpacked(&packed).stdout(Stdio::piped()).spawn()?;
                let script = unpacked.stdout.take().ok_or("the script is piped")?;
                let mut psql = Command::new("psql");
                psql.args(["--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1"]);
                done(psql.arg(&place.url).stdin(script).stdout(Stdio::null()))?;
                unpacked.wait()?;
            }
        }
        Ok(place)
    }

    /// The least that a house does: it brings the database up to date and looks at all of it.
    fn begin(&self, old: &Place) -> Result<Child, Fault> {
        let start = Start {
            planted: self.planted,
            ..Start::of(self.binary, old)?
        };
        let mut verify = start.as_planted("verify");
        let verify = verify.env("HUIYIN_LOG", "info").stdout(Stdio::null());
        Ok(verify.stderr(Stdio::piped()).spawn()?)
    }

    #[expect(clippy::disallowed_methods, reason = "it measures time")]
    fn undisturbed(&self) -> Result<Whole, Fault> {
        let old = self.old("undisturbed")?;
        let began = std::time::Instant::now();
        let said = self.begin(&old)?.wait_with_output()?.stderr;
        let takes = began.elapsed();
        let steps = String::from_utf8_lossy(&said).matches(SAID).count();
        let rows = self
            .rows(&old)?
            .map_err(|said| format!("undisturbed: {said}"))?;
        match steps {
            0 => Err("there is nothing to bring up to date".into()),
            steps => Ok(Whole { steps, takes, rows }),
        }
    }

    fn disturbed(&self, whole: &Whole, moment: Moment) -> Result<Ended, Fault> {
        let old = self.old("disturbed")?;
        let mut house = self.begin(&old)?;
        let log = house.stderr.take().ok_or("the log is piped")?;
        match moment {
            Moment::In(time) => thread::sleep(time),
            Moment::After(step) => {
                let lines = BufReader::new(log).lines().map_while(Result::ok);
                let mut said = lines.filter(|line| line.contains(SAID));
                if said.nth(step - 1).is_none() {
                    return Err(format!("the house ended before step {step}").into());
                }
            }
        }
        house.kill()?;
        house.wait()?;
        let again = Upgrade {
            planted: None,
            ..*self
        };
        again.after(&old, whole)
    }

    /// The next start, which must bring it to its end.
    fn after(&self, old: &Place, whole: &Whole) -> Result<Ended, Fault> {
        let output = self.begin(old)?.wait_with_output()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let steps = said.matches(SAID).count();
        if !output.status.success() {
            return Ok(Ended::Wrong(said));
        }
        let was_cut = steps > 0;
        Ok(match self.rows(old)? {
            Err(said) => Ended::Wrong(said),
            Ok(rows) if rows != whole.rows => Ended::Wrong("other rows".to_owned()),
            // All of it is one transaction: none of it is there, or all.
            Ok(_) if was_cut && steps != whole.steps => Ended::Wrong(format!("{steps} steps")),
            Ok(_) => Ended::Whole { was_cut },
        })
    }

    /// All rows but the house's own notes, of a house that `verify` finds nothing in; or what is
    /// said instead.
    fn rows(&self, old: &Place) -> Result<Result<String, String>, Fault> {
        let (start, path) = (Start::of(self.binary, old)?, old.data.join("backup"));
        if let Some(found) = start.verified()? {
            return Ok(Err(found.what));
        }
        // It ends with an error because attachments are missing, which are no part of the fixture.
        let output = start.run("backup", &[path.as_os_str()])?;
        if !path.exists() {
            return Ok(Err(printed(&output)));
        }
        let dump = bits::dump_of(&path)?;
        std::fs::remove_file(&path)?;
        Ok(Ok(without_own(&dump)))
    }
}

/// A dump without what the house notes for itself, and without its sum.
fn without_own(dump: &str) -> String {
    let mut is_own = false;
    let mut rows = String::new();
    for line in dump.lines().filter(|line| !line.starts_with("end ")) {
        if !line.starts_with('[') {
            is_own = line.starts_with(OWN);
        }
        if !is_own {
            rows.push_str(line);
            rows.push('\n');
        }
    }
    rows
}

fn unpacked(packed: &Path) -> Command {
    let mut xz = Command::new("xz");
    xz.arg("--decompress").arg("--stdout").arg(packed);
    xz
}
