//! `cargo xtask bench`: figures, never tests. It builds what is measured, starts what it needs and prints a table.
//!
//! To add a bench: a file under `bench/`, a variant with one sentence of help, and the arm that the compiler asks for.

mod figures;
mod run_loop;

use clap::Subcommand;

#[derive(Subcommand)]
pub enum Bench {
    /// The loop over HTTP: creates, steps, lifecycles, pages and searches, on both engines
    Loop(run_loop::Options),
}

pub fn run(bench: &Bench) -> anyhow::Result<()> {
    match bench {
        Bench::Loop(options) => run_loop::run(options),
    }
}
