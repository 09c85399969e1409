//! The archives of a house that are open in this process, for all its threads.

use std::error::Error;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use sha2::{Digest as _, Sha256};

use super::volume::Volume;
use crate::DbError;

/// So many are open at once; each has a file and a little memory.
const OPEN_MAX: usize = 16;

/// Where the files of archives lie.
pub trait Source: Send + Sync {
    /// Where on this machine the file of this hash can be read. May take as long as bringing it
    /// from another machine does; is only called on threads of the store.
    fn find(&self, hash: &[u8; 32]) -> Result<PathBuf, Box<dyn Error + Send + Sync>>;
}

/// An open one, known by its hash.
type Standing = ([u8; 32], Arc<Volume>);

#[derive(Default)]
pub(crate) struct Shelf {
    source: OnceLock<Box<dyn Source>>,
    /// Whichever was asked for last stands at the end.
    open: Mutex<Vec<Standing>>,
}

impl Shelf {
    /// Says where files come from; the first word counts.
    pub(crate) fn supply(&self, source: Box<dyn Source>) {
        drop(self.source.set(source));
    }

    /// The archive with this hash, which is looked at when it is opened. An error says so when it
    /// cannot be had now, and is another when it is damaged.
    pub(crate) fn volume(&self, hash: &[u8; 32]) -> Result<Arc<Volume>, DbError> {
        if let Some(volume) = self.standing(hash) {
            return Ok(volume);
        }
        let away = |why: String| DbError::ConnectionLost {
            statement: "archives::volume",
            why,
        };
        let source = self.source.get();
        let source = source.ok_or_else(|| away("nobody says where archives lie".to_owned()))?;
        let path = source.find(hash).map_err(|error| away(error.to_string()))?;
        let sum = sum(&path).map_err(|error| away(error.to_string()))?;
        if sum != *hash {
            return Err(DbError::Broken("an archive that was changed".to_owned()));
        }
        let volume = Arc::new(Volume::open(&path)?);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.push((*hash, Arc::clone(&volume)));
        if open.len() > OPEN_MAX {
            open.remove(0);
        }
        Ok(volume)
    }

    fn standing(&self, hash: &[u8; 32]) -> Option<Arc<Volume>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let place = open.iter().position(|(known, _)| known == hash)?;
        let found = open.remove(place);
        let volume = Arc::clone(&found.1);
        open.push(found);
        Some(volume)
    }
}

fn sum(path: &Path) -> io::Result<[u8; 32]> {
    let mut sum = Sha256::new();
    io::copy(&mut File::open(path)?, &mut sum)?;
    Ok(sum.finalize().into())
}
