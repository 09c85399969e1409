//! The folder of files, copied beside the generations. A file's name is the sum of what it holds,
//! and nothing is ever overwritten: what has its name is whole.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::folder::{FILES, put};
use super::{ShipError, sum_of};

/// Some file systems tell the time of a change no more exactly than this: a folder that changed
/// so lately may change again and bear the same time.
const FRESH: SignedDuration = SignedDuration::from_secs(5);

pub(super) struct Attachments {
    home: PathBuf,
    folder: PathBuf,
    /// When a folder had last changed when it was last looked through.
    seen: HashMap<PathBuf, Timestamp>,
}

impl Attachments {
    pub(super) fn new(home: PathBuf, folder: &Path) -> Attachments {
        Attachments {
            home,
            folder: folder.to_owned(),
            seen: HashMap::new(),
        }
    }

    /// Copies what was put since the last time.
    pub(super) fn ship(&mut self, now: Timestamp) -> Result<(), ShipError> {
        for (directory, changed_at) in directories(&self.home).map_err(ShipError::of(&self.home))? {
            if self.seen.get(&directory) == Some(&changed_at) {
                continue;
            }
            self.copy(&directory)?;
            if changed_at + FRESH < now {
                self.seen.insert(directory, changed_at);
            }
        }
        Ok(())
    }

    fn copy(&self, directory: &Path) -> Result<(), ShipError> {
        let files = files_in(directory).map_err(ShipError::of(directory))?;
        for name in files {
            let (home, copied) = (directory.join(&name), self.copied(&name));
            let Some(bytes) = length(&home) else { continue };
            if length(&copied) == Some(bytes) {
                continue;
            }
            let content = match fs::read(&home) {
                // It was erased a moment ago.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                content => content.map_err(ShipError::of(&home))?,
            };
            if sum_of(&content) != name {
                tracing::warn!(file = name, "a file is not what its name says: not shipped");
                continue;
            }
            let folder = self.folder_for(&name)?;
            put(&folder, &name, &[&content])?;
        }
        Ok(())
    }

    fn copied(&self, name: &str) -> PathBuf {
        self.folder.join(path_of(name))
    }

    /// Made step by step: the folder for everything is not made here.
    fn folder_for(&self, name: &str) -> Result<PathBuf, ShipError> {
        let mut folder = self.folder.clone();
        for part in [FILES, &name[..2], &name[2..4]] {
            let above = folder.clone();
            folder.push(part);
            let made = match fs::create_dir(&folder) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
                made => made.and_then(|()| File::open(above)?.sync_all()),
            };
            made.map_err(ShipError::of(&folder))?;
        }
        Ok(folder)
    }

    /// What lies in the copy and at home no more.
    pub(super) fn gone(&self) -> Result<Vec<String>, ShipError> {
        let copy = self.folder.join(FILES);
        let mut gone = Vec::new();
        for (directory, _) in directories(&copy).map_err(ShipError::of(&copy))? {
            let files = files_in(&directory).map_err(ShipError::of(&directory))?;
            gone.extend(files.into_iter().filter(|name| !self.is_at_home(name)));
        }
        Ok(gone)
    }

    /// Takes out of the copy what is still not at home.
    pub(super) fn forget(&self, names: &[&str]) -> Result<(), ShipError> {
        let is_ours = |name: &&&str| is_name(name) && !self.is_at_home(name);
        for name in names.iter().filter(is_ours) {
            let copied = self.copied(name);
            match fs::remove_file(&copied) {
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                removed => removed.map_err(ShipError::of(&copied))?,
            }
        }
        Ok(())
    }

    fn is_at_home(&self, name: &str) -> bool {
        self.home
            .join(&name[..2])
            .join(&name[2..4])
            .join(name)
            .exists()
    }
}

/// Where a file lies in the copy.
pub(super) fn path_of(name: &str) -> PathBuf {
    [FILES, &name[..2], &name[2..4], name].iter().collect()
}

/// Whether this can be the name of a file: what was begun and what somebody left there is none.
pub(super) fn is_name(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn length(path: &Path) -> Option<u64> {
    path.metadata().ok().map(|about| about.len())
}

/// The folders of the second level, and when each last changed; none where there is no folder.
pub(super) fn directories(root: &Path) -> io::Result<Vec<(PathBuf, Timestamp)>> {
    let mut found = Vec::new();
    for first in names_in(root)?.into_iter().filter(|name| name.len() == 2) {
        let first = root.join(first);
        for second in names_in(&first)? {
            let path = first.join(second);
            let about = path.metadata()?;
            if about.is_dir() {
                let changed_at = Timestamp::try_from(about.modified()?);
                found.push((path, changed_at.map_err(io::Error::other)?));
            }
        }
    }
    Ok(found)
}

pub(super) fn files_in(directory: &Path) -> io::Result<Vec<String>> {
    let mut names = names_in(directory)?;
    names.retain(|name| is_name(name));
    Ok(names)
}

fn names_in(directory: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(directory) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    names.collect()
}
