//! The archives of a house that are open in this process, for all its threads.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::volume::Volume;
use crate::DbError;
use crate::shipping::{hex, is_what_it_says};

/// So many are open at once; each has a file and a little memory.
const OPEN_MAX: usize = 16;

/// Where the files of archives lie.
pub trait Source: Send + Sync {
    /// Where on this machine the file of this hash can be read. May take as long as bringing it
    /// from another machine does; is only called on threads of the store.
    fn find(&self, hash: &[u8; 32]) -> Result<PathBuf, Box<dyn Error + Send + Sync>>;
}

#[derive(Default)]
pub(crate) struct Shelf {
    source: OnceLock<Box<dyn Source>>,
    volumes: Mutex<Volumes>,
}

#[derive(Default)]
struct Volumes {
    /// Whichever was asked for last stands at the end.
    open: Vec<([u8; 32], Arc<Volume>)>,
    /// Those that were read once and are what their names say.
    sound: BTreeSet<[u8; 32]>,
}

impl Shelf {
    /// Says where files come from; the first word counts.
    pub(crate) fn supply(&self, source: Box<dyn Source>) {
        drop(self.source.set(source));
    }

    /// The archive with this hash, all of which is looked at when this process first opens it. An
    /// error says so when it cannot be had now, and is another when it is damaged.
    pub(crate) fn volume(&self, hash: &[u8; 32]) -> Result<Arc<Volume>, DbError> {
        if let Some(volume) = self.volumes().standing(hash) {
            return Ok(volume);
        }
        let away = |why: String| DbError::ConnectionLost {
            statement: "archives::volume",
            why,
        };
        let source = self.source.get();
        let source = source.ok_or_else(|| away("nobody says where archives lie".to_owned()))?;
        let path = source.find(hash).map_err(|error| away(error.to_string()))?;
        if !self.volumes().sound.contains(hash) {
            let is_sound = is_what_it_says(&hex(hash), &path);
            if !is_sound.map_err(|error| away(error.to_string()))? {
                return Err(DbError::Broken("an archive that was changed".to_owned()));
            }
        }
        let volume = Arc::new(Volume::open(&path)?);
        self.volumes().put(*hash, Arc::clone(&volume));
        Ok(volume)
    }

    fn volumes(&self) -> MutexGuard<'_, Volumes> {
        self.volumes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Volumes {
    fn standing(&mut self, hash: &[u8; 32]) -> Option<Arc<Volume>> {
        let place = self.open.iter().position(|(known, _)| known == hash)?;
        let found = self.open.remove(place);
        let volume = Arc::clone(&found.1);
        self.open.push(found);
        Some(volume)
    }

    fn put(&mut self, hash: [u8; 32], volume: Arc<Volume>) {
        self.sound.insert(hash);
        self.open.push((hash, volume));
        if self.open.len() > OPEN_MAX {
            self.open.remove(0);
        }
    }
}
