//! `cargo xtask bench`: figures, never tests. It builds what is measured, starts what it needs and prints a table.
//!
//! To add a bench: a file under `bench/`, a variant with one sentence of help, and the arm that the compiler asks for.

mod clocks;
mod figures;
mod matching;
mod outdoors;
mod people;
mod places;
mod run_loop;
mod sign_up;
mod tasks;

use clap::Subcommand;
use run_loop::What;

#[derive(Subcommand)]
pub enum Bench {
    /// The loop over HTTP: creates, steps, lifecycles, pages and searches, on both engines
    Loop(run_loop::Options),
    /// Running clocks: the sweep over them, and pages while some run out
    Clocks(clocks::Options),
    /// Proposing helpers: time, memory, cost against greedy and the optimum, how long people wait
    Match(matching::Options),
    /// The pages of a community in which many help: volunteers, services, certificates
    People(people::Options),
    /// Which place a point is in: time of a lookup, of building the index, memory
    Places(places::Options),
    /// The pages for outdoors on a slow phone, by Lighthouse
    Outdoors(outdoors::Options),
    /// Many who want one of a few seats at the same instant
    SignUp(sign_up::Options),
    /// A prefecture's tasks in 1,340 villages: giving one, and the pages on which it is seen
    Tasks(tasks::Options),
}

pub fn run(bench: &Bench) -> anyhow::Result<()> {
    match bench {
        Bench::Loop(options) => run_loop::run(options, What::Loop),
        Bench::Clocks(options) => clocks::run(options),
        Bench::Match(options) => matching::run(options),
        Bench::People(options) => people::run(options),
        Bench::Places(options) => places::run(options),
        Bench::Outdoors(options) => outdoors::run(options),
        Bench::SignUp(options) => sign_up::run(options),
        Bench::Tasks(options) => tasks::run(options),
    }
}
