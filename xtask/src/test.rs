//! `cargo xtask test`: installs what tests need, starts what they talk to, runs all of them and adds them up.
//!
//! To add a stage: a file under `test/` with a function that returns `Counts`, and one line in `run`.

mod api;
pub mod browser;
mod build;
mod bundle;
mod city;
mod compare;
mod coordinates;
mod counts;
mod crash;
mod days;
mod install;
mod named;
pub mod postgres;
mod rust;
pub mod watch;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::ValueEnum;

use counts::Counts;

#[derive(clap::Args)]
pub struct Options {
    /// Run one part only
    #[arg(long)]
    only: Option<Part>,
    /// Run the tests whose name contains this
    #[arg(long)]
    filter: Option<String>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Part {
    Rust,
    Days,
    Coordinates,
    Browser,
    Api,
    City,
    Crash,
}

pub fn run(options: &Options) -> ExitCode {
    let mut stages = Stages::default();
    let asked = |part| options.only.is_none_or(|only| only == part);
    let filter = options.filter.as_deref();

    if asked(Part::Rust) {
        stages.run("rust tests", || {
            install::for_rust()?;
            rust::run(filter)
        });
    }
    if asked(Part::Days) {
        stages.run("public holidays", days::run);
    }
    if asked(Part::Coordinates) {
        stages.run("coordinates", coordinates::run);
    }
    if asked(Part::Browser) {
        stages.run("bundle", || {
            install::for_bundle()?;
            bundle::run()
        });
    }
    if asked(Part::Browser) && browser::exists() {
        stages.run("browser tests", || {
            install::for_browser()?;
            browser::run(filter)
        });
        stages.named = browser::named();
    }
    if asked(Part::Api) {
        stages.run("api fuzz", || api::run(filter));
    }
    if asked(Part::City) {
        stages.run("a day of a city", city::run);
    }
    if asked(Part::Crash) {
        stages.run("killed and restarted", || {
            install::for_rust()?;
            install::for_disks()?;
            crash::run(filter)
        });
    }
    stages.report()
}

#[derive(Default)]
struct Stages {
    done: Vec<(&'static str, Duration, Counts)>,
    /// What is said once more at the end.
    named: Vec<String>,
}

impl Stages {
    /// A stage that cannot be run at all counts as one failure, and the others still run.
    #[expect(
        clippy::disallowed_methods,
        reason = "how long a stage took is for the reader of the report only"
    )]
    fn run(&mut self, name: &'static str, stage: impl FnOnce() -> anyhow::Result<Counts>) {
        println!("\n== {name}");
        let started = Instant::now();
        let counts = stage().unwrap_or_else(|error| {
            println!("{name}: {error:#}");
            Counts {
                passed: 0,
                failed: 1,
            }
        });
        self.done.push((name, started.elapsed(), counts));
    }

    fn report(&self) -> ExitCode {
        println!();
        for name in &self.named {
            println!("{name}");
        }
        for (name, time, counts) in &self.done {
            println!("{name:<20} {:>6.1} s  {counts}", time.as_secs_f64());
        }
        let sum = self
            .done
            .iter()
            .fold(Counts::default(), |sum, (_, _, counts)| sum + *counts);
        println!("{sum}");
        if sum.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
