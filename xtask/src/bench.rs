//! `cargo xtask bench`: figures, never tests. It builds what is measured, starts what it needs and prints a table.
//!
//! To add a bench: a variant with one sentence of help and the arm that the compiler asks for; a file under `bench/`,
//! or, on the load program of the loop, a variant of [`What`].

mod figures;
mod grow;
mod matching;
mod outdoors;
mod places;
mod run_loop;

use std::process::Command;

use clap::Subcommand;
use run_loop::{OneSize, What};

use crate::test::watch::watch;

#[derive(Subcommand)]
pub enum Bench {
    /// The loop over HTTP: creates, steps, lifecycles, pages and searches, on both engines
    Loop(run_loop::Options),
    /// What a write, a page and a search cost in a small house and in a large one
    Grow(grow::Options),
    /// Running clocks, 100,000 of them: the sweep over them, and pages while some run out
    Clocks(OneSize),
    /// Proposing helpers: time, memory, cost against greedy and the optimum, how long people wait
    Match(matching::Options),
    /// The pages of a community in which 10,000 help: volunteers, services, certificates
    People(OneSize),
    /// Which place a point is in: time of a lookup, of building the index, memory
    Places(places::Options),
    /// The pages for outdoors on a slow phone, by Lighthouse
    Outdoors(outdoors::Options),
    /// A thousand who want one of a few seats at the same instant
    SignUp(OneSize),
    /// Twenty tasks in a prefecture of 1,340 villages: giving one, and the pages on which it is seen
    Tasks(OneSize),
    /// Days of a year of a very large city, 28 million cases, each day in four minutes
    Year(OneSize),
}

pub fn run(bench: &Bench) -> anyhow::Result<()> {
    match bench {
        Bench::Loop(options) => run_loop::run(options, What::Loop),
        Bench::Grow(options) => grow::run(options),
        Bench::Clocks(size) => run_loop::run_one(size, What::Clocks),
        Bench::Match(options) => matching::run(options),
        Bench::People(size) => run_loop::run_one(size, What::People),
        Bench::Places(options) => places::run(options),
        Bench::Outdoors(options) => outdoors::run(options),
        Bench::SignUp(size) => run_loop::run_one(size, What::SignUp),
        Bench::Tasks(size) => run_loop::run_one(size, What::Tasks),
        Bench::Year(size) => run_loop::run_one(size, What::Year),
    }
}

/// What a program says that measures, which is also seen while it goes on.
fn told(program: &mut Command) -> anyhow::Result<String> {
    let watched = watch(program)?;
    anyhow::ensure!(watched.succeeded, "{program:?} failed");
    Ok(watched.printed)
}
