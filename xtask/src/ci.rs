//! `cargo xtask ci`: runs `.ci/run`, which is the one list of what must pass.

use std::process::Command;

use crate::shell::{self, root};

pub fn run() -> anyhow::Result<()> {
    shell::run(Command::new(root().join(".ci/run")).env("CI", "true"))
}
