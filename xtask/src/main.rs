//! The house tools: `cargo xtask <command>`.
//!
//! This file is only the list. To add a command: write `xtask/src/<command>.rs` with a `run` function, add its
//! module, a variant with one sentence of help, and the arm that the compiler asks for.

mod bench;
mod ci;
mod guard;
mod new_kind;
mod schema;
mod shell;
mod test;
mod tidy;
mod town;
mod tree;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The house tools of Huiyin")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what tests need, then run every test on both databases, in the browser and against the API
    Test(test::Options),
    /// Run what must pass before a merge: the file `.ci/run`
    Ci,
    /// Begin a kind of case: a small one that works, in kinds/NAME
    NewKind { name: String },
    /// Write crates/store/schema.sql anew from the migrations
    Schema,
    /// Check the house rules
    Tidy,
    /// Let the town play many seeds, and say what its referee finds
    Town(town::Options),
    /// Measure speed and memory
    #[command(subcommand)]
    Bench(bench::Bench),
}

fn main() -> ExitCode {
    run(Cli::parse().command).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Test(options) => return Ok(test::run(&options)),
        Command::Ci => ci::run()?,
        Command::NewKind { name } => new_kind::run(&name)?,
        Command::Schema => schema::run()?,
        Command::Tidy => tidy::run()?,
        Command::Town(options) => town::run(&options)?,
        Command::Bench(bench) => bench::run(&bench)?,
    }
    Ok(ExitCode::SUCCESS)
}
