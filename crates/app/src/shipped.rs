//! What was shipped elsewhere (`huiyin_store::shipping`), looked at and taken in: the database is
//! the store's to make, the files are put where this house keeps them.

use std::collections::BTreeSet;
use std::path::Path;

use bytes::Bytes;
use huiyin_store::Tx;
use huiyin_store::shipping::{Shipped, is_what_it_says, shipped};

use crate::backup::{BackupError, hashes, is_missed};
use crate::outside::{hex, unhex};
use crate::{App, Error, seen};

/// A generation, and the copied files that are not what they say.
pub struct Looked {
    pub shipped: Shipped,
    pub files: usize,
    pub damaged_files: Vec<String>,
}

/// Reads the newest generation, or that of this number, and every file; changes nothing.
pub fn look(folder: &Path, generation: Option<u64>) -> Result<Looked, BackupError> {
    let shipped = shipped(folder, generation)?;
    let found = shipped.files()?;
    let mut damaged_files = Vec::new();
    for (name, path) in &found {
        if !is_what_it_says(name, path)? {
            damaged_files.push(name.clone());
        }
    }
    Ok(Looked {
        shipped,
        files: found.len(),
        damaged_files,
    })
}

/// Puts the copied files that the database names. What came after its last moment stays behind: no
/// row names it. Answers which are named and were not copied whole. From now on the house is as if
/// it had been open just now.
pub async fn take_files(app: &App, looked: &Looked) -> Result<Vec<String>, BackupError> {
    let named = app.store.read(hashes).await.map_err(Error::from)?;
    let mut named: BTreeSet<String> = named.iter().map(|hash| hex(hash)).collect();
    for (name, path) in looked.shipped.files()? {
        if !looked.damaged_files.contains(&name) && named.remove(&name) {
            let bytes = Bytes::from(std::fs::read(path)?);
            app.outside.files.put(bytes).await?;
        }
    }
    seen::note(app).await?;
    let missing = move |tx: &mut Tx<'_>| {
        let mut missing = Vec::new();
        for name in named {
            let is_missed = match unhex(&name) {
                Some(hash) => is_missed(tx, &hash)?,
                None => false,
            };
            if is_missed {
                missing.push(name);
            }
        }
        Ok::<_, Error>(missing)
    };
    Ok(app.store.read(missing).await.map_err(Error::from)?)
}
