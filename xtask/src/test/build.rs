//! One development build of everything that is tested. All stages ask for the same, so that cargo joins the same
//! features and builds nothing twice.

use std::path::PathBuf;

use crate::shell;

/// Programs that stages start and that belong to no test.
const EXAMPLES: [&str; 4] = ["bench_loop", "coordinates", "crash", "days_of_china"];

pub fn all() -> anyhow::Result<()> {
    let parts = ["--workspace", "--lib", "--bins", "--tests", "--locked"];
    let examples = EXAMPLES.map(|name| format!("--example={name}"));
    shell::run(shell::cargo().arg("build").args(parts).args(examples))
}

/// The product.
pub fn product() -> anyhow::Result<PathBuf> {
    all()?;
    Ok(shell::target_dir().join("debug/huiyin"))
}

/// One of [`EXAMPLES`].
pub fn example(name: &str) -> anyhow::Result<PathBuf> {
    all()?;
    Ok(shell::target_dir().join("debug/examples").join(name))
}
