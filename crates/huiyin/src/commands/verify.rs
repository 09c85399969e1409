//! `huiyin verify`: counts what there is and lists whatever should not be.

use anyhow::bail;
use clap::Args;
use huiyin_app::verify::{self, Report};

use crate::house::House;

#[derive(Args)]
pub struct Verify {
    #[command(flatten)]
    house: House,
}

impl Verify {
    pub fn run(self) -> anyhow::Result<()> {
        let app = self.house.open_existing()?.app;
        let report = verify::verify(&app);
        app.store.shutdown_blocking();
        tell(&report?)
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
