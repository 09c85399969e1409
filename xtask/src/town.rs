//! `cargo xtask town`: the long run of the referee, in a release build.

use crate::shell;
use crate::test::postgres::Postgres;

#[derive(clap::Args)]
pub struct Options {
    /// How many seeds
    #[arg(long, default_value_t = 2_000)]
    seeds: u64,
    /// The first one
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many years each lasts; without it, weeks and months as in the tests
    #[arg(long)]
    years: Option<u32>,
    /// On PostgreSQL instead of SQLite
    #[arg(long)]
    postgres: bool,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let postgres = options.postgres.then(Postgres::start).transpose()?;
    let mut town = shell::cargo();
    let build = ["run", "--quiet", "--release", "--locked"];
    town.args(build)
        .args(["-p", "huiyin-testkit", "--example", "town", "--"])
        .args(["--seeds", &options.seeds.to_string()])
        .args(["--from", &options.from.to_string()]);
    if let Some(years) = options.years {
        town.args(["--years", &years.to_string()]);
    }
    if let Some(postgres) = &postgres {
        town.arg("--postgres")
            .env("HUIYIN_TEST_POSTGRES", postgres.url());
    }
    shell::run(&mut town)
}
