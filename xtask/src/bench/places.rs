//! `cargo xtask bench places`: which place is this point in; builds that program only.

use std::process::Command;

use super::figures::Figures;
use crate::shell;

#[derive(clap::Args)]
pub struct Options {
    /// Write the table into docs/benchmarks.md
    #[arg(long)]
    write: bool,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let mut build = shell::cargo();
    build.args(["build", "--release", "--locked", "-p", "huiyin-domain"]);
    shell::run(build.args(["--example", "bench_places"]))?;
    let program = shell::target_dir().join("release/examples/bench_places");
    let printed = shell::output(&mut Command::new(program))?;
    let mut figures = Figures::default();
    figures.add("one core", &printed);
    println!("{}", figures.table());
    if options.write {
        let page = shell::root().join("docs/benchmarks.md");
        figures.write(&page, "places")?;
    }
    Ok(())
}
