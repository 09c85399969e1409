//! `cargo xtask bench grow`: what a write, a page and a search cost in a small house and in a large one.

use std::path::Path;
use std::process::Command;

use super::figures::Figures;
use super::run_loop::{Engine, POSTGRES, thousands};
use crate::shell;
use crate::test::postgres::{Place, Postgres};

const LONG: [u64; 2] = [5_000_000, 10_000_000];

#[derive(clap::Args)]
pub struct Options {
    /// How many cases came in over two years: several sizes, several columns
    #[arg(long, value_delimiter = ',', default_values_t = [10_000, 100_000, 1_000_000])]
    cases: Vec<u64>,
    /// Five and ten million cases as well
    #[arg(long)]
    long: bool,
    #[arg(long, value_delimiter = ',', default_values = ["sqlite", "postgres"])]
    engines: Vec<Engine>,
    /// For how many seconds each figure is taken
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    /// Write the table into docs/benchmarks.md
    #[arg(long)]
    write: bool,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let mut build = shell::cargo();
    build.args(["build", "--release", "--locked", "-p", "huiyin-store"]);
    shell::run(build.args(["--example", "grow"]))?;
    let mut sizes = options.cases.clone();
    sizes.extend(options.long.then_some(LONG).into_iter().flatten());
    let mut figures = Figures::default();
    for &engine in &options.engines {
        for &cases in &sizes {
            let (name, printed) = match engine {
                Engine::Sqlite => ("SQLite", on_sqlite(cases, options.seconds)?),
                Engine::Postgres => ("PostgreSQL", on_postgres(cases, options.seconds)?),
            };
            let column = format!("{name}, {} cases", thousands(cases));
            println!("== {column}\n{printed}");
            figures.add(&column, &printed);
        }
    }
    println!("\n{}", figures.table());
    if options.write {
        figures.write(&shell::root().join("docs/benchmarks.md"), "grow")?;
    }
    Ok(())
}

fn on_sqlite(cases: u64, seconds: u64) -> anyhow::Result<String> {
    let folder = shell::target_dir().join("bench/grow");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let url = format!("sqlite:{}", folder.join("huiyin.db").display());
    let printed = grow(&url, cases, seconds, &folder)?;
    std::fs::remove_dir_all(&folder)?;
    Ok(printed)
}

fn on_postgres(cases: u64, seconds: u64) -> anyhow::Result<String> {
    let server = Postgres::start_with(Place::Disk, POSTGRES)?;
    grow(&server.url(), cases, seconds, &server.data().join("base"))
}

fn grow(url: &str, cases: u64, seconds: u64, on_disk: &Path) -> anyhow::Result<String> {
    let program = shell::target_dir().join("release/examples/grow");
    let mut command = Command::new(program);
    command.args(["--database", url, "--cases", &cases.to_string()]);
    command.args(["--seconds", &seconds.to_string()]);
    shell::output(command.arg("--on-disk").arg(on_disk))
}
