//! The write-ahead log of SQLite, read beside it (<https://sqlite.org/fileformat2.html#walformat>).
//!
//! The file has no locks of its own, so it may be opened and closed at will; the database file
//! and the one with the index may not (see `worker.rs`).

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

pub(crate) const HEAD_BYTES: usize = 32;
const FRAME_HEAD_BYTES: usize = 24;
/// Its last bit says in which order the sums read the bytes of a word.
const MAGIC: u32 = 0x377f_0682;
const VERSION: u32 = 3_007_000;

/// So often a log may be begun anew between one look and the next: each command beside the house
/// that finds it empty begins it once more at its end, without writing into it.
const BEGUN_MAX: u32 = 1_000;

/// A pair of words that each frame carries on.
pub(crate) type Checksum = [u32; 2];

/// How a log begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Head {
    pub page_bytes: u32,
    /// Others whenever the log is begun anew: the first grows by one, the second is chance.
    pub salts: [u32; 2],
    pub is_big_endian: bool,
    pub checksum: Checksum,
}

/// So far a log was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    pub head: Head,
    pub frames: u32,
    pub checksum: Checksum,
}

/// Whole transactions.
#[derive(Debug)]
pub(crate) struct Batch {
    pub from: Position,
    pub end: Position,
    pub bytes: Vec<u8>,
}

/// One page as a transaction left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Frame<'b> {
    pub page: u32,
    /// How many pages the database has then, if a transaction ends here.
    pub pages_at_commit: Option<u32>,
    pub content: &'b [u8],
    pub checksum: Checksum,
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

impl Head {
    /// None when there is none, or none that is valid: nobody has written yet.
    pub(crate) fn read(log: &Path) -> io::Result<Option<Head>> {
        let mut bytes = Vec::with_capacity(HEAD_BYTES);
        match File::open(log) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file?.take(HEAD_BYTES as u64).read_to_end(&mut bytes)?,
        };
        Ok(Head::parse(&bytes))
    }

    pub(crate) fn parse(bytes: &[u8]) -> Option<Head> {
        if bytes.len() < HEAD_BYTES || word(bytes, 0) & !1 != MAGIC || word(bytes, 4) != VERSION {
            return None;
        }
        let head = Head {
            page_bytes: word(bytes, 8),
            salts: [word(bytes, 16), word(bytes, 20)],
            is_big_endian: word(bytes, 0) & 1 == 1,
            checksum: [word(bytes, 24), word(bytes, 28)],
        };
        let is_page =
            head.page_bytes.is_power_of_two() && (512..=65_536).contains(&head.page_bytes);
        let sum = head.sum([0, 0], &bytes[..24]);
        (is_page && sum == head.checksum).then_some(head)
    }

    pub(crate) fn frame_bytes(&self) -> usize {
        FRAME_HEAD_BYTES + self.page_bytes as usize
    }

    fn sum(&self, [mut one, mut two]: Checksum, bytes: &[u8]) -> Checksum {
        let read = |bytes: &[u8]| {
            let bytes = bytes.try_into().expect("four bytes");
            match self.is_big_endian {
                true => u32::from_be_bytes(bytes),
                false => u32::from_le_bytes(bytes),
            }
        };
        for pair in bytes.chunks_exact(8) {
            one = one.wrapping_add(read(&pair[..4])).wrapping_add(two);
            two = two.wrapping_add(read(&pair[4..])).wrapping_add(one);
        }
        [one, two]
    }

    /// The next frame, if it is of this log and carries on what came before it.
    pub(crate) fn frame<'b>(&self, before: Checksum, bytes: &'b [u8]) -> Option<Frame<'b>> {
        let bytes = bytes.get(..self.frame_bytes())?;
        let (head, content) = bytes.split_at(FRAME_HEAD_BYTES);
        let checksum = self.sum(self.sum(before, &head[..8]), content);
        let is_ours = [word(head, 8), word(head, 12)] == self.salts;
        let is_whole = [word(head, 16), word(head, 20)] == checksum;
        let page = word(head, 0);
        (is_ours && is_whole && page > 0).then(|| Frame {
            page,
            pages_at_commit: Some(word(head, 4)).filter(|pages| *pages > 0),
            content,
            checksum,
        })
    }
}

impl Position {
    pub(crate) fn start(head: Head) -> Position {
        Position {
            head,
            frames: 0,
            checksum: head.checksum,
        }
    }

    /// Where to go on in a log that begins like this: behind what was read of it, or at its
    /// beginning, when it is the next one. None when it is of another line: somebody took the log
    /// away, or put another database here.
    pub(crate) fn on(read: Option<Position>, head: Head) -> Option<Position> {
        let start = Position::start(head);
        match read {
            Some(read) if read.head == head => Some(read),
            Some(read) => {
                let begun = head.salts[0].wrapping_sub(read.head.salts[0]);
                let is_of_its_line = (1..=BEGUN_MAX).contains(&begun);
                (is_of_its_line && head.page_bytes == read.head.page_bytes).then_some(start)
            }
            None => Some(start),
        }
    }
}

/// Whole transactions from there on, up to this frame, about so many bytes at once, and one in any
/// case. None when what lies there does not carry on what was read, or ends in a transaction.
pub(crate) fn read(
    log: &File,
    from: Position,
    until: u32,
    bytes_max: usize,
) -> io::Result<Option<Batch>> {
    let size = from.head.frame_bytes();
    let (mut bytes, mut end, mut whole) = (Vec::new(), from, 0);
    let mut at = from;
    while at.frames < until && (whole == 0 || bytes.len() < bytes_max) {
        let begin = bytes.len();
        bytes.resize(begin + size, 0);
        let offset = HEAD_BYTES as u64 + u64::from(at.frames) * size as u64;
        match log.read_exact_at(&mut bytes[begin..], offset) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        let Some(frame) = at.head.frame(at.checksum, &bytes[begin..]) else {
            return Ok(None);
        };
        at.checksum = frame.checksum;
        at.frames += 1;
        if frame.pages_at_commit.is_some() {
            (end, whole) = (at, bytes.len());
        }
    }
    bytes.truncate(whole);
    let is_cut = at.frames == until && end.frames < until;
    Ok((!is_cut).then_some(Batch { from, end, bytes }))
}
