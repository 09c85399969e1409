//! `huiyin verify`: counts what there is and lists whatever should not be.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use huiyin_app::outside::{Clock as _, LiveClock};
use huiyin_app::shipped::{Looked, look};
use huiyin_app::verify::{self, Report};
use huiyin_store::shipping::BEHIND;

use crate::house::{self, House};

#[derive(Args)]
pub struct Verify {
    /// Look at what was shipped to this folder instead, and whether it is a minute behind.
    #[arg(long)]
    shipped: Option<PathBuf>,
    #[command(flatten)]
    house: House,
}

impl Verify {
    pub fn run(self) -> anyhow::Result<()> {
        if let Some(folder) = &self.shipped {
            return verify_shipped(folder);
        }
        house::log();
        let app = self.house.open_existing()?.app;
        let report = verify::verify(&app);
        app.store.shutdown_blocking();
        tell(&report?)
    }
}

fn verify_shipped(folder: &Path) -> anyhow::Result<()> {
    let looked = look(folder, None)?;
    tell_shipped(&looked);
    if let Some(damage) = &looked.shipped.damage {
        bail!("what was shipped is damaged: {damage}");
    }
    if !looked.damaged_files.is_empty() {
        bail!("{} files are damaged", looked.damaged_files.len());
    }
    let since = looked.shipped.as_of.duration_until(LiveClock.now());
    match since.unsigned_abs() > BEHIND {
        false => Ok(()),
        true => bail!("log shipping is {} s behind", since.as_secs()),
    }
}

/// Prints what there is to restore from.
pub fn tell_shipped(looked: &Looked) {
    let shipped = &looked.shipped;
    println!(
        "generation {} as of {}: {} segments, {} files",
        shipped.generation, shipped.as_of, shipped.segments, looked.files
    );
    for name in &looked.damaged_files {
        println!("file {name} is damaged");
    }
}

/// Prints the counts and every finding; an error when there is any.
pub fn tell(report: &Report) -> anyhow::Result<()> {
    for finding in &report.findings {
        println!(
            "case {}, invariant {}: {}",
            finding.case, finding.invariant, finding.what
        );
    }
    for finding in &report.beside {
        println!("{finding}");
    }
    let listed = report.findings.len() + report.beside.len();
    let findings = listed as u64 + report.unlisted;
    println!(
        "{} cases, {} of them open, {} entries, {findings} findings",
        report.cases, report.open, report.entries
    );
    match findings {
        0 => Ok(()),
        _ => bail!("the promise is not kept"),
    }
}
