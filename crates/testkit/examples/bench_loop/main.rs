//! The loop under load: `cargo xtask bench loop` starts this with a database to fill.
//!
//! It settles the town, fills the database through the same operations as the pages do, starts
//! the binary, and then asks it over HTTP like everybody else: creates, steps, whole lifecycles,
//! pages and searches, with the generator on the same machine. It prints one line of a table
//! for each figure. One more figure: a measure in `measures.rs` and its line in `run`.

#![expect(
    clippy::disallowed_methods,
    reason = "it measures time, and chance is the machine's"
)]

mod bring;
mod case;
mod client;
mod clocks;
mod days;
mod fill;
mod load;
mod measures;
mod people;
mod plan;
mod server;
mod sign_up;
mod tasks;
mod tokens;
mod year;

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Which bench.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The loop with `cases` in the database.
    Loop,
    /// What running clocks cost, with `cases` of them.
    Clocks,
    /// The pages of a community in which `cases` people help.
    People,
    /// So many as `cases` say want a seat at the same instant.
    SignUp,
    /// So many tasks as `cases` say, in a whole prefecture.
    Tasks,
    /// So many days as `cases` say of a year of a very large city, faster than they were lived.
    Year,
}

/// What is measured, and where.
#[derive(Parser)]
pub struct Arguments {
    /// sqlite:PATH or postgres://…; filled to `cases` unless it already is.
    #[arg(long)]
    database: String,
    /// sqlite:PATH: where an empty database takes its cases from, instead of living through them.
    #[arg(long)]
    from: Option<String>,
    /// The folder of the house's files.
    #[arg(long)]
    data: PathBuf,
    /// How many cases lie in the database before anything is measured.
    #[arg(long)]
    cases: u64,
    /// Of a hundred cases, so many have been through the whole loop.
    #[arg(long, default_value_t = 20)]
    lived_percent: u64,
    /// Of a hundred cases, so many are open; those that neither are nor have been through the
    /// loop were withdrawn.
    #[arg(long, default_value_t = 5)]
    open_percent: u64,
    /// The binary under test.
    #[arg(long)]
    binary: PathBuf,
    /// For how many seconds each figure is taken.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// The folder in which the database keeps its files, for bytes on disk.
    #[arg(long)]
    on_disk: PathBuf,
    #[arg(long, value_enum, default_value = "loop")]
    what: What,
    /// Of the very large city, so much of a hundred.
    #[arg(long, default_value_t = 100.0)]
    percent: f64,
    /// How many times faster than it was lived its year is replayed.
    #[arg(long, default_value_t = 365.0)]
    faster: f64,
    /// So many of its people write at the same time; what comes meanwhile waits for one of them.
    #[arg(long, default_value_t = 64)]
    writers: usize,
    /// Fill the database and end.
    #[arg(long)]
    only_fill: bool,
}

fn main() -> Result<(), client::Fault> {
    let arguments = Arguments::parse();
    match arguments.what {
        What::Clocks => return clocks::run(&arguments),
        What::People => return people::run(&arguments),
        What::SignUp => return sign_up::run(&arguments),
        What::Tasks => return tasks::run(&arguments),
        What::Year => return year::run(&arguments),
        What::Loop => {}
    }
    let tokens = fill::fill(&arguments)?;
    match arguments.only_fill {
        true => Ok(()),
        false => measures::run(&arguments, &tokens),
    }
}
