//! `huiyin import holidays`: the public holidays of any country, from iCalendar files. A second
//! run of the same file changes nothing.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use huiyin_app::App;
use huiyin_app::calendars::import::import;
use huiyin_domain::access::Actor;
use huiyin_domain::calendar::Whose;
use huiyin_domain::id::UnitId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::words::Lang;

use super::import::{mode, tell};
use crate::house::House;

#[derive(Args)]
pub struct Holidays {
    /// iCalendar files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    whose: Of,
    /// Only say what would be done.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    house: House,
}

/// Whose days they are.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct Of {
    /// The code of the place whose days they are, and of all places in it.
    #[arg(long, value_name = "CODE")]
    place: Option<PlaceCode>,
    /// The id of the unit whose days they are.
    #[arg(long, value_name = "ID")]
    unit: Option<UnitId>,
}

impl Of {
    fn whose(&self) -> anyhow::Result<Whose> {
        let place = self.place.clone().map(Whose::Place);
        let whose = place.or(self.unit.map(Whose::Unit));
        whose.context("name a place or a unit")
    }
}

impl Holidays {
    pub fn run(self) -> anyhow::Result<()> {
        let app = self.house.open_existing()?.app;
        let runtime = tokio::runtime::Runtime::new().context("starting the threads")?;
        let faults = runtime.block_on(self.import(&app));
        app.store.shutdown_blocking();
        match faults? {
            0 => Ok(()),
            faults => bail!("{faults} events could not be used"),
        }
    }

    async fn import(&self, app: &App) -> anyhow::Result<usize> {
        let mut files = Vec::new();
        for file in &self.files {
            files.push(std::fs::read(file).with_context(|| file.display().to_string())?);
        }
        let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
        let (mode, whose) = (mode(self.dry_run), self.whose.whose()?);
        let report = import(app, &Actor::system(), whose, &files, mode).await;
        let report = report.map_err(|error| super::told(app, Lang::EN, error))?;
        tell(app, &self.files, &report, (mode, "events"));
        Ok(report.faults.len())
    }
}
