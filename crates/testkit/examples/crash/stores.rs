//! The folder of files, held against the database, after the sweep that puts away what nobody
//! named: it comes a day later, so the clock is set.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use huiyin_app::files::sweep;
use huiyin_app::outside::{Clock, LiveClock, SetClock};
use huiyin_store::files::{self, File};
use huiyin_store::{DbError, Options, Store, Tx};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use tokio::runtime::Runtime;

use crate::finding::{Fault, Finding, Sort};
use crate::site;

const LATER: SignedDuration = SignedDuration::from_hours(25);

/// What is wrong with the files.
pub fn compared(url: &str, data: &Path) -> Result<Vec<Finding>, Fault> {
    let store = Store::open(url, &Options::default())?;
    let clock = Arc::new(SetClock::at(LiveClock.now() + LATER));
    let app = site::app(&store, clock, data)?;
    Runtime::new()?.block_on(sweep::sweep(&app))?;
    let rows = store.read_blocking(rows)?;
    drop(app);
    store.shutdown_blocking();
    let mut there = BTreeMap::new();
    walk(&data.join("files"), &mut there)?;
    let mut findings = Vec::new();
    for row in rows {
        for hash in std::iter::once(row.hash).chain(row.small_hash) {
            let name: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            match there.get_mut(&name) {
                Some((holds, is_named)) if *holds == hash => *is_named = true,
                Some(_) => half(&mut findings, "holds something else", &row),
                None => half(&mut findings, "has no bytes", &row),
            }
        }
    }
    let unnamed = there.into_iter().filter(|(_, (_, is_named))| !is_named);
    findings.extend(unnamed.map(|(name, _)| Finding::new(Sort::Orphan, name)));
    Ok(findings)
}

fn half(findings: &mut Vec<Finding>, what: &str, row: &File) {
    let what = format!("file {} of case {:?} {what}", row.id, row.case);
    findings.push(Finding::new(Sort::Half, what));
}

fn rows(tx: &mut Tx<'_>) -> Result<Vec<File>, DbError> {
    let mut rows: Vec<File> = Vec::new();
    loop {
        let next = files::each(tx, rows.last().map(|row| row.id), 500)?;
        if next.is_empty() {
            return Ok(rows);
        }
        rows.extend(next);
    }
}

/// Every file by its name, with the hash of what it holds; none of them is named so far.
fn walk(folder: &Path, there: &mut BTreeMap<String, ([u8; 32], bool)>) -> Result<(), Fault> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), there)?;
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        let holds = Sha256::digest(std::fs::read(entry.path())?).into();
        there.insert(name, (holds, false));
    }
    Ok(())
}
