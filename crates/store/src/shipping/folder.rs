//! What lies in the folder, and how it is put there: under another name first, forced to the disk,
//! and only then under its own.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::log::{Batch, Checksum, Head};
use super::{ShipError, hex};

pub(super) const BASE: &str = "base";
pub(super) const MANIFEST: &str = "generation";
pub(super) const AS_OF: &str = "as-of";
pub(super) const GONE: &str = "gone";
pub(super) const FILES: &str = "files";
const BEGUN: &str = ".begun";

/// What a generation is. It is written when the base and the log up to then are there: what has no
/// manifest is not whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub format: Format,
    pub generation: u64,
    pub begun_at: Timestamp,
    pub base_bytes: u64,
    pub base_sum: String,
    /// The base was copied while the house went on: only with so many segments is it a database.
    pub segments: u64,
}

/// The first line of a segment. Behind it come frames as they lie in the log, and then the sum of
/// both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Label {
    pub format: Format,
    pub generation: u64,
    pub number: u64,
    /// Everything that was committed before this instant is in this segment or an earlier one,
    /// when no later one says the same.
    pub at: Timestamp,
    /// The sum of the segment before; of the base, in the first.
    pub previous: String,
    pub head: Head,
    pub from_frame: u32,
    pub checksum: Checksum,
    pub frames: u32,
}

/// Until when all is there, and which segment is the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AsOf {
    pub format: Format,
    pub generation: u64,
    pub segments: u64,
    pub last: String,
    pub at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Format {
    #[serde(rename = "huiyin shipping 1")]
    One,
}

/// A generation that segments are added to.
pub(super) struct Generation {
    pub number: u64,
    pub folder: PathBuf,
    pub segments: u64,
    /// The sum of the last segment, or of the base.
    pub last: String,
}

pub(super) fn name_of_segment(number: u64) -> String {
    format!("{number:010}.segment")
}

/// The generations in a folder, oldest first.
pub(super) fn generations(folder: &Path) -> io::Result<Vec<(u64, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let number = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok());
        if let Some(number) = number.filter(|_| entry.path().is_dir()) {
            found.push((number, entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

/// Whether all of it is there that makes it a generation.
pub(super) fn is_whole(generation: &Path) -> bool {
    generation.join(MANIFEST).exists()
}

/// A new file that nobody else may read.
pub(super) fn private(path: &Path) -> io::Result<File> {
    let mut how = File::options();
    how.write(true).create(true).truncate(true).mode(0o600);
    how.open(path)
}

/// Where a file lies until it is whole.
pub(super) fn begun(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{BEGUN}-{name}"))
}

/// What was begun is forced to the disk and has its name.
pub(super) fn named(file: &File, folder: &Path, name: &str) -> Result<(), ShipError> {
    let begun = begun(folder, name);
    let name = || -> io::Result<()> {
        file.sync_all()?;
        fs::rename(&begun, folder.join(name))?;
        File::open(folder)?.sync_all()
    };
    name().map_err(ShipError::of(&begun))
}

pub(super) fn put(folder: &Path, name: &str, parts: &[&[u8]]) -> Result<(), ShipError> {
    let begun = begun(folder, name);
    let write = || -> io::Result<File> {
        let mut file = private(&begun)?;
        parts.iter().try_for_each(|part| file.write_all(part))?;
        Ok(file)
    };
    let file = write().map_err(ShipError::of(&begun))?;
    named(&file, folder, name)
}

pub(super) fn json(value: &impl Serialize) -> Vec<u8> {
    let mut text = serde_json::to_vec(value).expect("it has only texts and numbers");
    text.push(b'\n');
    text
}

impl Generation {
    pub fn put_segment(&mut self, batch: &Batch, at: Timestamp) -> Result<(), ShipError> {
        let label = json(&Label {
            format: Format::One,
            generation: self.number,
            number: self.segments + 1,
            at,
            previous: self.last.clone(),
            head: batch.from.head,
            from_frame: batch.from.frames,
            checksum: batch.from.checksum,
            frames: batch.end.frames - batch.from.frames,
        });
        let sum = hex(&Sha256::new()
            .chain_update(&label)
            .chain_update(&batch.bytes)
            .finalize());
        let name = name_of_segment(self.segments + 1);
        put(&self.folder, &name, &[&label, &batch.bytes, sum.as_bytes()])?;
        self.segments += 1;
        self.last = sum;
        Ok(())
    }

    pub fn put_as_of(&self, at: Timestamp) -> Result<(), ShipError> {
        let as_of = json(&AsOf {
            format: Format::One,
            generation: self.number,
            segments: self.segments,
            last: self.last.clone(),
            at,
        });
        put(&self.folder, AS_OF, &[&as_of])
    }
}
