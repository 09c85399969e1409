//! What a house costs as it grows: `cargo xtask bench grow` starts this once for each size and
//! engine. It fills an empty database with two years of cases, writes and reads for some seconds
//! each, in one process and without HTTP, and prints a line of a table for each figure. One more
//! figure: a line in [`Bench::take`].

#![expect(clippy::disallowed_methods, reason = "it measures time")]

mod world;
mod writing;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Parser;
use huiyin_domain::access::{Action, Actor, HeldPost, Scope, Who, scope};
use huiyin_domain::id::{PostId, UnitId};
use huiyin_domain::person::Role;
use huiyin_store::{DbError, Durability, Options, Store, Tx};
use huiyin_store::{cases, dump, entries, lists, rollups};
use jiff::ToSpan;

use world::World;

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// So many cases are written by each transaction of the filling.
const IN_ONE: u64 = 2_000;
const READS: u64 = 300;

#[derive(Parser)]
struct Arguments {
    /// sqlite:PATH or postgres://…, empty
    #[arg(long)]
    database: String,
    /// How many cases came in over the two years
    #[arg(long)]
    cases: u64,
    /// For how many seconds each figure is taken
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    /// The folder in which the database keeps its files
    #[arg(long)]
    on_disk: PathBuf,
    /// sqlite:PATH: where it takes its cases from, instead of living through them
    #[arg(long)]
    from: Option<String>,
    /// Only fill it, or only measure what a filled one costs
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// How often the same cases were measured before: what comes in now comes in later.
    #[arg(long, default_value_t = 0)]
    measured: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Fill,
    Measure,
    /// Pages and figures, which can be measured again on the same cases.
    Read,
}

fn main() -> Result<(), Fault> {
    let arguments = Arguments::parse();
    let world = World {
        cases: arguments.cases,
        measured: arguments.measured,
    };
    if matches!(arguments.only, None | Some(Part::Fill)) {
        let started = Instant::now();
        fill(&arguments, world)?;
        let seconds = started.elapsed().as_secs();
        eprintln!("filled with {} cases in {seconds} s", world.cases);
    }
    if arguments.only == Some(Part::Fill) {
        return Ok(());
    }
    let per_case = bytes_in(&arguments.on_disk)? / arguments.cases;
    row("bytes on disk per case", &[per_case.to_string()]);
    let store = Store::open(&arguments.database, &Options::default())?;
    let bench = Bench {
        store: &store,
        world,
        during: Duration::from_secs(arguments.seconds),
    };
    if arguments.only != Some(Part::Read) {
        bench.writes()?;
    }
    bench.reads()?;
    store.shutdown_blocking();
    row("memory at most", &[format!("{} MiB", memory_mib()?)]);
    Ok(())
}

fn fill(arguments: &Arguments, world: World) -> Result<(), Fault> {
    let options = Options {
        durability: Durability::WhenShut,
        ..Options::default()
    };
    let store = Store::open(&arguments.database, &options)?;
    let each: fn(World, &mut Tx<'_>, u64) -> Result<(), DbError> = match &arguments.from {
        Some(from) => {
            let source = Store::open(from, &Options::default())?;
            dump::bring(&source, &store)?;
            source.shutdown_blocking();
            World::index
        }
        None => {
            store.write_blocking(0, world::town)?;
            World::lived
        }
    };
    let mut next = 0;
    while next < world.cases {
        let mut these = next..world.cases.min(next + IN_ONE);
        next = these.end;
        store.write_blocking(0, move |tx| {
            these.try_for_each(|number| each(world, tx, number))
        })?;
    }
    store.shutdown_blocking();
    Ok(())
}

pub struct Bench<'b> {
    store: &'b Store,
    world: World,
    during: Duration,
}

impl Bench<'_> {
    fn reads(&self) -> Result<(), Fault> {
        self.lists()?;
        let world = self.world;
        self.read(
            "a case with its history",
            move |tx, turn| match cases::load(tx, &Scope::for_the_house(), world.any(turn))? {
                Some(case) => entries::list(tx, &case).map(|entries| entries.len()),
                None => Ok(0),
            },
        )?;
        self.read("sweep, no clock has run out", move |tx, _| {
            cases::awake(tx, world.now(), None, 100).map(|due| due.len())
        })?;
        let month = [world.today() - 30.days(), world.today()];
        self.read("figures of a month", move |tx, _| {
            rollups::sums(tx, month, None).map(|sums| sums.len())
        })
    }

    /// What pages of the desk list, fifty lines each.
    fn lists(&self) -> Result<(), Fault> {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let open = lists::Filter::default();
        let all = lists::Filter {
            state: lists::State::All,
            ..open.clone()
        };
        let found = lists::Filter {
            words: words("暖气 小区"),
            ..all.clone()
        };
        let unfound = lists::Filter {
            words: words("电梯 小区"),
            ..all.clone()
        };
        let (community, county) = (looks("652901003003"), looks("652901"));
        for (what, scope, filter) in [
            ("inbox of a community", &community, &open),
            ("inbox of a county", &county, &open),
            ("all of a community, newest first", &community, &all),
            ("search of two words in a county", &county, &found),
            ("search without an answer in a county", &county, &unfound),
        ] {
            let (scope, filter) = (scope.clone(), filter.clone());
            self.read(what, move |tx, _| {
                lists::list(tx, &scope, &filter, None, 50).map(|page| page.rows.len())
            })?;
        }
        Ok(())
    }

    /// Reads it again and again, one after the other.
    fn read(
        &self,
        what: &str,
        read: impl Fn(&mut Tx<'_>, u64) -> Result<usize, DbError> + Clone + Send + 'static,
    ) -> Result<(), Fault> {
        let (mut waits, mut rows) = (Vec::new(), 0);
        let started = Instant::now();
        for turn in 0..READS {
            let (read, asked) = (read.clone(), Instant::now());
            rows = self.store.read_blocking(move |tx| read(tx, turn))?;
            waits.push(asked.elapsed());
            if started.elapsed() > self.during {
                break;
            }
        }
        let mut cells = percentiles(&mut waits);
        cells.push(format!("{rows} rows"));
        row(what, &cells);
        Ok(())
    }
}

/// Somebody at the desk of this place.
fn looks(place: &str) -> Scope {
    let role = match place.len() {
        6 => Role::Dispatcher,
        _ => Role::Community,
    };
    let post = HeldPost {
        post: PostId::from_raw(1),
        unit: UnitId::from_raw(99),
        role,
        place: place.parse().expect("a code"),
        took_over: Vec::new(),
    };
    let actor = Actor {
        who: Who::System,
        posts: vec![post],
    };
    scope(&actor, Action::CaseList)
}

/// What half of them, and ninety-nine of a hundred, did not exceed.
fn percentiles(waits: &mut [Duration]) -> Vec<String> {
    waits.sort_unstable();
    let one = |percent: usize| {
        let wait = waits.get(waits.len().saturating_sub(1) * percent / 100);
        let ms = wait.copied().unwrap_or_default().as_secs_f64() * 1e3;
        format!("p{percent} {ms:.2} ms")
    };
    vec![one(50), one(99)]
}

fn memory_mib() -> Result<u64, Fault> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    Ok(kib.ok_or("no VmHWM")?.parse::<u64>()? / 1024)
}

/// The files of a folder and of those in it.
fn bytes_in(folder: &Path) -> Result<u64, Fault> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        sum += match about.is_dir() {
            true => bytes_in(&entry.path())?,
            false => about.len(),
        };
    }
    Ok(sum)
}

fn row(what: &str, cells: &[String]) {
    println!("| {what} | {} |", cells.join(" | "));
}
