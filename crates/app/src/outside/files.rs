//! Files: in a folder of this machine, in an S3 bucket, or in memory.
//!
//! The trait is `object_store`'s own. A file's name is the hash of what it holds
//! (`aa/bb/aabb…`), so the same file is kept once and nothing is ever overwritten.

use std::io::Write as _;
use std::path::{Path as StdPath, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStore, PutPayload};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Where files are kept.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum FilesSettings {
    Folder(PathBuf),
    S3 {
        bucket: String,
        region: Option<String>,
        /// For services that are not Amazon's own.
        endpoint: Option<String>,
        key: String,
        secret: String,
        /// Where the bucket's name stands in addresses.
        #[serde(default)]
        style: BucketStyle,
    },
}

/// Where the name of a bucket stands in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BucketStyle {
    /// `https://endpoint/bucket/…`: MinIO, Ceph and most of what one runs oneself.
    #[default]
    Path,
    /// In the name of the host, which the endpoint then names in full: the large clouds.
    Host,
}

/// Where files lie in a folder until they are whole.
const BEGUN: &str = ".begun";

/// The SHA-256 of what a file holds; its name in the store.
pub type FileHash = [u8; 32];

/// The store of files.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    /// The folder, when it is one: what is put there is forced to the disk.
    folder: Option<PathBuf>,
    /// Where copies of what lies elsewhere are kept on this machine.
    near: PathBuf,
}

/// The store of files did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    #[error("the file is not there")]
    Missing,
    /// It lies there under its name, and is not what the name says.
    #[error("the file is damaged")]
    Damaged,
    #[error("the store of files: {0}")]
    Store(#[source] object_store::Error),
    #[error("the folder of files: {0}")]
    Folder(#[source] std::io::Error),
}

impl FilesError {
    /// Whether the disk has no room, or fails: nothing about the house is wrong.
    pub fn is_of_the_disk(&self) -> bool {
        use std::io::ErrorKind;
        let Self::Folder(error) = self else {
            return false;
        };
        let is_known = matches!(
            error.kind(),
            ErrorKind::StorageFull
                | ErrorKind::QuotaExceeded
                | ErrorKind::ReadOnlyFilesystem
                | ErrorKind::WriteZero
        );
        // A disk that fails has no kind of its own.
        is_known || error.raw_os_error() == Some(EIO)
    }
}

/// "Input/output error", on every Unix.
const EIO: i32 = 5;

impl From<object_store::Error> for FilesError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            other => Self::Store(other),
        }
    }
}

impl Files {
    pub fn open(settings: &FilesSettings) -> Result<Self, FilesError> {
        match settings {
            FilesSettings::Folder(folder) => {
                make_folder(folder).map_err(FilesError::Folder)?;
                Ok(Self {
                    store: Arc::new(LocalFileSystem::new_with_prefix(folder)?),
                    folder: Some(folder.clone()),
                    near: usual_near(),
                })
            }
            FilesSettings::S3 {
                bucket,
                region,
                endpoint,
                key,
                secret,
                style,
            } => {
                let mut builder = AmazonS3Builder::new()
                    .with_bucket_name(bucket)
                    .with_region(region.as_deref().unwrap_or("us-east-1"))
                    .with_access_key_id(key)
                    .with_secret_access_key(secret)
                    .with_virtual_hosted_style_request(*style == BucketStyle::Host);
                if let Some(endpoint) = endpoint {
                    builder = builder
                        .with_endpoint(endpoint)
                        .with_allow_http(endpoint.starts_with("http://"));
                }
                Ok(Self {
                    store: Arc::new(builder.build()?),
                    folder: None,
                    near: usual_near(),
                })
            }
        }
    }

    /// Files that are gone with the process: for tests.
    pub fn in_memory() -> Self {
        Self {
            store: Arc::new(InMemory::new()),
            folder: None,
            near: usual_near(),
        }
    }

    /// The same, with copies of what lies elsewhere in this folder.
    pub fn with_copies_in(self, near: PathBuf) -> Self {
        Self { near, ..self }
    }

    pub(crate) fn near(&self) -> &StdPath {
        &self.near
    }

    /// Where a file lies, if that is on this machine.
    pub(crate) fn path(&self, hash: &FileHash) -> Option<PathBuf> {
        Some(path_in(self.folder.as_ref()?, hash))
    }

    /// Keeps the bytes and answers their hash. When this returns, they are on the disk.
    pub async fn put(&self, bytes: Bytes) -> Result<FileHash, FilesError> {
        let hash: FileHash = Sha256::digest(&bytes).into();
        let path = path_of(&hash);
        let Some(folder) = self.folder.clone() else {
            // The name says what it holds, so writing it once more changes nothing; and not every
            // service that speaks S3 knows how to write only what is not there.
            let payload = PutPayload::from_bytes(bytes);
            self.store.put(&path, payload).await?;
            return Ok(hash);
        };
        let file = folder.join(path.as_ref());
        tokio::task::spawn_blocking(move || write_through(&folder, &file, &bytes))
            .await
            .expect("writing to the disk does not panic")
            .map_err(FilesError::Folder)?;
        Ok(hash)
    }

    /// Takes away what was begun before this instant and never got its name.
    pub async fn sweep_begun(&self, before: Timestamp) -> Result<(), FilesError> {
        let Some(folder) = self.folder.clone() else {
            return Ok(());
        };
        let swept = tokio::task::spawn_blocking(move || sweep_begun(&folder, before)).await;
        swept
            .expect("reading a folder does not panic")
            .map_err(FilesError::Folder)
    }

    /// What a file holds, held against its name: a disk that turned a bit shows nobody another
    /// picture than the one that was taken.
    pub async fn get(&self, hash: &FileHash) -> Result<Bytes, FilesError> {
        let bytes = self.store.get(&path_of(hash)).await?.bytes().await?;
        match FileHash::from(Sha256::digest(&bytes)) == *hash {
            true => Ok(bytes),
            false => Err(FilesError::Damaged),
        }
    }

    /// Takes a file away; one that is not there is no error.
    pub async fn delete(&self, hash: &FileHash) -> Result<(), FilesError> {
        match self.store.delete(&path_of(hash)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }

    /// Every file in the store: hash, size in bytes, and when it was last put.
    pub async fn list(&self) -> Result<Vec<Kept>, FilesError> {
        let mut kept = Vec::new();
        let mut found = self.store.list(None);
        while let Some(object) = found.try_next().await? {
            let hash = object.location.filename().and_then(unhex);
            if let Some(hash) = hash {
                let put_ms = object.last_modified.timestamp_millis();
                kept.push(Kept {
                    hash,
                    bytes: object.size,
                    put_at: Timestamp::from_millisecond(put_ms).unwrap_or_default(),
                });
            }
        }
        Ok(kept)
    }
}

fn usual_near() -> PathBuf {
    std::env::temp_dir().join("huiyin-copies")
}

/// One file as the store of files lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub hash: FileHash,
    pub bytes: u64,
    pub put_at: Timestamp,
}

/// Makes the folder, and forces the names of those that are new on the way to it to the disk.
fn make_folder(folder: &StdPath) -> std::io::Result<()> {
    let folder = std::path::absolute(folder)?;
    let missing = folder.ancestors().take_while(|above| !above.exists());
    let missing: Vec<&StdPath> = missing.collect();
    std::fs::create_dir_all(&folder)?;
    for above in missing.into_iter().filter_map(StdPath::parent) {
        std::fs::File::open(above)?.sync_all()?;
    }
    Ok(())
}

/// A file gets its name when it is whole and on the disk, and not before: whatever ends the
/// process or the machine, no name stands for half of what it says. A name whose file has another
/// length is of a house that did not hold to this.
pub(super) fn write_through(folder: &StdPath, file: &StdPath, bytes: &[u8]) -> std::io::Result<()> {
    let is_there = file
        .metadata()
        .is_ok_and(|is| is.len() == bytes.len() as u64);
    if !is_there {
        let begun = begun(folder, file);
        for directory in [&begun, file].into_iter().filter_map(|path| path.parent()) {
            std::fs::create_dir_all(directory)?;
        }
        if let Err(error) = write_and_name(&begun, file, bytes) {
            // A disk that is full shall not be filled with what was begun; else the sweep comes.
            drop(std::fs::remove_file(&begun));
            return Err(error);
        }
    }
    // The names on the way down are new too, perhaps.
    for directory in file.ancestors().skip(1) {
        std::fs::File::open(directory)?.sync_all()?;
        if directory == folder {
            break;
        }
    }
    Ok(())
}

fn write_and_name(begun: &StdPath, file: &StdPath, bytes: &[u8]) -> std::io::Result<()> {
    let mut out = std::fs::File::create_new(begun)?;
    out.write_all(bytes)?;
    out.sync_all()?;
    std::fs::rename(begun, file)
}

/// A name that nobody else writes to.
fn begun(folder: &StdPath, file: &StdPath) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let process = std::process::id();
    folder.join(BEGUN).join(format!("{name}-{process}-{count}"))
}

fn sweep_begun(folder: &StdPath, before: Timestamp) -> std::io::Result<()> {
    let begun = match std::fs::read_dir(folder.join(BEGUN)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        begun => begun?,
    };
    for entry in begun {
        let entry = entry?;
        let since = Timestamp::try_from(entry.metadata()?.modified()?);
        if since.is_ok_and(|since| since <= before) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Where a file lies in a folder of files.
pub(super) fn path_in(folder: &StdPath, hash: &FileHash) -> PathBuf {
    folder.join(path_of(hash).as_ref())
}

fn path_of(hash: &FileHash) -> Path {
    let hash = hex(hash);
    Path::from(format!("{}/{}/{hash}", &hash[..2], &hash[2..4]))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string does not fail");
        text
    })
}

/// Reads what [`hex`] wrote, 32 bytes of it.
pub(crate) fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
#[path = "s3_tests.rs"]
mod s3;

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) async fn keeps(files: Files) {
        let hash = files.put(Bytes::from_static(b"hello")).await.unwrap();
        assert_eq!(files.put(Bytes::from_static(b"hello")).await.unwrap(), hash);
        assert_eq!(files.get(&hash).await.unwrap(), "hello");
        let list = files.list().await.unwrap();
        assert_eq!(list.len(), 1);
        assert_eq!((list[0].hash, list[0].bytes), (hash, 5));
        files.delete(&hash).await.unwrap();
        files.delete(&hash).await.unwrap();
        assert!(matches!(files.get(&hash).await, Err(FilesError::Missing)));
    }

    #[tokio::test]
    async fn a_folder_and_the_memory_keep_alike() {
        let folder = tempfile::tempdir().unwrap();
        keeps(Files::open(&FilesSettings::Folder(folder.path().join("files"))).unwrap()).await;
        keeps(Files::in_memory()).await;
    }

    #[tokio::test]
    async fn what_was_cut_short_has_no_name_and_is_swept_away() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(&FilesSettings::Folder(folder.path().to_owned())).unwrap();
        let hash = files.put(Bytes::from_static(b"hello")).await.unwrap();
        let begun = folder.path().join(BEGUN);
        assert_eq!(std::fs::read_dir(&begun).unwrap().count(), 0);
        std::fs::write(begun.join("half-of-something"), "hel").unwrap();
        assert_eq!(files.list().await.unwrap().len(), 1);
        files.sweep_begun(Timestamp::UNIX_EPOCH).await.unwrap();
        assert_eq!(std::fs::read_dir(&begun).unwrap().count(), 1);
        files.sweep_begun(Timestamp::MAX).await.unwrap();
        assert_eq!(std::fs::read_dir(&begun).unwrap().count(), 0);
        // A name that stands for nothing, as a power cut could leave it before.
        let file = folder.path().join(path_of(&hash).as_ref());
        std::fs::write(&file, "").unwrap();
        files.put(Bytes::from_static(b"hello")).await.unwrap();
        assert_eq!(files.get(&hash).await.unwrap(), "hello");
        // A bit that turned.
        std::fs::write(&file, "jello").unwrap();
        assert!(matches!(files.get(&hash).await, Err(FilesError::Damaged)));
    }

    #[test]
    fn a_disk_that_is_full_or_fails_is_no_fault_of_the_house() {
        let told = |code| FilesError::Folder(std::io::Error::from_raw_os_error(code));
        // No space, no quota, read-only, input/output; not permitted, not there.
        let of_the_disk = [28, 122, 30, 5].map(|code| told(code).is_of_the_disk());
        assert_eq!(of_the_disk, [true; 4]);
        assert_eq!([13, 2].map(|code| told(code).is_of_the_disk()), [false; 2]);
        assert!(!FilesError::Missing.is_of_the_disk());
    }

    #[test]
    fn only_what_was_written_is_read() {
        let hash = [0xa5; 32];
        assert_eq!(unhex(&hex(&hash)), Some(hash));
        for text in ["", "a5", "../secret", &"é".repeat(32), &"+1".repeat(32)] {
            assert_eq!(unhex(text), None, "{text}");
        }
    }
}
