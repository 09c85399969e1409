//! Archive: the histories of cases that were closed in a year go out of the database, into files
//! that are never written again. The cases stay, are found and listed as before, and go on if
//! somebody takes a step; their histories are read as if they had never left.

use std::path::Path;

use bytes::Bytes;
use futures_util::future::join_all;
use huiyin_domain::access::{Actor, Who};
use huiyin_domain::case::Class;
use huiyin_domain::id::{ArchiveId, CaseId};
use huiyin_store::archives::{self, Archive, Binding, TextKey};
use huiyin_store::{DbError, Tx};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use crate::administration::Record;
use crate::verify::is_whole;
use crate::{App, Error, Refusal};

/// What was closed so short a time ago may still be asked about, judged and opened again: its
/// year is not archived yet.
pub const SETTLED: SignedDuration = SignedDuration::from_hours(90 * 24);
/// So many cases lie in one file: about forty megabytes, which one machine hands to another while
/// somebody waits.
const CASES_MAX: usize = 20_000;
/// Cases that are read at once.
const BATCH: i64 = 500;
/// Cases that go out at once, each in a write of its own.
const AT_ONCE: usize = 64;

/// What came of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub archives: Vec<Archive>,
    /// Cases whose histories went out.
    pub cases: usize,
    /// Cases that somebody changed meanwhile: the next time takes them, if they are closed.
    pub changed: usize,
    /// Cases whose histories are not whole. They stay for `verify` to tell of.
    pub broken: Vec<CaseId>,
}

/// A case whose history lies in a file, up to the entry before this version.
struct Bound {
    case: CaseId,
    version: i64,
    key: TextKey,
}

/// A file on its way.
struct Part {
    binding: Binding,
    bound: Vec<Bound>,
    broken: Vec<CaseId>,
    last: Option<CaseId>,
    /// Whether there may be more cases behind the last.
    goes_on: bool,
}

/// Archives what is left of a year. Done once more, it goes on where it was ended.
pub async fn archive(app: &App, actor: &Actor, year: i16) -> Result<Done, Error> {
    if actor.who != Who::System {
        return Err(Refusal::NotPermitted.into());
    }
    let time = time_of(app, year)?;
    remove_unused(app).await?;
    let (mut done, mut last) = (Done::default(), None);
    loop {
        let folder = TempDir::with_prefix("huiyin-archive-");
        let folder = folder.map_err(|error| Error::broken("making an archive", error))?;
        let path = folder.path().join("volume");
        let part = bind(app, &path, (year, time), last).await?;
        last = part.last;
        done.broken.extend(&part.broken);
        let goes_on = part.goes_on;
        if !part.bound.is_empty() {
            keep(app, actor, (&path, year), part, &mut done).await?;
        }
        if !goes_on {
            return Ok(done);
        }
    }
}

/// All archives, the oldest year first.
pub async fn list(app: &App) -> Result<Vec<Archive>, Error> {
    app.store.read(archives::list).await.map_err(Error::from)
}

/// From when to when a year lasts here, if it has been over for long enough.
fn time_of(app: &App, year: i16) -> Result<(Timestamp, Timestamp), Refusal> {
    let zone = &app.config.time_zone;
    let begins = |year: i16| {
        let day = Date::new(year, 1, 1).ok()?;
        Some(day.to_zoned(zone.clone()).ok()?.timestamp())
    };
    let ends = year.checked_add(1).and_then(begins);
    let (from, to) = begins(year).zip(ends).ok_or_else(too_young)?;
    match to.checked_add(SETTLED) {
        Ok(settled) if settled <= app.now() => Ok((from, to)),
        _ => Err(too_young()),
    }
}

fn too_young() -> Refusal {
    let days = SETTLED.as_hours() / 24;
    Refusal::Rule {
        class: Class::Conflict,
        key: "archive-young",
        args: vec![("days", days.to_string())],
    }
}

/// Writes histories into a file until it is full or the year is through.
async fn bind(
    app: &App,
    path: &Path,
    (year, time): (i16, (Timestamp, Timestamp)),
    last: Option<CaseId>,
) -> Result<Part, Error> {
    let mut part = Part {
        binding: Binding::begin(path, year)?,
        bound: Vec::new(),
        broken: Vec::new(),
        last,
        goes_on: true,
    };
    while part.goes_on && part.bound.len() < CASES_MAX {
        let entropy = app.outside.entropy.clone();
        let key = move || TextKey::made_of(|| entropy.u64());
        let read = move |tx: &mut Tx<'_>| -> Result<Part, DbError> {
            part.add_some(tx, time, key)?;
            Ok(part)
        };
        part = app.store.read(read).await?;
    }
    Ok(part)
}

impl Part {
    fn add_some(
        &mut self,
        tx: &mut Tx<'_>,
        time: (Timestamp, Timestamp),
        mut key: impl FnMut() -> TextKey,
    ) -> Result<(), DbError> {
        let ripe = archives::ripe(tx, self.last, time, BATCH)?;
        self.last = ripe.last().copied().or(self.last);
        self.goes_on = !ripe.is_empty();
        for case in ripe {
            let history = archives::history(tx, case)?;
            let Some((newest, older)) = history.split_last().filter(|_| is_whole(&history)) else {
                self.broken.push(case);
                continue;
            };
            let bound = Bound {
                case,
                version: newest.number,
                key: key(),
            };
            self.binding.add(older, &bound.key)?;
            self.bound.push(bound);
        }
        Ok(())
    }
}

/// Keeps the file for good, and only then lets the histories go out of the database.
async fn keep(
    app: &App,
    actor: &Actor,
    (path, year): (&Path, i16),
    part: Part,
    done: &mut Done,
) -> Result<(), Error> {
    let (cases, entries) = (part.binding.cases, part.binding.entries);
    part.binding.end()?;
    let bytes = std::fs::read(path).map_err(|error| Error::broken("reading an archive", error))?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let hash = app.outside.files.put(Bytes::from(bytes)).await;
    let archive = Archive {
        id: ArchiveId::from_raw(app.mint()),
        year,
        hash: hash.map_err(|error| Error::broken("keeping an archive", error))?,
        size,
        cases,
        entries,
        made_at: app.now(),
    };
    let (id, kept) = (archive.id, archive.clone());
    let told = serde_json::json!({"cases": cases, "entries": entries});
    let record = Record::new(app, actor, "history-archived", year).shaped(&told);
    let write = move |tx: &mut Tx<'_>| {
        archives::insert(tx, &kept)?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await?;
    for some in part.bound.chunks(AT_ONCE) {
        let moves = some.iter().map(|bound| move_out(app, id, bound));
        for moved in join_all(moves).await {
            match moved? {
                true => done.cases += 1,
                false => done.changed += 1,
            }
        }
    }
    done.archives.push(archive);
    Ok(())
}

/// Under the key of the case: whoever takes a step or erases it comes before or after.
async fn move_out(app: &App, archive: ArchiveId, bound: &Bound) -> Result<bool, Error> {
    let (case, version, key) = (bound.case, bound.version, bound.key.clone());
    let write = move |tx: &mut Tx<'_>| archives::move_out(tx, case, version, (archive, &key));
    app.store
        .write(case.get(), write)
        .await
        .map_err(Error::from)
}

/// Removes files that were made when somebody ended the program before the histories went out.
async fn remove_unused(app: &App) -> Result<(), Error> {
    let unused = app.store.read(archives::unused).await?;
    for archive in unused {
        let id = archive.id;
        let write = move |tx: &mut Tx<'_>| archives::remove(tx, id);
        if app.store.write(id.get(), write).await? {
            let gone = app.outside.files.delete(&archive.hash).await;
            gone.map_err(|error| Error::broken("removing an archive", error))?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "archive_tests.rs"]
mod tests;
