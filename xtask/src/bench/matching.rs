//! `cargo xtask bench match`: proposing helpers for many wishes at once; builds that program only.

use std::process::Command;

use super::figures::Figures;
use crate::shell;

#[derive(clap::Args)]
pub struct Options {
    /// How many wishes, and how many volunteers
    #[arg(long, default_value_t = 10_000)]
    count: u64,
    /// How many days are played to see how long people wait
    #[arg(long, default_value_t = 60)]
    days: u64,
    /// Write the table into docs/benchmarks.md
    #[arg(long)]
    write: bool,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let mut build = shell::cargo();
    build.args(["build", "--release", "--locked", "-p", "huiyin-insight"]);
    shell::run(build.args(["--example", "bench_match"]))?;
    let program = shell::target_dir().join("release/examples/bench_match");
    let mut bench = Command::new(program);
    bench.args([options.count.to_string(), options.days.to_string()]);
    let printed = shell::output(&mut bench)?;
    let mut figures = Figures::default();
    figures.add("one core", &printed);
    println!("{}", figures.table());
    if options.write {
        let page = shell::root().join("docs/benchmarks.md");
        figures.write(&page, "match")?;
    }
    Ok(())
}
