//! `huiyin restore`: a backup into an empty database, of either engine; then all is checked.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use huiyin_app::backup::{Checked, check};
use huiyin_app::restore::{complete, take_in};

use super::verify;
use crate::house::House;

#[derive(Args)]
pub struct Restore {
    /// What `huiyin backup` wrote.
    file: PathBuf,
    #[command(flatten)]
    house: House,
}

impl Restore {
    pub fn run(self) -> anyhow::Result<()> {
        // Nothing is opened, and so nothing is made, before the file is known to be whole.
        let checked = check(&self.file).with_context(|| self.file.display().to_string())?;
        self.take_in(&checked)?;
        let app = self.house.open()?.app;
        let report = complete(&app, &checked);
        app.store.shutdown_blocking();
        let manifest = &checked.manifest;
        println!(
            "taken in as of {}: {} rows, {} attachments",
            manifest.made_at, manifest.rows, manifest.attachments
        );
        for hash in &manifest.lost {
            println!("attachment {hash} was lost before the backup");
        }
        verify::tell(&report?)
    }

    fn take_in(&self, checked: &Checked) -> anyhow::Result<()> {
        let (store, files) = self.house.open_bare()?;
        let runtime = tokio::runtime::Runtime::new().context("starting the threads")?;
        let taken = runtime.block_on(take_in(checked, &store, &files));
        store.shutdown_blocking();
        Ok(taken?)
    }
}
