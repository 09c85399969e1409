//! "An acknowledged write is never lost", shown from outside (`docs/reliability.md`).
//!
//! People write over HTTP to the real program, while it, its database or its disk fails again and
//! again at moments that nobody chose. What they sent, and what was acknowledged, stands in a
//! journal of their own. In the end the journal is held against what the house shows. Each trial has a control: the same
//! with a fault planted in the program, which must be found.
//!
//! ```sh
//! cargo xtask test --only crash
//! cargo run -p huiyin-testkit --example crash -- --binary target/debug/huiyin --folder /tmp/crash
//! ```

#![expect(clippy::disallowed_methods, reason = "it measures time")]

mod across;
mod audit;
mod backups;
mod balancer;
mod bits;
mod bucket;
mod burn;
mod burn_controls;
mod burn_postgres;
mod busy;
mod client;
mod disk;
mod failing;
mod failover;
mod finding;
mod fleet;
mod harm;
mod hosts;
mod incoming;
mod introduced;
mod journal;
mod kills;
mod lane;
mod listening;
mod lives;
mod place;
mod postgres;
mod power;
mod reading;
mod replicas;
mod room;
mod server;
mod site;
mod stores;
mod strace;
mod told;
mod tools;
mod torn;
mod trial;
mod two;
mod upgrade;
mod writer;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use huiyin_domain::planted::Fault as Planted;
use huiyin_store::Engine;

use finding::{Fault, Sort};
use fleet::End;
use harm::Victim;
use lane::{Entry, Lane};
use postgres::Postgres;
use told::Told;
use trial::Trial;

/// So many of one house become a later release, each once.
const PROCESSES: u32 = 3;
/// A control is over soon.
const STRIKES_OF_A_CONTROL: u32 = 6;

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
    /// How often one of several processes is killed, and how often one is asked to end.
    #[arg(long, default_value_t = 20)]
    kills_of_many: u32,
    #[arg(long, default_value_t = 9)]
    ends_of_many: u32,
    /// How often one of two installations is killed.
    #[arg(long, default_value_t = 12)]
    kills_of_two: u32,
    /// How often the machine dies on which PostgreSQL is written to.
    #[arg(long, default_value_t = 5)]
    deaths: u32,
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
    let entries = entries(&arguments, postgres.as_ref());
    let holds = |lane| lane::holds(lane, &entries, &folder);
    let beside = std::thread::scope(|scope| {
        let lanes = [Lane::Disk, Lane::Waits, Lane::Server];
        let lanes = lanes.map(|lane| scope.spawn(move || holds(lane)));
        lanes.map(|lane| lane.join().unwrap_or(Err("a lane panicked".into())))
    });
    let alone = holds(Lane::Alone)?;
    let mut holds = alone;
    for lane in beside {
        holds &= lane?;
    }
    if holds {
        std::fs::remove_dir(&folder)?;
    }
    Ok(match holds {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// A trial in which something else happens than that one thing fails again and again.
type Other = fn(&Arguments, Engine, &Path) -> Result<Told, Fault>;

const OTHERS: &[(&str, Engine, Lane, Other)] = {
    use Engine::{Postgres, Sqlite};
    &[
        ("SQLite burnt", Sqlite, Lane::Alone, burn::run),
        (
            "PostgreSQL burnt",
            Postgres,
            Lane::Alone,
            burn_postgres::run,
        ),
        // The first of these backups is restored on the server.
        ("Backups of SQLite", Sqlite, Lane::Server, backups::run),
        (
            "Backups of PostgreSQL",
            Postgres,
            Lane::Server,
            backups::run,
        ),
        ("two installations", Sqlite, Lane::Waits, two::run),
        ("Turned and torn", Sqlite, Lane::Disk, torn::run),
        ("Upgrade of SQLite", Sqlite, Lane::Disk, upgrade::run),
        (
            "Upgrade of PostgreSQL",
            Postgres,
            Lane::Server,
            upgrade::run,
        ),
        (
            "the first of three databases dies",
            Postgres,
            Lane::Alone,
            failover::run,
        ),
    ]
};

/// All trials that are asked for and possible here.
fn entries<'a>(arguments: &'a Arguments, postgres: Option<&'a Postgres>) -> Vec<Entry<'a>> {
    let has_server = std::env::var_os("HUIYIN_TEST_POSTGRES").is_some();
    let asked = |name: &str| name.contains(&arguments.only);
    let trials = trials(arguments, postgres)
        .into_iter()
        .filter(|trial| asked(&trial.name))
        .map(|trial| Entry {
            name: trial.name.clone(),
            lane: match (trial.engine, trial.victim) {
                (Engine::Sqlite, _) => Lane::Disk,
                // For what one of them was about when it was killed.
                (Engine::Postgres, Victim::OneOfMany(End::Killed)) => Lane::Waits,
                (Engine::Postgres, Victim::Database(_)) => Lane::Alone,
                (Engine::Postgres, _) => Lane::Server,
            },
            run: Box::new(move |folder| {
                if let Some(why) = trial.victim.why_not() {
                    return Ok(Told::skipped(why));
                }
                let seen = trial.run(&arguments.binary, folder, arguments.seed)?;
                Ok(trial.told(&seen))
            }),
        });
    let others = OTHERS
        .iter()
        .filter(|(name, engine, ..)| asked(name) && (*engine == Engine::Sqlite || has_server))
        .map(|&(name, engine, lane, run)| Entry {
            name: name.to_owned(),
            lane,
            run: Box::new(move |folder| run(arguments, engine, folder)),
        });
    trials.chain(others).collect()
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
    let many = |end| (Engine::Postgres, Victim::OneOfMany(end));
    trials.extend(with_controls(
        many(End::Killed),
        "one of three killed",
        arguments.kills_of_many,
        &[(Planted::KeyForgotten, Sort::Twice)],
    ));
    trials.extend(with_controls(
        many(End::Asked),
        "one of three ends",
        arguments.ends_of_many,
        &[(Planted::ClosedAtOnce, Sort::Unread)],
    ));
    trials.extend(with_controls(
        many(End::Upgraded),
        "three become a later release",
        PROCESSES,
        &[(Planted::NextReleaseTakes, Sort::Unclear)],
    ));
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
