//! `huiyin import`: lists from CSV files. What cannot be used is told line by line; a second
//! run of the same file changes nothing.
//!
//! One more list: a variant of [`What`] and of [`List`], and their arms.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use huiyin_app::import::{Mode, Report};
use huiyin_app::{App, Error, duties, places, units};
use huiyin_domain::access::Actor;
use huiyin_domain::geo::System;
use huiyin_domain::words::Lang;

use super::import_cases::ImportCases;
use super::import_holidays::Holidays;
use crate::house::House;

#[derive(Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Columns code (4 to 24 digits), name, and if you like name_en …, shape (GeoJSON); or GeoJSON
    /// files whose features have these as properties.
    Places(Lists),
    /// Columns category (prefecture, county, street, community, department, partner, hotline),
    /// name, place (its code), and if you like name_en …, parent (its name), id (to rename one).
    Units(Lists),
    /// Columns code (such as heating.indoor), name, and if you like name_en …, keywords.
    Items(Lists),
    /// Columns item and place (their codes), unit (its name or id), and if you like assisting
    /// (several with ;), limit (30m, 4h, 3d).
    Duties(Lists),
    /// Public holidays from iCalendar files (.ics): every all-day event is a day off.
    Holidays(Holidays),
    /// Messages of any columns, with their answers if they have any.
    Cases(ImportCases),
}

/// Files that list something.
#[derive(Args)]
struct Lists {
    /// CSV files in UTF-8 or GB 18030, in any order; of places also GeoJSON.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Only say what would be done.
    #[arg(long)]
    dry_run: bool,
    /// After places: a unit for every prefecture, county, street and community without one.
    #[arg(long)]
    found_units: bool,
    /// Of places: in which system the coordinates are, wgs84 (also cgcs2000), gcj02 or bd09.
    #[arg(long, default_value = "wgs84")]
    system: System,
    #[command(flatten)]
    house: House,
}

#[derive(Clone, Copy)]
enum List {
    Places,
    Units,
    Items,
    Duties,
}

impl Import {
    pub fn run(self) -> anyhow::Result<()> {
        match self.what {
            What::Places(lists) => lists.run(List::Places),
            What::Units(lists) => lists.run(List::Units),
            What::Items(lists) => lists.run(List::Items),
            What::Duties(lists) => lists.run(List::Duties),
            What::Holidays(holidays) => holidays.run(),
            What::Cases(cases) => cases.run(),
        }
    }
}

impl Lists {
    fn run(self, list: List) -> anyhow::Result<()> {
        let app = self.house.open_existing()?.app;
        let runtime = tokio::runtime::Runtime::new().context("starting the threads")?;
        let faults = runtime.block_on(self.import(&app, list));
        app.store.shutdown_blocking();
        match faults? {
            0 => Ok(()),
            faults => bail!("{faults} lines could not be used"),
        }
    }

    /// All files as one list: a place may lie in one that stands in another file.
    async fn import(&self, app: &App, list: List) -> anyhow::Result<usize> {
        let mut files = Vec::new();
        for file in &self.files {
            files.push(std::fs::read(file).with_context(|| file.display().to_string())?);
        }
        let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
        let report = self.all(app, list, &files).await;
        let report = report.map_err(|error| super::told(app, Lang::EN, error))?;
        tell(app, &self.files, &report, (mode(self.dry_run), "lines"));
        let faults = report.faults.len();
        if self.found_units && !self.dry_run {
            let founded = units::found::found(app, &Actor::system()).await;
            let founded = founded.map_err(|error| super::told(app, Lang::EN, error))?;
            println!("{founded} units founded");
        }
        Ok(faults)
    }

    async fn all(&self, app: &App, list: List, files: &[&[u8]]) -> Result<Report, Error> {
        let actor = Actor::system();
        let mode = mode(self.dry_run);
        match list {
            List::Places => {
                let system = self.system;
                let manner = places::import::Manner { mode, system };
                places::import::import(app, &actor, files, manner).await
            }
            List::Units => units::import::import(app, &actor, files, mode).await,
            List::Items => duties::import_items::import(app, &actor, files, mode).await,
            List::Duties => duties::import::import(app, &actor, files, mode).await,
        }
    }
}

/// Whether a command only says what would be done.
pub(super) fn mode(dry_run: bool) -> Mode {
    match dry_run {
        true => Mode::DryRun,
        false => Mode::Real,
    }
}

/// Says of every bad line why, and what became of the others: lines, events.
pub(super) fn tell(app: &App, files: &[PathBuf], report: &Report, (mode, what): (Mode, &str)) {
    for fault in &report.faults {
        let (file, told) = (&files[fault.file], super::told_of(app, fault));
        println!("{}, line {}{told}", file.display(), fault.line);
    }
    for warning in &report.warnings {
        let args = warning.args(Lang::EN.as_str());
        println!("{}", super::filled(app, Lang::EN, warning.key(), &args));
    }
    let would = if mode == Mode::DryRun {
        "would be "
    } else {
        ""
    };
    println!(
        "{} {what}: {} {would}added, {} {would}changed, {} unchanged, {} not used",
        report.lines,
        report.added,
        report.changed,
        report.unchanged,
        report.faults.len(),
    );
}
