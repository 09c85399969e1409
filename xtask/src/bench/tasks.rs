//! `cargo xtask bench tasks`: tasks that reach 1,340 villages, on the same load program as the loop.

use super::run_loop::{self, Engine, What};

#[derive(clap::Args)]
pub struct Options {
    /// How many tasks the prefecture has given
    #[arg(long, default_value_t = 20)]
    tasks: u64,
    #[arg(long, value_delimiter = ',', default_values = ["sqlite", "postgres"])]
    engines: Vec<Engine>,
    /// For how many seconds each figure is taken
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Write the table into docs/benchmarks.md
    #[arg(long)]
    write: bool,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let what = run_loop::Options::of(
        options.tasks,
        options.engines.clone(),
        options.seconds,
        options.write,
    );
    run_loop::run(&what, What::Tasks)
}
