//! `huiyin backup`: database and attachments in one file that can be checked.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use huiyin_app::backup::backup;

use crate::house::House;

#[derive(Args)]
pub struct Backup {
    /// The file to write. One of that name is replaced when the new one is whole.
    file: PathBuf,
    #[command(flatten)]
    house: House,
}

impl Backup {
    pub fn run(self) -> anyhow::Result<()> {
        let app = self.house.open_existing()?.app;
        let runtime = tokio::runtime::Runtime::new().context("starting the threads")?;
        let made = runtime.block_on(backup(&app, &self.file));
        app.store.shutdown_blocking();
        let made = made?;
        println!(
            "{}: {} cases, {} entries, {} files, {} rows, {} attachments",
            self.file.display(),
            made.cases,
            made.entries,
            made.files,
            made.rows,
            made.attachments
        );
        for hash in &made.lost {
            println!("attachment {hash} was lost or damaged before");
        }
        match made.lost.len() {
            0 => Ok(()),
            lost => bail!("the backup is whole, but {lost} attachments were gone already"),
        }
    }
}
