//! What was shipped, read again: every sum is checked before anything is made of it.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::attachments::{directories, files_in};
use super::folder::{self, AS_OF, AsOf, BASE, FILES, Label, MANIFEST, Manifest, name_of_segment};
use super::hex;
use crate::dialect::{Connection, DbError, Purpose, Target, beside};

const SUM_BYTES: usize = 64;

#[derive(Debug, thiserror::Error)]
pub enum ShippedError {
    #[error("{0}: {1}")]
    Io(String, #[source] io::Error),
    #[error("there is no whole generation in {0}")]
    Nothing(String),
    #[error("what was shipped is damaged: {0}")]
    Damaged(String),
    #[error("{0} is there already")]
    NotEmpty(String),
    #[error("what was restored is no database that is whole: {0}")]
    NotWhole(String),
    #[error("what was restored cannot be opened")]
    Database(#[from] DbError),
}

/// A generation that was read from beginning to end, up to the first damage.
#[derive(Debug)]
pub struct Shipped {
    pub generation: u64,
    /// Everything that was committed before is in it.
    pub as_of: Timestamp,
    /// Segments that are whole and follow each other.
    pub segments: u64,
    /// What is wrong with the one behind them.
    pub damage: Option<String>,
    folder: PathBuf,
    path: PathBuf,
}

fn io_of(path: &Path) -> impl FnOnce(io::Error) -> ShippedError {
    move |error| ShippedError::Io(path.display().to_string(), error)
}

fn damaged(what: impl Into<String>) -> ShippedError {
    ShippedError::Damaged(what.into())
}

/// Reads the newest generation that is whole, or the one of this number; changes nothing. Damage
/// behind a part that can be restored is told in [`Shipped::damage`].
pub fn shipped(folder: &Path, number: Option<u64>) -> Result<Shipped, ShippedError> {
    let found = folder::generations(folder).map_err(io_of(folder))?;
    let is_meant = |(other, path): &&(u64, PathBuf)| match number {
        Some(number) => number == *other,
        None => folder::is_whole(path),
    };
    let nothing = || ShippedError::Nothing(folder.display().to_string());
    let (number, path) = found.iter().rev().find(is_meant).ok_or_else(nothing)?;
    let manifest: Manifest = read(&path.join(MANIFEST))?;
    if manifest.generation != *number {
        let other = manifest.generation;
        return Err(damaged(format!(
            "generation {number} says that it is {other}"
        )));
    }
    let mut shipped = Shipped {
        generation: *number,
        as_of: manifest.begun_at,
        segments: 0,
        damage: None,
        folder: folder.to_owned(),
        path: path.clone(),
    };
    shipped.check_base(&manifest)?;
    shipped.damage = shipped.check_segments(&manifest)?;
    match &shipped.damage {
        Some(damage) if shipped.segments < manifest.segments => Err(damaged(format!(
            "{damage}, and without it the base of generation {number} is no database"
        ))),
        _ => Ok(shipped),
    }
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, ShippedError> {
    let text = fs::read(path).map_err(io_of(path))?;
    serde_json::from_slice(&text).map_err(|error| damaged(format!("{}: {error}", path.display())))
}

impl Shipped {
    fn check_base(&self, manifest: &Manifest) -> Result<(), ShippedError> {
        let path = self.path.join(BASE);
        let mut sum = Sha256::new();
        let copied = File::open(&path).and_then(|mut base| io::copy(&mut base, &mut sum));
        let bytes = copied.map_err(io_of(&path))?;
        match (bytes, hex(&sum.finalize())) == (manifest.base_bytes, manifest.base_sum.clone()) {
            true => Ok(()),
            false => Err(damaged(format!(
                "the base of generation {} is not the one that was shipped",
                self.generation
            ))),
        }
    }

    /// How far the segments are whole, and what is wrong then, if anything.
    fn check_segments(&mut self, manifest: &Manifest) -> Result<Option<String>, ShippedError> {
        let as_of = read::<AsOf>(&self.path.join(AS_OF));
        let last = self.last_number()?;
        let mut sum = manifest.base_sum.clone();
        let mut sum_as_of = (manifest.segments == 0).then(|| sum.clone());
        while self.segments < last {
            let segment = match self.segment(self.segments + 1, &sum) {
                Ok(segment) => segment,
                Err(ShippedError::Damaged(what)) => return Ok(Some(what)),
                Err(other) => return Err(other),
            };
            self.segments += 1;
            self.as_of = segment.label.at;
            sum = segment.sum;
            if as_of
                .as_ref()
                .is_ok_and(|as_of| as_of.segments == self.segments)
            {
                sum_as_of = Some(sum.clone());
            }
        }
        let as_of = match as_of {
            Ok(as_of) => as_of,
            Err(error) => return Ok(Some(error.to_string())),
        };
        if as_of.segments > self.segments {
            let missing = name_of_segment(self.segments + 1);
            return Ok(Some(format!("{missing} is missing")));
        }
        if sum_as_of.as_ref() != Some(&as_of.last) || as_of.generation != self.generation {
            return Ok(Some(format!("{AS_OF} is of other segments")));
        }
        self.as_of = self.as_of.max(as_of.at);
        Ok(None)
    }

    /// The number of the last segment, whatever is missing before it.
    fn last_number(&self) -> Result<u64, ShippedError> {
        let fail = || io_of(&self.path);
        let mut last = 0;
        for entry in fs::read_dir(&self.path).map_err(fail())? {
            let name = entry.map_err(fail())?.file_name();
            let number = name.to_str().and_then(|name| name.strip_suffix(".segment"));
            last = last.max(number.and_then(|number| number.parse().ok()).unwrap_or(0));
        }
        Ok(last)
    }

    /// One segment, checked from its first byte to its last.
    fn segment(&self, number: u64, previous: &str) -> Result<Segment, ShippedError> {
        let name = name_of_segment(number);
        let wrong = |what: &str| damaged(format!("{name} {what}"));
        let path = self.path.join(&name);
        let mut bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(wrong("is missing"));
            }
            bytes => bytes.map_err(io_of(&path))?,
        };
        let content = bytes.len().checked_sub(SUM_BYTES);
        let content = content.ok_or_else(|| wrong("is cut"))?;
        let sum = bytes.split_off(content);
        if hex(&Sha256::digest(&bytes)).as_bytes() != sum {
            return Err(wrong("was changed or cut"));
        }
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let end = end.ok_or_else(|| wrong("has no first line"))?;
        let label: Label = serde_json::from_slice(&bytes[..end])
            .map_err(|error| wrong(&format!("cannot be read: {error}")))?;
        if label.generation != self.generation {
            return Err(wrong(&format!("is of generation {}", label.generation)));
        }
        if label.number != number || label.previous != previous {
            return Err(wrong("does not follow the one before it"));
        }
        let sum = String::from_utf8_lossy(&sum).into_owned();
        let segment = Segment {
            label,
            sum,
            frames: bytes.split_off(end + 1),
        };
        match segment.pages_at_end() {
            Some(_) => Ok(segment),
            None => Err(wrong("does not hold whole transactions")),
        }
    }

    /// Makes the database anew, where none is. It gets its name when it is whole; whoever was
    /// signed in is not any more.
    pub fn restore(&self, database: &Path) -> Result<(), ShippedError> {
        let others = ["-wal", "-shm"].map(|end| beside(database, end));
        for path in std::iter::once(database.to_owned()).chain(others) {
            if path.exists() {
                return Err(ShippedError::NotEmpty(path.display().to_string()));
            }
        }
        let begun = beside(database, ".begun");
        let made = self.write(&begun).and_then(|()| settle(&begun));
        if let Err(error) = made {
            drop(fs::remove_file(&begun));
            return Err(error);
        }
        let directory = database.parent().filter(|path| path != &Path::new(""));
        fs::rename(&begun, database)
            .and_then(|()| File::open(directory.unwrap_or(Path::new(".")))?.sync_all())
            .map_err(io_of(database))
    }

    fn write(&self, to: &Path) -> Result<(), ShippedError> {
        let base = self.path.join(BASE);
        let mut from = File::open(&base).map_err(io_of(&base))?;
        let mut file = folder::private(to).map_err(io_of(to))?;
        io::copy(&mut from, &mut file).map_err(io_of(to))?;
        let manifest: Manifest = read(&self.path.join(MANIFEST))?;
        let mut sum = manifest.base_sum;
        for number in 1..=self.segments {
            let segment = self.segment(number, &sum)?;
            segment.apply(&file).map_err(io_of(to))?;
            sum = segment.sum;
        }
        file.flush()
            .and_then(|()| file.sync_all())
            .map_err(io_of(to))
    }

    /// Every file that was copied: its name, and where it lies.
    pub fn files(&self) -> Result<Vec<(String, PathBuf)>, ShippedError> {
        let copy = self.folder.join(FILES);
        let mut found = Vec::new();
        for (directory, _) in directories(&copy).map_err(io_of(&copy))? {
            let names = files_in(&directory).map_err(io_of(&directory))?;
            found.extend(names.into_iter().map(|name| {
                let path = directory.join(&name);
                (name, path)
            }));
        }
        Ok(found)
    }
}

/// Whether a file is what its name says.
pub fn is_what_it_says(name: &str, path: &Path) -> io::Result<bool> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    Ok(super::sum_of(&bytes) == name)
}

struct Segment {
    label: Label,
    sum: String,
    frames: Vec<u8>,
}

impl Segment {
    /// How many pages the database has behind it; None when it is not what it should be.
    fn pages_at_end(&self) -> Option<u32> {
        let mut at_end = None;
        let whole = self.each(|frame| {
            at_end = frame.pages_at_commit;
            Ok(())
        });
        at_end.filter(|_| matches!(whole, Ok(true)))
    }

    /// Whether all of it are frames that carry each other on.
    fn each(
        &self,
        mut take: impl FnMut(super::log::Frame<'_>) -> io::Result<()>,
    ) -> io::Result<bool> {
        let head = self.label.head;
        let frame_bytes = head.frame_bytes();
        let mut checksum = self.label.checksum;
        let frames = self.frames.chunks(frame_bytes);
        if frames.len() != self.label.frames as usize {
            return Ok(false);
        }
        for bytes in frames {
            let Some(frame) = head.frame(checksum, bytes) else {
                return Ok(false);
            };
            checksum = frame.checksum;
            take(frame)?;
        }
        Ok(true)
    }

    fn apply(&self, database: &File) -> io::Result<()> {
        let page_bytes = u64::from(self.label.head.page_bytes);
        self.each(|frame| {
            database.write_all_at(frame.content, u64::from(frame.page - 1) * page_bytes)?;
            match frame.pages_at_commit {
                Some(pages) => database.set_len(u64::from(pages) * page_bytes),
                None => Ok(()),
            }
        })
        .map(drop)
    }
}

/// Looks whether SQLite finds everything in order, and signs everybody out.
fn settle(database: &Path) -> Result<(), ShippedError> {
    let target = Target::Sqlite(database.to_owned());
    let mut connection = Connection::open(&target, Purpose::Write)?;
    if let Some(fault) = connection.fault_inside()? {
        return Err(ShippedError::NotWhole(fault));
    }
    connection.batch("DELETE FROM sessions; DELETE FROM sign_in_codes")?;
    Ok(())
}
