//! `cargo xtask bench loop`: fills a database, starts the binary on it, and drives it over HTTP.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;

use super::figures::Figures;
use super::told;
use crate::shell;
use crate::test::postgres::{Place, Postgres};

/// Enough for a million cases to be found without the disk.
pub const POSTGRES: &str = "-c shared_buffers=1GB -c max_wal_size=4GB";
const HUGE: u64 = 5_000_000;

#[derive(clap::Args)]
pub struct Options {
    /// How many cases lie in the database: several sizes, several columns
    #[arg(long, value_delimiter = ',', default_values_t = [20_000, 1_000_000])]
    cases: Vec<u64>,
    /// Five million cases as well
    #[arg(long)]
    huge: bool,
    #[arg(long, value_delimiter = ',', default_values = ["sqlite", "postgres"])]
    engines: Vec<Engine>,
    /// For how many seconds each figure is taken
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Of a hundred cases, so many have been through the whole loop
    #[arg(long, default_value_t = 20)]
    lived_percent: u64,
    /// Keep filled databases of SQLite in this folder and begin with copies of them; PostgreSQL takes its cases from there
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Write the table into docs/benchmarks.md
    #[arg(long)]
    write: bool,
}

/// Which bench of the load program.
#[derive(Clone, Copy, PartialEq)]
pub enum What {
    Loop,
    Clocks,
    People,
    SignUp,
    Tasks,
    Year,
}

impl What {
    fn name(self) -> &'static str {
        match self {
            What::Loop => "loop",
            What::Clocks => "clocks",
            What::People => "people",
            What::SignUp => "sign-up",
            What::Tasks => "tasks",
            What::Year => "year",
        }
    }

    /// How many there are when nothing else is said.
    fn usual(self) -> u64 {
        match self {
            What::Loop | What::Clocks => 100_000,
            What::People => 10_000,
            What::SignUp => 1_000,
            What::Tasks => 20,
            What::Year => 1,
        }
    }

    /// What so many of are there.
    fn of(self) -> &'static str {
        match self {
            What::Loop => "cases",
            What::Clocks => "clocks",
            What::People => "volunteers",
            What::SignUp => "people",
            What::Tasks => "tasks",
            What::Year => "days",
        }
    }
}

/// Options of a bench with one size.
#[derive(clap::Args)]
pub struct OneSize {
    /// How many there are of what it is about, when not as many as docs/benchmarks.md says
    #[arg(long)]
    many: Option<u64>,
    #[arg(long, value_delimiter = ',', default_values = ["sqlite", "postgres"])]
    engines: Vec<Engine>,
    /// For how many seconds each figure is taken, where it is taken by time
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Write the table into docs/benchmarks.md
    #[arg(long)]
    write: bool,
}

/// A bench with one size, on the same load program as the loop.
pub fn run_one(size: &OneSize, what: What) -> anyhow::Result<()> {
    let options = Options {
        cases: vec![size.many.unwrap_or(what.usual())],
        huge: false,
        engines: size.engines.clone(),
        seconds: match what {
            // Only the limits of the machine take their time from it.
            What::SignUp => 1,
            _ => size.seconds,
        },
        lived_percent: 20,
        keep: None,
        write: size.write,
    };
    run(&options, what)
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }
}

pub fn run(options: &Options, what: What) -> anyhow::Result<()> {
    build()?;
    let folder = shell::target_dir().join("bench");
    let mut figures = Figures::default();
    let limits = shell::output(
        Command::new(example("limits"))
            .arg(folder.join("limits"))
            .arg(options.seconds.to_string()),
    )?;
    print!("{limits}");
    let mut sizes = options.cases.clone();
    sizes.extend(options.huge.then_some(HUGE));
    for &engine in &options.engines {
        for &cases in &sizes {
            let house = folder.join("house");
            if house.exists() {
                std::fs::remove_dir_all(&house)?;
            }
            std::fs::create_dir_all(&house)?;
            let column = format!("{}, {} {}", engine.name(), thousands(cases), what.of());
            println!("== {column}");
            let printed = match engine {
                Engine::Sqlite => on_sqlite((options, what), cases, &house)?,
                Engine::Postgres => on_postgres((options, what), cases, &house)?,
            };
            figures.add(&column, &printed);
            std::fs::remove_dir_all(&house)?;
        }
    }
    if what == What::Loop {
        figures.add("this machine", &limits);
    }
    println!("\n{}", figures.table());
    if options.write {
        figures.write(&shell::root().join("docs/benchmarks.md"), what.name())?;
    }
    Ok(())
}

/// Builds what is measured, and then what measures it. Not at once: examples are built with what
/// only tests need, faults to be planted among it, and that must not stand in what is measured.
fn build() -> anyhow::Result<()> {
    let product: &[&str] = &["-p", "huiyin", "--bins"];
    let measures: &[&str] = &[
        "-p",
        "huiyin-testkit",
        "-p",
        "huiyin-store",
        "--example",
        "bench_loop",
        "--example",
        "limits",
    ];
    for what in [product, measures] {
        let mut build = shell::cargo();
        build.args(["build", "--release", "--locked"]).args(what);
        shell::run(&mut build)?;
    }
    Ok(())
}

fn example(name: &str) -> PathBuf {
    shell::target_dir().join("release/examples").join(name)
}

fn on_sqlite(
    (options, what): (&Options, What),
    cases: u64,
    house: &Path,
) -> anyhow::Result<String> {
    let database = house.join("db");
    std::fs::create_dir_all(&database)?;
    let file = database.join("huiyin.db");
    if let Some(kept) = kept((options, what), cases, house)? {
        std::fs::copy(kept, &file)?;
        // While the disk is still busy with it, no writer would get through.
        std::fs::File::open(&file)?.sync_all()?;
    }
    let url = format!("sqlite:{}", file.display());
    told(&mut load((options, what), &url, cases, house, &database))
}

fn on_postgres(
    (options, what): (&Options, What),
    cases: u64,
    house: &Path,
) -> anyhow::Result<String> {
    let kept = kept((options, what), cases, house)?;
    let server = Postgres::start_with(Place::Disk, POSTGRES)?;
    let on_disk = server.data().join("base");
    let mut load = load((options, what), &server.url(), cases, house, &on_disk);
    if let Some(kept) = kept {
        load.arg("--from").arg(format!("sqlite:{}", kept.display()));
    }
    told(&mut load)
}

/// A SQLite database that is filled once and kept, when there is a folder for it.
fn kept(
    (options, what): (&Options, What),
    cases: u64,
    house: &Path,
) -> anyhow::Result<Option<PathBuf>> {
    let Some(keep) = &options.keep else {
        return Ok(None);
    };
    let kept = keep.join(format!("{cases}-{}.db", options.lived_percent));
    if !kept.exists() {
        std::fs::create_dir_all(keep)?;
        let url = format!("sqlite:{}", kept.display());
        let mut filling = load((options, what), &url, cases, house, keep);
        shell::run(filling.arg("--only-fill"))?;
    }
    Ok(Some(kept))
}

fn load(
    (options, what): (&Options, What),
    url: &str,
    cases: u64,
    house: &Path,
    on_disk: &Path,
) -> Command {
    let mut command = Command::new(example("bench_loop"));
    command.args(["--database", url]);
    command.args(["--cases", &cases.to_string()]);
    command.args(["--seconds", &options.seconds.to_string()]);
    command.args(["--lived-percent", &options.lived_percent.to_string()]);
    command.arg("--data").arg(house.join("files"));
    command
        .arg("--binary")
        .arg(shell::target_dir().join("release/huiyin"));
    command.arg("--on-disk").arg(on_disk);
    command.args(["--what", what.name()]);
    command
}

/// `1,000,000`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
