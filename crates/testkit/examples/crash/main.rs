//! "An acknowledged write is never lost", shown from outside (`docs/reliability.md`).
//!
//! People write over HTTP to the real program, while it, its database or its disk fails again and
//! again at moments that nobody chose. What they sent, and what was acknowledged, stands in a journal of their own. In
//! the end the journal is held against what the house shows. Each trial has a control: the same
//! with a fault planted in the program, which must be found.
//!
//! ```sh
//! cargo xtask test --only crash
//! cargo run -p huiyin-testkit --example crash -- --binary target/debug/huiyin --folder /tmp/crash
//! ```

#![expect(clippy::disallowed_methods, reason = "it measures time")]

mod audit;
mod backups;
mod bits;
mod burn;
mod burn_controls;
mod burn_postgres;
mod client;
mod disk;
mod failing;
mod finding;
mod harm;
mod journal;
mod kills;
mod lives;
mod postgres;
mod power;
mod reading;
mod room;
mod server;
mod site;
mod stores;
mod strace;
mod told;
mod tools;
mod torn;
mod trial;
mod upgrade;
mod writer;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use huiyin_domain::planted::Fault as Planted;
use huiyin_store::Engine;

use finding::{Fault, Seen, Sort};
use harm::Victim;
use postgres::Postgres;
use told::Told;
use trial::Trial;

/// A control is over soon.
const STRIKES_OF_A_CONTROL: u32 = 6;
/// Of what was found, so much is shown.
const SHOWN: usize = 5;

#[derive(Parser)]
struct Arguments {
    /// The program under test, built with what tests need.
    #[arg(long)]
    binary: PathBuf,
    /// A folder for databases, files and journals; each run makes one of its own in it.
    #[arg(long)]
    folder: PathBuf,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How often the house is killed on SQLite.
    #[arg(long, default_value_t = 100)]
    kills: u32,
    /// How often the power of the disk is cut.
    #[arg(long, default_value_t = 50)]
    cuts: u32,
    /// How often the disk is filled.
    #[arg(long, default_value_t = 6)]
    fillings: u32,
    /// How often the disk fails.
    #[arg(long, default_value_t = 10)]
    failures: u32,
    /// How often on PostgreSQL, where `HUIYIN_TEST_POSTGRES` names a server.
    #[arg(long, default_value_t = 25)]
    kills_on_postgres: u32,
    /// How often PostgreSQL itself is killed.
    #[arg(long, default_value_t = 12)]
    kills_of_postgres: u32,
    /// How often the machine burns.
    #[arg(long, default_value_t = 5)]
    burns: u32,
    /// Where that server keeps its tables, if it may be killed.
    #[arg(long, requires = "postgres_programs")]
    postgres_data: Option<PathBuf>,
    /// Where its programs lie.
    #[arg(long)]
    postgres_programs: Option<PathBuf>,
    /// Only trials whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
}

fn main() -> Result<ExitCode, Fault> {
    let arguments = Arguments::parse();
    let postgres = arguments.postgres_data.clone();
    let postgres = postgres.zip(arguments.postgres_programs.clone());
    let postgres = postgres.map(|(data, programs)| Postgres { data, programs });
    let folder = arguments.folder.join(format!("run-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut failed = false;
    for (number, trial) in trials(&arguments, postgres.as_ref()).iter().enumerate() {
        if !trial.name.contains(&arguments.only) {
            continue;
        }
        if let Some(why) = trial.victim.why_not() {
            println!("skipped {}: not on this machine: {why}", trial.name);
            continue;
        }
        let folder = folder.join(number.to_string());
        std::fs::create_dir_all(&folder)?;
        let holds = is_kept(trial, &arguments, &folder);
        match holds {
            true => std::fs::remove_dir_all(&folder)?,
            false => println!("what is left of it lies in {}", folder.display()),
        }
        failed |= !holds;
    }
    for (name, engine, run) in OTHERS {
        let is_there = match engine {
            Engine::Sqlite => true,
            Engine::Postgres => std::env::var_os("HUIYIN_TEST_POSTGRES").is_some(),
        };
        if is_there && name.contains(&arguments.only) {
            failed |= !other(&arguments, &folder, (name, *engine, *run))?;
        }
    }
    failed |= !burn::all(&arguments, &folder.join("burn"))?;
    if !failed {
        std::fs::remove_dir(&folder)?;
    }
    Ok(match failed {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
}

/// A trial in which something else happens than a kill.
type Other = fn(Engine, &Path, &Path, u64) -> Result<Told, Fault>;

const OTHERS: &[(&str, Engine, Other)] = &[
    ("Backups of SQLite", Engine::Sqlite, backups::run),
    ("Backups of PostgreSQL", Engine::Postgres, backups::run),
    ("Turned and torn", Engine::Sqlite, torn::run),
    ("Upgrade of SQLite", Engine::Sqlite, upgrade::run),
    ("Upgrade of PostgreSQL", Engine::Postgres, upgrade::run),
];

/// Runs such a trial; whether all of it holds.
fn other(
    arguments: &Arguments,
    folder: &Path,
    (name, engine, run): (&str, Engine, Other),
) -> Result<bool, Fault> {
    let folder = folder.join(name.replace(' ', "-"));
    std::fs::create_dir_all(&folder)?;
    let started = Instant::now();
    let told = run(engine, &arguments.binary, &folder, arguments.seed);
    println!("{name} ({} s)", started.elapsed().as_secs());
    let holds = match told {
        Ok(told) => told.print(name),
        Err(fault) => {
            println!("failed {name}: {fault}");
            false
        }
    };
    match holds {
        true => std::fs::remove_dir_all(&folder)?,
        false => println!("what is left of it lies in {}", folder.display()),
    }
    Ok(holds)
}

/// Runs a trial and says what came of it; whether all holds.
fn is_kept(trial: &Trial<'_>, arguments: &Arguments, folder: &Path) -> bool {
    let started = Instant::now();
    match trial.run(&arguments.binary, folder, arguments.seed) {
        Ok(seen) => {
            let seconds = started.elapsed().as_secs();
            println!("{} ({seconds} s): {seen}", trial.name);
            told(trial, &seen)
        }
        Err(fault) => {
            println!("failed {}: {fault}", trial.name);
            false
        }
    }
}

fn trials<'p>(arguments: &Arguments, postgres: Option<&'p Postgres>) -> Vec<Trial<'p>> {
    let on_sqlite = |victim, name, strikes, controls: &[(Planted, Sort)]| {
        with_controls((Engine::Sqlite, victim), name, strikes, controls)
    };
    let early = [(Planted::AnsweredEarly, Sort::Lost)];
    let ignored = [(Planted::FailureIgnored, Sort::Lost)];
    let mut trials = on_sqlite(
        Victim::House,
        "SQLite",
        arguments.kills,
        &[
            (Planted::AnsweredEarly, Sort::Lost),
            (Planted::KeyForgotten, Sort::Twice),
            (Planted::BytesLater, Sort::Half),
            (Planted::BytesFirst, Sort::Orphan),
        ],
    );
    let later = [(Planted::FlushLater, Sort::Lost)];
    for (victim, name, strikes, controls) in [
        (Victim::Power, "power cut", arguments.cuts, &later),
        (Victim::Room, "full disk", arguments.fillings, &ignored),
        (Victim::Disk, "failing disk", arguments.failures, &ignored),
    ] {
        trials.extend(on_sqlite(victim, name, strikes, controls));
    }
    if std::env::var_os("HUIYIN_TEST_POSTGRES").is_none() {
        return trials;
    }
    let where_to = (Engine::Postgres, Victim::House);
    let kills = arguments.kills_on_postgres;
    trials.extend(with_controls(where_to, "PostgreSQL", kills, &early));
    if let Some(postgres) = postgres {
        let name = "PostgreSQL killed itself";
        let kills = arguments.kills_of_postgres;
        let where_to = (Engine::Postgres, Victim::Database(postgres));
        trials.extend(with_controls(where_to, name, kills, &early));
    }
    trials
}

fn with_controls<'p>(
    (engine, victim): (Engine, Victim<'p>),
    name: &str,
    strikes: u32,
    controls: &[(Planted, Sort)],
) -> Vec<Trial<'p>> {
    let plain = Trial {
        name: name.to_owned(),
        engine,
        victim,
        strikes,
        control: None,
    };
    let controls = controls.iter().map(|&control| Trial {
        name: format!("{name} with {:?}", control.0),
        strikes: STRIKES_OF_A_CONTROL,
        control: Some(control),
        ..plain
    });
    let controls: Vec<_> = controls.collect();
    std::iter::once(plain).chain(controls).collect()
}

/// Prints what holds and what does not, a line for each; whether all of it does.
fn told(trial: &Trial<'_>, seen: &Seen) -> bool {
    let of = |sort: Sort| seen.findings.iter().filter(move |found| found.sort == sort);
    if let Some((_, sort)) = trial.control {
        let count = of(sort).count();
        let word = if count > 0 { "passed" } else { "failed" };
        println!("{word} {}: found as {sort:?} {count} times", trial.name);
        return count > 0;
    }
    let mut holds = true;
    for &sort in trial.victim.sorts() {
        let count = of(sort).count();
        let word = if count == 0 { "passed" } else { "failed" };
        println!("{word} {}: {}", trial.name, sort.promise());
        for found in of(sort).take(SHOWN) {
            println!("    {}", found.what);
        }
        holds &= count == 0;
    }
    holds
}
