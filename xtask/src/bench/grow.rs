//! `cargo xtask bench grow`: what a write, a page and a search cost in a small house and in a large one.

use std::path::Path;
use std::process::Command;

use super::figures::Figures;
use super::run_loop::{Engine, POSTGRES, thousands};
use super::told;
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
    let folder = shell::target_dir().join("bench/grow");
    let mut columns = Vec::new();
    let begun = |engine: Engine, cases| {
        let column = format!("{}, {} cases", engine.name(), thousands(cases));
        println!("== {column}");
        column
    };
    for &cases in &sizes {
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        let sqlite = format!("sqlite:{}", folder.join("huiyin.db").display());
        shell::run(grow(&sqlite, cases, &folder).args(["--only", "fill"]))?;
        // PostgreSQL takes its cases from there, before they are worked on.
        if options.engines.contains(&Engine::Postgres) {
            let column = begun(Engine::Postgres, cases);
            let printed = on_postgres(&sqlite, cases, options.seconds)?;
            columns.push((Engine::Postgres, column, printed));
        }
        if options.engines.contains(&Engine::Sqlite) {
            let column = begun(Engine::Sqlite, cases);
            let mut measure = grow(&sqlite, cases, &folder);
            measure.args(["--only", "measure", "--seconds"]);
            let printed = told(measure.arg(options.seconds.to_string()))?;
            columns.push((Engine::Sqlite, column, printed));
        }
        std::fs::remove_dir_all(&folder)?;
    }
    columns.sort_by_key(|(engine, ..)| *engine);
    let mut figures = Figures::default();
    for (_, column, printed) in &columns {
        figures.add(column, printed);
    }
    println!("\n{}", figures.table());
    if options.write {
        figures.write(&shell::root().join("docs/benchmarks.md"), "grow")?;
    }
    Ok(())
}

fn on_postgres(from: &str, cases: u64, seconds: u64) -> anyhow::Result<String> {
    let server = Postgres::start_with(Place::Disk, POSTGRES)?;
    let mut command = grow(&server.url(), cases, &server.data().join("base"));
    command.args(["--from", from, "--seconds", &seconds.to_string()]);
    told(&mut command)
}

fn grow(url: &str, cases: u64, on_disk: &Path) -> Command {
    let mut command = Command::new(shell::target_dir().join("release/examples/grow"));
    command.args(["--database", url, "--cases", &cases.to_string()]);
    command.arg("--on-disk").arg(on_disk);
    command
}
