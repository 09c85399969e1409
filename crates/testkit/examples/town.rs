//! The long run of the referee: larger worlds, over years. `cargo xtask town` runs it.

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use clap::Parser;
use huiyin_store::Engine;
use huiyin_testkit::referee::{Size, play};

/// Plays seeds of the town and says what is found.
#[derive(Parser)]
struct Arguments {
    /// How many seeds.
    #[arg(long, default_value_t = 2_000)]
    seeds: u64,
    /// The first one.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many years each lasts; without it, weeks and months as in the tests.
    #[arg(long)]
    years: Option<u32>,
    /// On PostgreSQL, which `HUIYIN_TEST_POSTGRES` names, and not on SQLite.
    #[arg(long)]
    postgres: bool,
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long it took is for the reader only"
)]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let size = arguments.years.map_or(Size::SMALL, Size::years);
    let engine = match arguments.postgres {
        true => Engine::Postgres,
        false => Engine::Sqlite,
    };
    let began = Instant::now();
    let next = AtomicU64::new(0);
    let [found, acts, cases] = [const { AtomicUsize::new(0) }; 3];
    let works = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= arguments.seeds {
                return;
            }
            let seed = arguments.from + number;
            match play(engine, seed, size) {
                Some(Ok(report)) => {
                    acts.fetch_add(report.acts, Ordering::Relaxed);
                    cases.fetch_add(report.cases, Ordering::Relaxed);
                }
                Some(Err(finding)) => {
                    found.fetch_add(1, Ordering::Relaxed);
                    println!("{finding}\n  again: {}", again(&arguments, seed));
                }
                None => panic!("HUIYIN_TEST_POSTGRES names no server"),
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(works);
        }
    });
    let seconds = began.elapsed().as_secs_f64();
    let [found, acts, cases] = [found, acts, cases].map(AtomicUsize::into_inner);
    println!(
        "{} seeds, {acts} acts, {cases} cases in {seconds:.0} s ({:.1} seeds and {:.0} acts a second): {found} findings",
        arguments.seeds,
        arguments.seeds as f64 / seconds,
        acts as f64 / seconds,
    );
    match found {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// How to play a seed again.
fn again(arguments: &Arguments, seed: u64) -> String {
    let years = arguments.years.map(|years| format!(" --years {years}"));
    let postgres = if arguments.postgres {
        " --postgres"
    } else {
        ""
    };
    let years = years.unwrap_or_default();
    format!("cargo xtask town --seeds 1 --from {seed}{years}{postgres}")
}
