//! `cargo xtask bench sign-up`: many want a seat at the same instant, on the same load program as the loop.

use super::run_loop::{self, Engine, What};

#[derive(clap::Args)]
pub struct Options {
    /// How many want one of the hundred seats
    #[arg(long, default_value_t = 1_000)]
    people: u64,
    #[arg(long, value_delimiter = ',', default_values = ["sqlite", "postgres"])]
    engines: Vec<Engine>,
    /// Write the table into docs/benchmarks.md
    #[arg(long)]
    write: bool,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let seconds = 1; // only the limits of the machine take their time from it
    let options = run_loop::Options::of(
        options.people,
        options.engines.clone(),
        seconds,
        options.write,
    );
    run_loop::run(&options, What::SignUp)
}
