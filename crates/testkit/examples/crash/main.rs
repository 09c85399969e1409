//! "An acknowledged write is never lost", shown from outside (`docs/reliability.md`).
//!
//! People write over HTTP to the real program, which is killed again and again at moments that
//! nobody chose. What they sent, and what was acknowledged, stands in a journal of their own. In
//! the end the journal is held against what the house shows. Each trial has a control: the same
//! with a fault planted in the program, which must be found.
//!
//! ```sh
//! cargo xtask test --only crash
//! cargo run -p huiyin-testkit --example crash -- --binary target/debug/huiyin --folder /tmp/crash
//! ```

#![expect(
    clippy::disallowed_methods,
    reason = "it measures how long the house is away"
)]

mod audit;
mod client;
mod finding;
mod journal;
mod lives;
mod postgres;
mod server;
mod site;
mod stores;
mod trial;
mod writer;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use huiyin_domain::planted::Fault as Planted;
use huiyin_store::Engine;

use finding::{Fault, Seen, Sort};
use postgres::Postgres;
use trial::{Trial, Victim};

/// A control is over soon.
const KILLS_OF_A_CONTROL: u32 = 6;
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
    /// How often on PostgreSQL, where `HUIYIN_TEST_POSTGRES` names a server.
    #[arg(long, default_value_t = 25)]
    kills_on_postgres: u32,
    /// How often PostgreSQL itself is killed.
    #[arg(long, default_value_t = 12)]
    kills_of_postgres: u32,
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
        let folder = folder.join(number.to_string());
        std::fs::create_dir_all(&folder)?;
        let started = Instant::now();
        let seen = trial.run(&arguments.binary, &folder, arguments.seed);
        let seconds = started.elapsed().as_secs();
        let holds = match seen {
            Ok(seen) => {
                println!("{} ({seconds} s): {seen}", trial.name);
                told(trial, &seen)
            }
            Err(fault) => {
                println!("failed {}: {fault}", trial.name);
                false
            }
        };
        match holds {
            true => std::fs::remove_dir_all(&folder)?,
            false => println!("what is left of it lies in {}", folder.display()),
        }
        failed |= !holds;
    }
    if !failed {
        std::fs::remove_dir(&folder)?;
    }
    Ok(match failed {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
}

fn trials<'p>(arguments: &Arguments, postgres: Option<&'p Postgres>) -> Vec<Trial<'p>> {
    let house = |engine, name: &str, kills, controls: &[(Planted, Sort)]| {
        let victim = Victim::House;
        with_controls((engine, victim), name, kills, controls)
    };
    let mut trials = house(
        Engine::Sqlite,
        "SQLite",
        arguments.kills,
        &[
            (Planted::AnsweredEarly, Sort::Lost),
            (Planted::KeyForgotten, Sort::Twice),
            (Planted::BytesLater, Sort::Half),
            (Planted::BytesFirst, Sort::Orphan),
        ],
    );
    if std::env::var_os("HUIYIN_TEST_POSTGRES").is_none() {
        return trials;
    }
    let early = [(Planted::AnsweredEarly, Sort::Lost)];
    let kills = arguments.kills_on_postgres;
    trials.extend(house(Engine::Postgres, "PostgreSQL", kills, &early));
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
    kills: u32,
    controls: &[(Planted, Sort)],
) -> Vec<Trial<'p>> {
    let plain = Trial {
        name: name.to_owned(),
        engine,
        victim,
        kills,
        control: None,
    };
    let controls = controls.iter().map(|&control| Trial {
        name: format!("{name} with {:?}", control.0),
        kills: KILLS_OF_A_CONTROL,
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
    for sort in Sort::ALL {
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
