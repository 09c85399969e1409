//! The committed bundle is what its sources make: `assets/dist` is made anew and compared.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::Context;

use crate::shell::{self, root};
use crate::test::counts::Counts;

pub fn folder() -> PathBuf {
    root().join("assets")
}

/// Each file of the bundle counts as one test. What was made stays, ready to be committed; what is
/// as it was keeps its time, or all that holds it would be compiled again.
pub fn run() -> anyhow::Result<Counts> {
    let dist = folder().join("dist");
    let committed = files(&dist)?;
    shell::run(Command::new("node").arg("build.mjs").current_dir(folder()))?;
    let mut counts = Counts::default();
    for (name, made) in files(&dist)? {
        if let Some(before) = committed.get(&name)
            && before.text == made.text
        {
            File::options()
                .write(true)
                .open(dist.join(&name))?
                .set_modified(before.modified)?;
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

struct Made {
    text: Vec<u8>,
    modified: SystemTime,
}

fn files(folder: &Path) -> anyhow::Result<BTreeMap<String, Made>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    entries
        .map(|entry| {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let text = std::fs::read(entry.path())?;
            let modified = entry.metadata()?.modified()?;
            Ok((name, Made { text, modified }))
        })
        .collect()
}
