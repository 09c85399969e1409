//! Backup: the whole house in one file, taken while it goes on.
//!
//! The file is a tar that other programs open too: `dump` (see `huiyin_store::dump`), one
//! entry `files/<hash>` for whatever is attached, and at last `manifest.json` with the
//! counts. Behind the end of the tar stands the SHA-256 of everything before, so that a
//! changed byte or a missing end is seen before anything is taken in. A further part is an
//! entry that [`check`] knows.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use huiyin_domain::id::FileId;
use huiyin_store::dump::{self, RestoreError};
use huiyin_store::shipping::ShippedError;
use huiyin_store::{DbError, Tx, archives, files, verify};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::outside::{FileHash, FilesError, hex, unhex};
use crate::{App, Error};

const FORMAT: &str = "huiyin backup 1";
pub(crate) const DUMP: &str = "dump";
pub(crate) const FILES: &str = "files/";
const MANIFEST: &str = "manifest.json";
/// `sha256 `, the sum in hexadecimal digits, and the end of the line.
const SUM_BYTES: u64 = 7 + 64 + 1;
const BLOCK: u64 = 512;
const FILES_AT_ONCE: i64 = 500;

/// Why there is no backup, or why it is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("the file of the backup cannot be read or written")]
    Io(#[from] io::Error),
    #[error("the backup is damaged: {0}")]
    Damaged(String),
    #[error("the backup is not of this format: {0}")]
    Format(String),
    #[error("an attachment cannot be read or kept")]
    Files(#[from] FilesError),
    #[error("the database does not take the backup")]
    Restore(#[from] RestoreError),
    #[error(transparent)]
    Shipped(#[from] ShippedError),
    #[error(transparent)]
    House(#[from] Error),
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: String,
    pub made_at: Timestamp,
    pub cases: i64,
    pub entries: i64,
    pub files: i64,
    /// Rows of all tables.
    pub rows: u64,
    /// Attachments in the backup; a picture has two, its small one counts.
    pub attachments: u64,
    /// Hashes of attachments that were lost or damaged before the backup.
    pub lost: Vec<String>,
}

/// A backup that was read from beginning to end and is whole.
#[derive(Debug)]
pub struct Checked {
    pub manifest: Manifest,
    path: PathBuf,
}

/// Writes a backup to `path`: under another name first, which is gone again on a failure.
pub async fn backup(app: &App, path: &Path) -> Result<Manifest, BackupError> {
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "not the name of a file"))?;
    let partial = path.with_file_name([name, OsStr::new(".partial")].join(OsStr::new("")));
    let manifest = match write(app, &partial).await {
        Ok(manifest) => manifest,
        Err(error) => {
            if let Err(error) = std::fs::remove_file(&partial) {
                tracing::warn!(%error, "an unfinished backup stays behind");
            }
            return Err(error);
        }
    };
    std::fs::rename(&partial, path)?;
    let folder = path.parent().filter(|folder| folder != &Path::new(""));
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(manifest)
}

async fn write(app: &App, partial: &Path) -> Result<Manifest, BackupError> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(partial)?;
    let made_at = app.now();
    let read = move |tx: &mut Tx<'_>| Snapshot::take(tx, file, made_at);
    let snapshot = app.store.read(read).await.map_err(Error::from)?;
    let manifest = snapshot.add_files(app).await?;

    let sum = sum(&mut File::open(partial)?)?;
    let mut file = OpenOptions::new().append(true).open(partial)?;
    file.write_all(last_line(&sum).as_bytes())?;
    file.sync_all()?;
    // What cannot be read back is no backup.
    check(partial)?;
    Ok(manifest)
}

/// The database of one moment, and the attachments that it names.
struct Snapshot {
    file: File,
    manifest: Manifest,
    hashes: BTreeSet<FileHash>,
}

impl Snapshot {
    /// Writes the dump as the first entry; its size is known only behind it.
    fn take(tx: &mut Tx<'_>, mut file: File, made_at: Timestamp) -> Result<Snapshot, Error> {
        let failed = |error: io::Error| Error::broken("writing a backup", error);
        file.seek(SeekFrom::Start(BLOCK)).map_err(failed)?;
        let copied = dump::write(tx, BufWriter::new(&mut file))?;
        let end = file.stream_position().map_err(failed)?;
        let padding = (BLOCK - end % BLOCK) % BLOCK;
        file.set_len(end + padding).map_err(failed)?;
        file.rewind().map_err(failed)?;
        let mut header = header(made_at, end - BLOCK);
        header.set_path(DUMP).map_err(failed)?;
        header.set_cksum();
        file.write_all(header.as_bytes()).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;

        let counts = verify::counts(tx)?;
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            made_at,
            cases: counts.cases,
            entries: counts.entries,
            files: counts.files,
            rows: copied.rows,
            attachments: 0,
            lost: Vec::new(),
        };
        Ok(Snapshot {
            file,
            manifest,
            hashes: hashes(tx)?,
        })
    }

    /// Adds the attachments, and at last the manifest.
    async fn add_files(self, app: &App) -> Result<Manifest, BackupError> {
        let mut manifest = self.manifest;
        let mut tar = tar::Builder::new(BufWriter::new(self.file));
        for hash in self.hashes {
            let name = hex(&hash);
            let bytes = match app.outside.files.get(&hash).await {
                Ok(bytes) => bytes,
                Err(FilesError::Damaged) => {
                    manifest.lost.push(name);
                    continue;
                }
                Err(FilesError::Missing) => {
                    // It may have been erased since the moment of the dump, or never have come.
                    let still = move |tx: &mut Tx<'_>| is_missed(tx, &hash);
                    if app.store.read(still).await.map_err(Error::from)? {
                        manifest.lost.push(name);
                    }
                    continue;
                }
                Err(other) => return Err(other.into()),
            };
            let mut header = header(manifest.made_at, bytes.len() as u64);
            tar.append_data(&mut header, format!("{FILES}{name}"), &bytes[..])?;
            manifest.attachments += 1;
        }
        let text = serde_json::to_vec_pretty(&manifest).map_err(io::Error::from)?;
        let mut header = header(manifest.made_at, text.len() as u64);
        tar.append_data(&mut header, MANIFEST, &text[..])?;
        tar.into_inner()?.flush()?;
        Ok(manifest)
    }
}

fn header(made_at: Timestamp, bytes: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    header.set_mtime(made_at.as_second().unsigned_abs());
    header
}

/// What the files of this state hold, and the archives, each once.
pub(crate) fn hashes(tx: &mut Tx<'_>) -> Result<BTreeSet<FileHash>, Error> {
    let archives = archives::list(tx)?.into_iter();
    let mut hashes: BTreeSet<FileHash> = archives.map(|archive| archive.hash).collect();
    let mut last: Option<FileId> = None;
    loop {
        let files = files::each(tx, last, FILES_AT_ONCE)?;
        let Some(end) = files.last() else {
            return Ok(hashes);
        };
        last = Some(end.id);
        for file in &files {
            hashes.insert(file.hash);
            hashes.extend(file.small_hash);
        }
    }
}

/// Whether somebody would miss these bytes.
pub(crate) fn is_missed(tx: &mut Tx<'_>, hash: &FileHash) -> Result<bool, DbError> {
    Ok(files::is_missed(tx, hash)? || archives::names(tx, hash)?)
}

/// Reads a whole backup and refuses one that was changed or cut; changes nothing.
pub fn check(path: &Path) -> Result<Checked, BackupError> {
    let damaged = |what: &str| BackupError::Damaged(what.to_owned());
    let mut file = File::open(path)?;
    let body = file
        .metadata()?
        .len()
        .checked_sub(SUM_BYTES)
        .ok_or_else(|| damaged("it is too short"))?;
    let sum = sum(&mut (&mut file).take(body))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end)?;
    if end != last_line(&sum).as_bytes() {
        return Err(damaged(
            "the sum at its end is wrong: it was changed or cut",
        ));
    }
    let (mut manifest, mut attachments, mut dumps) = (None, 0, 0);
    for entry in open(path)?.entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        match (name.as_str(), name.strip_prefix(FILES)) {
            (DUMP, _) => dumps += 1,
            (MANIFEST, _) => manifest = Some(read_manifest(&mut entry)?),
            (_, Some(hash)) => {
                if unhex(hash) != Some(self::sum(&mut entry)?) {
                    return Err(damaged(&format!("the attachment {hash} is another")));
                }
                attachments += 1;
            }
            _ => return Err(BackupError::Format(format!("it has an entry {name:?}"))),
        }
    }
    let manifest = manifest.ok_or_else(|| damaged("it has no manifest"))?;
    if dumps != 1 || attachments != manifest.attachments {
        return Err(damaged("its parts are not those that its manifest counts"));
    }
    Ok(Checked {
        manifest,
        path: path.to_owned(),
    })
}

fn read_manifest(entry: &mut impl Read) -> Result<Manifest, BackupError> {
    let manifest: Manifest = serde_json::from_reader(entry)
        .map_err(|error| BackupError::Format(format!("its manifest cannot be read: {error}")))?;
    match manifest.format == FORMAT {
        true => Ok(manifest),
        false => Err(BackupError::Format(manifest.format)),
    }
}

impl Checked {
    /// The entries once more, to take them in.
    pub(crate) fn open(&self) -> io::Result<tar::Archive<BufReader<File>>> {
        open(&self.path)
    }
}

fn open(path: &Path) -> io::Result<tar::Archive<BufReader<File>>> {
    Ok(tar::Archive::new(BufReader::new(File::open(path)?)))
}

fn sum(read: &mut impl Read) -> io::Result<FileHash> {
    let mut sum = Sha256::new();
    io::copy(read, &mut sum)?;
    Ok(sum.finalize().into())
}

fn last_line(sum: &FileHash) -> String {
    format!("sha256 {}\n", hex(sum))
}

#[cfg(test)]
#[path = "backup_tests.rs"]
mod tests;
