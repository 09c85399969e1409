//! Rules over what is generated and committed: it equals what would be generated now.

use std::process::Command;

use crate::shell::{self, root};
use crate::tidy::Fault;
use crate::tree::Tree;

pub fn clean(_: &Tree) -> anyhow::Result<Vec<Fault>> {
    if std::env::var("CI").as_deref() != Ok("true") {
        return Ok(Vec::new());
    }
    let status = shell::output(
        Command::new("git")
            .args(["status", "--porcelain"])
            .current_dir(root()),
    )?;
    Ok(status
        .lines()
        .map(|line| {
            Fault::of(
                line.get(3..).unwrap_or(line),
                "not committed, or changed by the checks",
            )
        })
        .collect())
}
