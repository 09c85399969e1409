//! What can happen to bytes that lie for years, or are in the wrong hands.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::finding::Fault;

const BLOCK: usize = 512;
/// `sha256 `, the sum in hexadecimal digits, and the end of the line, behind the end of the tar.
const SUM_BYTES: usize = 72;

/// The same with one bit of this byte the other way round.
pub fn flipped(bytes: &[u8], at: usize, bit: u8) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= 1 << (bit % 8);
    bytes
}

/// A backup whose first two attachments bear each other's names, in order otherwise: sums of
/// headers and of the whole are what they should be. None when it has no two.
pub fn names_swapped(backup: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = backup.to_vec();
    let attachments: Vec<usize> = headers(backup)
        .into_iter()
        .filter(|&at| backup[at..].starts_with(b"files/"))
        .take(2)
        .collect();
    let [one, other] = attachments[..] else {
        return None;
    };
    for i in 0..100 {
        bytes.swap(one + i, other + i);
    }
    for at in [one, other] {
        // The sum of a header counts its own eight bytes as spaces.
        bytes[at + 148..at + 156].fill(b' ');
        let sum: u32 = bytes[at..at + BLOCK]
            .iter()
            .map(|&byte| u32::from(byte))
            .sum();
        let text = format!("{sum:06o}\0 ");
        bytes[at + 148..at + 156].copy_from_slice(text.as_bytes());
    }
    let body = bytes.len() - SUM_BYTES;
    let sum = Sha256::digest(&bytes[..body]);
    let digits: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.truncate(body);
    bytes.extend(format!("sha256 {digits}\n").bytes());
    Some(bytes)
}

/// The dump of the database in the backup at this path: the first entry of its tar.
pub fn dump_of(backup: &Path) -> Result<String, Fault> {
    let mut backup = File::open(backup)?;
    let mut header = [0; BLOCK];
    backup.read_exact(&mut header)?;
    let mut dump = String::new();
    let bytes = size(&header[124..136]) as u64;
    backup.take(bytes).read_to_string(&mut dump)?;
    Ok(dump)
}

/// Where the headers of a tar stand.
fn headers(tar: &[u8]) -> Vec<usize> {
    let (mut headers, mut at) = (Vec::new(), 0);
    while at + BLOCK <= tar.len() && tar[at] != 0 {
        headers.push(at);
        at += BLOCK + size(&tar[at + 124..at + 136]).next_multiple_of(BLOCK);
    }
    headers
}

/// The size of an entry, in octal digits; a very large one stands in bytes.
fn size(field: &[u8]) -> usize {
    if field[0] & 0x80 != 0 {
        let bytes = field[4..].iter();
        return bytes.fold(0, |size, &byte| size << 8 | usize::from(byte));
    }
    let digits = field.iter().filter(|byte| (b'0'..=b'7').contains(byte));
    digits.fold(0, |size, digit| size << 3 | usize::from(digit - b'0'))
}
