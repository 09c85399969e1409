//! The version of a kind, by which a case stays pinned to the rules under which it was opened.

use sha2::{Digest, Sha256};

/// The version of a kind: the hash of its definition and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindHash([u8; 32]);

impl KindHash {
    /// The hash as it is kept.
    pub const fn from_bytes(bytes: [u8; 32]) -> KindHash {
        KindHash(bytes)
    }

    /// The bytes to keep.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> KindHash {
        KindHash(Sha256::digest(bytes).into())
    }
}

impl std::fmt::Display for KindHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The text is not the hash of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the hash of a kind: 64 hexadecimal digits")]
pub struct BadKindHash;

impl std::str::FromStr for KindHash {
    type Err = BadKindHash;
    fn from_str(text: &str) -> Result<Self, BadKindHash> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(BadKindHash);
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).map_err(|_| BadKindHash)?;
        }
        Ok(KindHash(bytes))
    }
}
