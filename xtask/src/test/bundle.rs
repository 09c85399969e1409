//! The committed bundle is what its sources make: `assets/dist` is made anew and compared.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::shell::{self, root};
use crate::test::counts::Counts;

pub fn folder() -> PathBuf {
    root().join("assets")
}

/// Each file of the bundle counts as one test. What was made stays, ready to be committed.
pub fn run() -> anyhow::Result<Counts> {
    let dist = folder().join("dist");
    let committed = files(&dist)?;
    shell::run(Command::new("node").arg("build.mjs").current_dir(folder()))?;
    let mut counts = Counts::default();
    for (name, made) in files(&dist)? {
        if committed.get(&name) == Some(&made) {
            counts.passed += 1;
        } else {
            println!(
                "assets/dist/{name} was not what its sources make; it is now, please commit it"
            );
            counts.failed += 1;
        }
    }
    Ok(counts)
}

fn files(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    entries
        .map(|entry| {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            Ok((name, std::fs::read(entry.path())?))
        })
        .collect()
}
