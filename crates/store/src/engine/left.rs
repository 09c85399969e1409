//! What lies beside a database of SQLite when it is opened: a log that a crash can leave, or one
//! that something has harmed.
//!
//! A crash tears the end of a log: what was not yet forced to the disk. SQLite stops reading there,
//! and what it has read is all that was ever acknowledged. It stops in the same way where a bit has
//! turned, or where a file system lost the rest; and then it would read pages of an earlier moment
//! over a database file that is further, and call that a state. The index of the log tells the one
//! from the other: it says how far the log was committed, and is written after the log was forced
//! to the disk, so it is never ahead of it (<https://sqlite.org/walformat.html>, section 2). After
//! a loss of power there may be none that belongs to the log; then nothing can be told. Frames
//! behind the tear prove nothing: a commit that failed leaves some.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::dialect::beside;
use crate::shipping::log::{HEAD_BYTES, Head};

/// A log that somebody writes at this moment looks torn, but never twice at the same place.
const LOOKS: u32 = 3;
const PAUSE: Duration = Duration::from_millis(100);

/// A log is not to be read: it ends before it was committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it was committed up to frame {committed}, and can be read up to frame {whole}")]
pub struct Damage {
    whole: u32,
    committed: u32,
}

/// Looks at the log of a database that is to be opened.
pub(super) fn damage(database: &Path) -> io::Result<Option<Damage>> {
    let mut found = look_once(database)?;
    for _ in 1..LOOKS {
        if found.is_none() {
            break;
        }
        thread::sleep(PAUSE);
        let again = look_once(database)?;
        found = found.filter(|found| again == Some(*found));
    }
    Ok(found)
}

fn look_once(database: &Path) -> io::Result<Option<Damage>> {
    // The index first: the log only grows meanwhile.
    let Some(index) = Index::read(&beside(database, "-shm"))? else {
        return Ok(None);
    };
    let log = match File::open(beside(database, "-wal")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        log => log?,
    };
    let mut log = BufReader::with_capacity(1 << 20, log);
    let mut bytes = [0; HEAD_BYTES];
    if !filled(&mut log, &mut bytes)? {
        return Ok(None);
    }
    let committed = index.committed;
    let whole = match Head::parse(&bytes) {
        // The index is of an earlier log, or of a later one.
        Some(head) if head.salts != index.salts => return Ok(None),
        Some(head) => read_to(&head, committed, &mut log)?,
        None => 0,
    };
    Ok((whole < committed).then_some(Damage { whole, committed }))
}

/// So many frames are whole transactions, up to this one.
fn read_to(head: &Head, committed: u32, log: &mut impl io::Read) -> io::Result<u32> {
    let (mut frame, mut checksum) = (vec![0; head.frame_bytes()], head.checksum);
    let (mut read, mut whole) = (0, 0);
    while whole < committed && filled(log, &mut frame)? {
        let Some(next) = head.frame(checksum, &frame) else {
            break;
        };
        checksum = next.checksum;
        read += 1;
        if next.pages_at_commit.is_some() {
            whole = read;
        }
    }
    Ok(whole)
}

/// Whether there was so much to read.
fn filled(log: &mut impl io::Read, bytes: &mut [u8]) -> io::Result<bool> {
    match log.read_exact(bytes) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        read => read.map(|()| true),
    }
}

/// What the index of a log says of it.
struct Index {
    salts: [u32; 2],
    committed: u32,
}

impl Index {
    const BYTES: usize = 48;

    /// None when there is none, or none that belongs to a log.
    fn read(path: &Path) -> io::Result<Option<Index>> {
        let mut file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        let mut bytes = [0; 2 * Self::BYTES];
        let is_whole = filled(&mut file, &mut bytes)?;
        // Closing it would let go of every lock that this process holds on it by SQLite.
        std::mem::forget(file);
        if !is_whole {
            return Ok(None);
        }
        // Two copies, written one after the other: a kill may have left one of them older.
        let (one, other) = bytes.split_at(Self::BYTES);
        let both = Self::of(one).zip(Self::of(other));
        Ok(both
            .filter(|(one, other)| one.salts == other.salts)
            .map(|(one, other)| Index {
                salts: one.salts,
                committed: one.committed.min(other.committed),
            }))
    }

    fn of(bytes: &[u8]) -> Option<Index> {
        let is_begun = bytes[12] != 0;
        let [salt, second] = [32, 36].map(|at| words_at(bytes, at, u32::from_be_bytes));
        is_begun.then_some(Index {
            salts: [salt, second],
            // The index belongs to one machine and is written in its order of bytes.
            committed: words_at(bytes, 16, u32::from_ne_bytes),
        })
    }
}

fn words_at(bytes: &[u8], at: usize, read: fn([u8; 4]) -> u32) -> u32 {
    read(bytes[at..at + 4].try_into().expect("four bytes"))
}

#[cfg(test)]
#[path = "left_tests.rs"]
mod tests;
