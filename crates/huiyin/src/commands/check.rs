//! `huiyin check kinds/`: reads every kind of a folder and tells all that is wrong with it.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use huiyin_domain::case::{Fault, check_folder};

use crate::kinds;

/// Check kinds: definitions, models, words and stories; draw their diagrams anew.
#[derive(Args)]
pub struct Check {
    /// The folder in which each kind has its folder.
    folder: PathBuf,
    /// Say what is wrong, write nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Check {
    pub fn run(self) -> anyhow::Result<()> {
        let all = kinds::read(&self.folder)?;
        let (mut errors, mut checked) = (0, 0);
        for files in &all {
            let report = check_folder(files.clone(), &all);
            for fault in &report.faults {
                println!("{fault}");
            }
            errors += report
                .faults
                .iter()
                .filter(|fault| Fault::is_error(fault))
                .count();
            checked += 1;
            if let Some(diagram) = report.diagram.filter(|_| !self.dry_run) {
                let path = self.folder.join(&files.folder).join("diagram.md");
                std::fs::write(&path, diagram)
                    .with_context(|| format!("writing {}", path.display()))?;
            }
        }
        println!("{checked} kinds, {errors} errors");
        match errors {
            0 => Ok(()),
            _ => bail!("the kinds cannot be used"),
        }
    }
}
