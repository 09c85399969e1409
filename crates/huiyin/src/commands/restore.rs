//! `huiyin restore`: a backup into an empty database, of either engine; or what was shipped into a
//! database of SQLite that is not there yet. Then all is checked.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use huiyin_app::backup::{Checked, check};
use huiyin_app::cases::erase::{Cause, erase};
use huiyin_app::restore::{complete, take_in};
use huiyin_app::shipped;
use huiyin_app::verify::Report;
use huiyin_app::{App, Error, Refusal};
use huiyin_domain::access::Actor;
use huiyin_domain::id::CaseId;

use super::verify;
use crate::house::House;

#[derive(Args)]
pub struct Restore {
    /// What `huiyin backup` wrote.
    #[arg(required_unless_present = "shipped", conflicts_with = "shipped")]
    file: Option<PathBuf>,
    /// The folder to which the log was shipped.
    #[arg(long)]
    shipped: Option<PathBuf>,
    /// Not the newest generation that is whole, but this one.
    #[arg(long, requires = "shipped")]
    generation: Option<u64>,
    /// When something in it is damaged, take what lies before.
    #[arg(long, requires = "shipped")]
    up_to_damage: bool,
    /// What `huiyin erase --list` printed later: these are erased again.
    #[arg(long)]
    erased: Option<PathBuf>,
    #[command(flatten)]
    house: House,
}

impl Restore {
    pub fn run(self) -> anyhow::Result<()> {
        match (&self.file, &self.shipped) {
            (Some(file), _) => self.backup(file),
            (None, Some(folder)) => self.shipped(folder),
            (None, None) => bail!("a backup or --shipped is to be named"),
        }
    }

    fn backup(&self, file: &Path) -> anyhow::Result<()> {
        // Nothing is opened, and so nothing is made, before the file is known to be whole.
        let checked = check(file).with_context(|| file.display().to_string())?;
        let erased = self.erased()?;
        self.take_in(&checked)?;
        let app = self.house.open()?.app;
        let report = complete(&app, &checked);
        let report = report.and_then(|report| match erased.is_empty() {
            true => Ok(report),
            false => Ok(again(&app, &erased)?),
        });
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

    fn shipped(&self, folder: &Path) -> anyhow::Result<()> {
        let looked =
            shipped::look(folder, self.generation).with_context(|| folder.display().to_string())?;
        let erased = self.erased()?;
        if let Some(damage) = &looked.shipped.damage {
            match self.up_to_damage {
                true => println!("{damage}: what lies before is taken"),
                false => bail!(
                    "what was shipped is damaged: {damage}. With --up-to-damage what lies \
                     before is restored, as of {}",
                    looked.shipped.as_of
                ),
            }
        }
        let database = self.house.sqlite_path()?;
        if database.exists() {
            bail!("{} is there already", database.display());
        }
        self.house.refuse_files()?;
        let runtime = tokio::runtime::Runtime::new().context("starting the threads")?;
        looked.shipped.restore(&database)?;
        let app = self.house.open_existing()?.app;
        let missing = runtime.block_on(shipped::take_files(&app, &looked));
        let report = missing.and_then(|missing| {
            let report = match erased.is_empty() {
                true => huiyin_app::verify::verify(&app)?,
                false => again(&app, &erased)?,
            };
            Ok((missing, report))
        });
        app.store.shutdown_blocking();
        verify::tell_shipped(&looked);
        let (missing, report) = report?;
        for hash in &missing {
            println!("file {hash} is named and was not shipped");
        }
        verify::tell(&report)?;
        match missing.len() {
            0 => Ok(()),
            lost => bail!("it is restored, but {lost} files are missing"),
        }
    }

    fn erased(&self) -> anyhow::Result<Vec<CaseId>> {
        let Some(path) = &self.erased else {
            return Ok(Vec::new());
        };
        let name = || path.display().to_string();
        let text = std::fs::read_to_string(path).with_context(name)?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let ids = lines.map(|line| line.parse().with_context(|| format!("{}: {line}", name())));
        ids.collect()
    }

    fn take_in(&self, checked: &Checked) -> anyhow::Result<()> {
        let (store, files) = self.house.open_bare()?;
        let runtime = tokio::runtime::Runtime::new().context("starting the threads")?;
        let taken = runtime.block_on(take_in(checked, &store, &files));
        store.shutdown_blocking();
        Ok(taken?)
    }
}

/// Erases again what was erased after the backup was made; cases that are younger than the
/// backup are not in it.
fn again(app: &App, erased: &[CaseId]) -> Result<Report, Error> {
    let runtime = tokio::runtime::Runtime::new();
    let runtime = runtime.map_err(|fault| Error::broken("starting the threads", fault))?;
    for &case in erased {
        match runtime.block_on(erase(app, &Actor::system(), case, Cause::Replayed)) {
            Ok(()) | Err(Error::Refused(Refusal::NotFound(_))) => {}
            Err(fault) => return Err(fault),
        }
    }
    huiyin_app::verify::verify(app)
}
