//! The chain of entries: each entry's hash covers the one before it, so that nothing can be
//! changed, left out or put in unseen. Texts lie beside the chain, each with its own salt:
//! when a text is erased its hash stays, and the chain stays whole.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::id::CaseId;

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The hash before the first entry.
pub const FIRST: Hash = [0; 32];

/// What the hash of an entry covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryShape<'a> {
    pub case: CaseId,
    /// One, two, three, without gaps.
    pub number: i64,
    pub at: Timestamp,
    pub step: &'a str,
    /// In which capacity: [`super::Acting::word`].
    pub acting: &'a str,
    /// The post, when a post acted.
    pub post: Option<crate::id::PostId>,
    /// The unit, when a post acted.
    pub unit: Option<crate::id::UnitId>,
    pub from: Option<&'a str>,
    pub to: &'a str,
    /// JSON text of the decision's shape, as it is kept.
    pub shape: &'a str,
    pub text_hash: Option<Hash>,
}

/// The hash of a text with its salt.
pub fn text_hash(salt: &[u8], text: &str) -> Hash {
    let mut sum = Sha256::new();
    feed(&mut sum, salt);
    feed(&mut sum, text.as_bytes());
    sum.finalize().into()
}

/// The hash of an entry after the entry with hash `before`.
pub fn entry_hash(before: &Hash, entry: &EntryShape<'_>) -> Hash {
    let mut sum = Sha256::new();
    sum.update(b"huiyin entry 1\n");
    feed(&mut sum, before);
    feed(&mut sum, &entry.case.get().to_be_bytes());
    feed(&mut sum, &entry.number.to_be_bytes());
    feed(&mut sum, &entry.at.as_microsecond().to_be_bytes());
    feed(&mut sum, entry.step.as_bytes());
    feed(&mut sum, entry.acting.as_bytes());
    feed_maybe(&mut sum, entry.post.map(|post| post.get().to_be_bytes()));
    feed_maybe(&mut sum, entry.unit.map(|unit| unit.get().to_be_bytes()));
    feed_maybe(&mut sum, entry.from);
    feed(&mut sum, entry.to.as_bytes());
    feed(&mut sum, entry.shape.as_bytes());
    feed_maybe(&mut sum, entry.text_hash);
    sum.finalize().into()
}

/// Length first, so that no two sequences of parts look alike.
fn feed(sum: &mut Sha256, part: &[u8]) {
    sum.update((part.len() as u64).to_be_bytes());
    sum.update(part);
}

fn feed_maybe(sum: &mut Sha256, part: Option<impl AsRef<[u8]>>) {
    match part {
        None => sum.update([0]),
        Some(part) => {
            sum.update([1]);
            feed(sum, part.as_ref());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> EntryShape<'static> {
        EntryShape {
            case: CaseId::from_raw(7),
            number: 1,
            at: Timestamp::from_second(1_800_000_000).unwrap(),
            step: "open",
            acting: "anyone",
            post: None,
            unit: None,
            from: None,
            to: "received",
            shape: "{}",
            text_hash: Some(text_hash(b"salt", "text")),
        }
    }

    #[test]
    fn every_part_counts() {
        let base = entry_hash(&FIRST, &entry());
        let changed = [
            EntryShape {
                number: 2,
                ..entry()
            },
            EntryShape {
                step: "opena",
                acting: "nyone",
                ..entry()
            },
            EntryShape {
                from: Some(""),
                ..entry()
            },
            EntryShape {
                post: Some(crate::id::PostId::from_raw(0)),
                ..entry()
            },
            EntryShape {
                text_hash: None,
                ..entry()
            },
            EntryShape {
                shape: "{ }",
                ..entry()
            },
        ];
        for other in changed {
            assert_ne!(entry_hash(&FIRST, &other), base, "{other:?}");
        }
        assert_ne!(entry_hash(&base, &entry()), base);
        assert_ne!(text_hash(b"salt", "text"), text_hash(b"sal", "ttext"));
    }
}
