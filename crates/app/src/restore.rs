//! Restore: a checked backup into an empty house, on either engine.
//!
//! In two parts, because a house puts its own settings into a database that it opens:
//! [`take_in`] works on a bare database; then the house is opened, and [`complete`] makes
//! the index of the search anew and looks at everything. When a part fails, the database
//! must be thrown away.

use std::io::{BufReader, Read as _};

use bytes::Bytes;
use huiyin_domain::case::Kind;
use huiyin_domain::id::CaseId;
use huiyin_store::dump::{self, Copied};
use huiyin_store::search::{self, Found, Source};
use huiyin_store::verify as kept;
use huiyin_store::{DbError, Store, Tx};

use crate::backup::{BackupError, Checked, DUMP, FILES};
use crate::cases::search::words_of;
use crate::outside::{Files, hex};
use crate::verify::{Report, verify};
use crate::{App, Error, seen};

/// Cases whose words are made in one write.
const BATCH: i64 = 500;

/// Takes rows and attachments in. A database that holds anything, or one of other
/// migrations, is refused before anything is written.
pub async fn take_in(checked: &Checked, store: &Store, files: &Files) -> Result<(), BackupError> {
    for entry in checked.open()?.entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        if name == DUMP {
            // The dump is the first entry: the refusals come before the attachments.
            take_dump(checked, store).await?;
        } else if let Some(hash) = name.strip_prefix(FILES) {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            let put = files.put(Bytes::from(bytes)).await?;
            if hex(&put) != hash {
                return Err(BackupError::Damaged(format!("the attachment {hash}")));
            }
        }
    }
    Ok(())
}

/// On a thread of its own, because the store is waited for.
async fn take_dump(checked: &Checked, store: &Store) -> Result<(), BackupError> {
    let (mut archive, store) = (checked.open()?, store.clone());
    let take = move || -> Result<Copied, BackupError> {
        let first = archive.entries()?.next();
        let first = first.ok_or_else(|| BackupError::Damaged("it is empty".to_owned()))?;
        Ok(dump::restore(&store, BufReader::new(first?))?)
    };
    let copied = tokio::task::spawn_blocking(take)
        .await
        .map_err(|error| Error::broken("taking a dump in", error))??;
    match copied.rows == checked.manifest.rows {
        true => Ok(()),
        false => Err(BackupError::Damaged(
            "its rows are not all there".to_owned(),
        )),
    }
}

/// Makes the index of the search anew, compares the counts and looks at every case. Waits
/// for the store: not for asynchronous code.
pub fn complete(app: &App, checked: &Checked) -> Result<Report, BackupError> {
    index(app)?;
    let found = app.store.read_blocking(kept::counts).map_err(Error::from)?;
    let manifest = &checked.manifest;
    let expected = kept::Counts {
        cases: manifest.cases,
        entries: manifest.entries,
        files: manifest.files,
    };
    if found != expected {
        return Err(BackupError::Damaged(format!(
            "it should have brought {expected:?}, but {found:?} is there"
        )));
    }
    seen::note_blocking(app)?;
    Ok(verify(app)?)
}

/// Makes the index of the search anew, from the cases. Waits for the store, as [`complete`] does.
pub fn index(app: &App) -> Result<(), Error> {
    let mut last: Option<CaseId> = None;
    loop {
        let inner = app.clone();
        let write = move |tx: &mut Tx<'_>| index_some(&inner, tx, last);
        last = app.store.write_blocking(0, write).map_err(Error::from)?;
        if last.is_none() {
            return Ok(());
        }
    }
}

/// Indexes the next cases behind `last` and answers the last of them.
fn index_some(app: &App, tx: &mut Tx<'_>, last: Option<CaseId>) -> Result<Option<CaseId>, Error> {
    let sources = search::sources(tx, last, BATCH)?;
    for source in &sources {
        let kind = app.kind_of(tx, source.kind_hash)?;
        index_one(tx, &kind, source)?;
    }
    Ok(sources.last().map(|source| source.case))
}

fn index_one(tx: &mut Tx<'_>, kind: &Kind, source: &Source) -> Result<(), DbError> {
    let found = Found {
        case: source.case,
        kind: &source.kind,
        place: &source.place,
        words: &words_of(kind, &source.values),
    };
    search::put(tx, &found)
}
