//! Log shipping: a copy of the database and of the folder of files in another place, never more
//! than seconds old, for the day on which the machine burns (SQLite alone; PostgreSQL does this
//! by itself).
//!
//! In the folder lie generations, `000001`, `000002`, …; in each of them a copy of the database
//! file (`base`), what it is (`generation`), numbered pieces of the write-ahead log
//! (`0000000001.segment`, …), each of which names the sum of the one before, and until when all
//! is there (`as-of`). Beside them lie the files, under the names that they have at home.
//!
//! Who does what: `engine/ship.rs`, on the checkpointer's thread, sees to it that the log is not
//! begun anew before it is shipped; [`worker`] alone touches the folder, so that a folder that
//! hangs keeps nobody waiting; [`restore`] reads it all again. `docs/decisions/` says why this is
//! right.

mod attachments;
mod folder;
pub(crate) mod log;
#[cfg(test)]
mod log_tests;
mod restore;
#[cfg(test)]
mod tests;
pub(crate) mod worker;

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

pub use restore::{Shipped, ShippedError, is_what_it_says, shipped};

/// Whoever is behind for longer is told so: the promise is a minute.
pub const BEHIND: Duration = Duration::from_secs(60);

/// [`Shipping::base_every`], unless somebody tests it.
pub const BASE_EVERY: Duration = Duration::from_secs(24 * 3600);
/// [`Shipping::log_bytes_max`], unless somebody tests it.
pub const LOG_BYTES_MAX: u64 = 1 << 30;

/// Where to, and how often.
#[derive(Debug, Clone)]
pub struct Shipping {
    /// On another machine or another disk. It is never made here: a disk that is not mounted
    /// must not be taken for one.
    pub folder: PathBuf,
    /// What is committed is there after so long.
    pub every: Duration,
    /// The folder of files at home, when they lie in one.
    pub files: Option<PathBuf>,
    /// A new generation is begun after so long.
    pub base_every: Duration,
    /// When the folder fails the log grows, but no longer than this.
    pub log_bytes_max: u64,
    pub now: fn() -> Timestamp,
}

/// Why nothing was shipped this time.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ShipError {
    #[error("{0}: {1}")]
    Folder(String, #[source] io::Error),
    #[error("the database or its log cannot be read: {0}")]
    Log(#[source] io::Error),
    /// It does not go on from what was shipped last: only a new copy of all helps.
    #[error("the write-ahead log does not go on from what was shipped")]
    Gap,
    #[error("given up")]
    GivenUp,
}

impl ShipError {
    fn of(path: &Path) -> impl FnOnce(io::Error) -> ShipError {
        move |error| ShipError::Folder(path.display().to_string(), error)
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string does not fail");
        text
    })
}

fn sum_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
