//! `huiyin import cases`: messages from a CSV file, through the operation that the form uses.
//!
//! `--map COLUMN=FIELD` says what each column is: a field of the kind, or one of `@source`
//! (the number of the line in its own system), `@at`, `@answered-at`.

use std::cell::Cell;
use std::fs::File;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, bail};
use clap::Args;
use huiyin_app::import::Mode;
use huiyin_app::import_cases::{Plan, Report, Target, import};
use huiyin_app::{App, cases};
use huiyin_domain::access::Actor;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::words::Lang;

use crate::house::House;

#[derive(Args)]
pub struct ImportCases {
    /// The kind that the lines become.
    #[arg(long)]
    kind: String,
    /// CSV files in UTF-8 or GB 18030.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// COLUMN=FIELD, COLUMN=@source, COLUMN=@at or COLUMN=@answered-at; several with commas.
    #[arg(long, value_delimiter = ',', required = true, value_parser = column)]
    map: Vec<(String, Target)>,
    /// The code of the place to which lines belong that name none.
    #[arg(long)]
    place: PlaceCode,
    /// The language in which their letters would be written.
    #[arg(long, default_value = "zh")]
    language: Lang,
    /// The steps through which answered lines are taken, in this order.
    #[arg(long, value_delimiter = ',')]
    then: Vec<String>,
    /// FIELD=VALUE for the fields of these steps that no column holds.
    #[arg(long, value_delimiter = ',', value_parser = pair)]
    set: Vec<(String, String)>,
    /// Only say what would be done.
    #[arg(long)]
    dry_run: bool,
    /// Afterwards, dispatch by rule what tells clearly what it is about.
    #[arg(long)]
    dispatch: bool,
    #[command(flatten)]
    house: House,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn column(text: &str) -> Result<(String, Target), String> {
    let (column, target) = pair(text)?;
    let target = match target.as_str() {
        "@source" => Target::Source,
        "@at" => Target::At,
        "@answered-at" => Target::AnsweredAt,
        other if other.starts_with('@') => {
            return Err("there are @source, @at and @answered-at".to_owned());
        }
        _ => Target::Field(target),
    };
    Ok((column, target))
}

impl ImportCases {
    pub fn run(self) -> anyhow::Result<()> {
        let app = self.house.open_existing()?.app;
        let runtime = tokio::runtime::Runtime::new().context("starting the threads")?;
        let faults = runtime.block_on(self.import(&app));
        app.store.shutdown_blocking();
        match faults? {
            0 => Ok(()),
            faults => bail!("{faults} lines could not be used"),
        }
    }

    async fn import(&self, app: &App) -> anyhow::Result<usize> {
        let told = |error| super::told(app, Lang::EN, error);
        let mut faults = 0;
        for path in &self.files {
            let name = || path.display().to_string();
            let file = File::open(path).with_context(name)?;
            let progress = Progress::begun();
            let watch = |report: &Report| progress.tell(report);
            let report = import(app, &Actor::system(), self.plan(), file, watch).await;
            let report = report.map_err(told)?;
            let seconds = progress.seconds();
            println!("{}: {}, in {seconds:.1} s", name(), in_words(&report));
            for fault in &report.faults {
                println!("  line {}{}", fault.line, super::told_of(app, fault));
            }
            faults += report.faults.len();
        }
        if self.dispatch && !self.dry_run {
            let report = cases::dispatch::dispatch(app, &Actor::system()).await;
            let report = report.map_err(told)?;
            println!(
                "{} waited: {} dispatched, {} left to a person",
                report.looked_at, report.dispatched, report.doubtful
            );
        }
        Ok(faults)
    }

    fn plan(&self) -> Plan {
        Plan {
            kind: self.kind.clone(),
            map: self.map.clone(),
            place: self.place.clone(),
            language: self.language,
            then: self.then.clone(),
            set: self.set.clone(),
            mode: match self.dry_run {
                true => Mode::DryRun,
                false => Mode::Real,
            },
        }
    }
}

/// Says on standard error how far it is, once a second at most.
struct Progress {
    begun: Instant,
    told_s: Cell<u64>,
}

impl Progress {
    #[expect(
        clippy::disallowed_methods,
        reason = "how long it takes is for whoever waits, and goes nowhere else"
    )]
    fn begun() -> Progress {
        Progress {
            begun: Instant::now(),
            told_s: Cell::new(0),
        }
    }

    fn seconds(&self) -> f64 {
        self.begun.elapsed().as_secs_f64()
    }

    fn tell(&self, report: &Report) {
        let now_s = self.begun.elapsed().as_secs();
        if now_s > self.told_s.replace(now_s) {
            eprintln!("  {} lines, {now_s} s", report.lines);
        }
    }
}

fn in_words(report: &Report) -> String {
    format!(
        "{} lines, {} new cases, {} known already, {} taken to their answer, \
         {} further remarks, {} not used",
        report.lines,
        report.added,
        report.known,
        report.answered,
        report.remarks,
        report.faults.len(),
    )
}
