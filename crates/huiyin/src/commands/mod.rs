//! The commands. To add one: its file with a struct of arguments and `run`, a variant
//! here and its arm.

mod archive;
mod backup;
mod begin;
mod check;
mod demo;
mod dispatch;
mod erase;
mod half_made;
mod import;
mod import_cases;
mod import_holidays;
mod jobs;
mod restore;
mod serve;
mod verify;

use clap::Subcommand;
use huiyin_app::import::LineFault;
use huiyin_app::{App, Error};
use huiyin_domain::case::Args;
use huiyin_domain::words::{Lang, Value};

#[derive(Subcommand)]
pub enum Command {
    /// Check kinds: definitions, models, words and stories; draw their diagrams anew.
    Check(check::Check),
    /// Make the first place, unit and administrators of a new house.
    Begin(begin::Begin),
    /// Bring places, units, items, the duty list or cases in from CSV files.
    Import(import::Import),
    /// Dispatch by rule what waits and tells clearly what it is about.
    Dispatch(dispatch::Dispatch),
    /// Make a fictional town, live in it for three weeks, and show it.
    Demo(demo::Demo),
    /// Check that every case keeps the promise and every history is whole.
    Verify(verify::Verify),
    /// Take the histories of a closed year out of the database, into files that are only read.
    Archive(archive::Archive),
    /// Keep everything in one checked file, while the house goes on.
    Backup(backup::Backup),
    /// Take a backup into an empty database.
    Restore(restore::Restore),
    /// Take away what is personal in closed cases; print the list of those erased.
    Erase(erase::Erase),
    /// Say how the queue stands and what failed in it; try it again.
    Jobs(jobs::Jobs),
    /// Answer over HTTP until told to stop.
    Serve(serve::Serve),
}

impl Command {
    pub fn run(self) -> anyhow::Result<()> {
        match self {
            Command::Check(check) => check.run(),
            Command::Begin(begin) => begin.run(),
            Command::Import(import) => import.run(),
            Command::Dispatch(dispatch) => dispatch.run(),
            Command::Demo(demo) => demo.run(),
            Command::Verify(verify) => verify.run(),
            Command::Archive(archive) => archive.run(),
            Command::Backup(backup) => backup.run(),
            Command::Restore(restore) => restore.run(),
            Command::Erase(erase) => erase.run(),
            Command::Jobs(jobs) => jobs.run(),
            Command::Serve(serve) => serve.run(),
        }
    }
}

/// What went wrong, as somebody at a command line can read it.
fn told(app: &App, lang: Lang, error: Error) -> anyhow::Error {
    let Some(refusal) = error.refusal() else {
        return error.into();
    };
    let mut says = filled(app, lang, &refusal.key(), &refusal.args());
    for fault in refusal.faults() {
        let why = filled(app, lang, fault.key, &fault.words());
        says += &format!("\n  {}: {why}", fault.field);
    }
    anyhow::anyhow!(says)
}

/// What is wrong with a line of a file: the column, what stands in it, why.
fn told_of(app: &App, fault: &LineFault) -> String {
    let why = match fault.key {
        // The sentence is that of the refusal itself, whose key stands here.
        "fault-refused" => filled(app, Lang::EN, &fault.value, &fault.args),
        key => filled(app, Lang::EN, key, &fault.args),
    };
    match fault.column.as_str() {
        "" => format!(": {why}"),
        column => format!(", {column} `{}`: {why}", fault.value),
    }
}

/// A sentence with its words filled in.
fn filled(app: &App, lang: Lang, key: &str, args: &Args) -> String {
    let args: Vec<(&str, Value<'_>)> = args
        .iter()
        .map(|(name, value)| (*name, Value::from(value.as_str())))
        .collect();
    app.words.get(lang, key, &args).into_owned()
}
