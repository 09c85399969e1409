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
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::shipping::log::{FRAME_HEAD_BYTES, HEAD_BYTES, Head};

/// A log that somebody writes at this moment looks torn, but never twice at the same place.
const LOOKS: u32 = 3;
const PAUSE: Duration = Duration::from_millis(100);

/// Why a log is not to be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    #[error("its head is broken, and transactions lie behind it")]
    Head,
    #[error("it was committed up to frame {committed}, and can be read up to frame {whole}")]
    Short { whole: u32, committed: u32 },
}

/// Looks at the log of a database that is to be opened.
pub(super) fn damage(database: &Path) -> io::Result<Option<Damage>> {
    let mut last = None;
    for look in 0..LOOKS {
        let found = look_once(database)?;
        if found.is_none() || look > 0 && found != last {
            return Ok(None);
        }
        last = found;
        thread::sleep(PAUSE);
    }
    Ok(last)
}

fn beside(database: &Path, end: &str) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(end);
    PathBuf::from(path)
}

fn look_once(database: &Path) -> io::Result<Option<Damage>> {
    // The index first: the log only grows meanwhile.
    let index = Index::read(&beside(database, "-shm"))?;
    let file = match File::open(beside(database, "-wal")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let mut log = BufReader::with_capacity(1 << 20, file);
    let mut bytes = [0; HEAD_BYTES];
    if !filled(&mut log, &mut bytes)? {
        return Ok(None);
    }
    let Some(head) = Head::parse(&bytes) else {
        let commits = commits_of_any(&mut log, &bytes)?;
        return Ok((commits > 1).then_some(Damage::Head));
    };
    let (mut frame, mut checksum) = (vec![0; head.frame_bytes()], head.checksum);
    let Some(index) = index.filter(|index| index.salts == head.salts) else {
        return Ok(None);
    };
    let (mut read, mut whole, committed) = (0, 0, index.committed);
    while whole < committed && filled(&mut log, &mut frame)? {
        let Some(next) = head.frame(checksum, &frame) else {
            break;
        };
        checksum = next.checksum;
        read += 1;
        if next.pages_at_commit.is_some() {
            whole = read;
        }
    }
    Ok((whole < committed).then_some(Damage::Short { whole, committed }))
}

/// Whether there was so much to read.
fn filled(log: &mut impl io::Read, bytes: &mut [u8]) -> io::Result<bool> {
    match log.read_exact(bytes) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        read => read.map(|()| true),
    }
}

/// How many transactions of these salts end in this frame and behind it, whole or not.
fn commits_of(salts: [u32; 2], log: &mut impl io::Read, frame: &mut [u8]) -> io::Result<u32> {
    let mut commits = 0;
    loop {
        let [_, pages, salt, other, ..] = words(frame);
        commits += u32::from([salt, other] == salts && pages > 0);
        if !filled(log, frame)? {
            return Ok(commits);
        }
    }
}

/// The same behind a head that cannot be read: of the salts of the first frame.
fn commits_of_any(log: &mut impl io::Read, head: &[u8]) -> io::Result<u32> {
    let [_, _, page_bytes, ..] = words(head);
    let is_page = page_bytes.is_power_of_two() && (512..=65_536).contains(&page_bytes);
    let page_bytes = if is_page { page_bytes } else { 4096 };
    let mut frame = vec![0; FRAME_HEAD_BYTES + page_bytes as usize];
    if !filled(log, &mut frame)? {
        return Ok(0);
    }
    let [_, _, salt, other, ..] = words(&frame);
    commits_of([salt, other], log, &mut frame)
}

/// The first words of a head.
fn words(bytes: &[u8]) -> [u32; 6] {
    std::array::from_fn(|at| {
        let word = bytes[4 * at..4 * at + 4].try_into().expect("four bytes");
        u32::from_be_bytes(word)
    })
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
