//! A history without its texts, as it is shown to another installation and kept there: each
//! entry with all that its hash covers, so that whoever holds it can prove that nothing was
//! changed, left out or put in, and notices when somebody tells it otherwise later.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::entry::{EntryShape, FIRST, Hash, entry_hash};
use crate::id::{CaseId, PostId, UnitId};

/// One entry, as it was sealed. In JSON hashes are 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub number: i64,
    pub at: Timestamp,
    pub step: String,
    pub acting: String,
    pub post: Option<PostId>,
    pub unit: Option<UnitId>,
    pub from: Option<String>,
    pub to: String,
    pub shape: String,
    #[serde(with = "digits::maybe")]
    pub text_hash: Option<Hash>,
    #[serde(with = "digits")]
    pub hash: Hash,
}

impl Link {
    /// What its hash covers.
    fn sealed(&self, case: CaseId) -> EntryShape<'_> {
        EntryShape {
            case,
            number: self.number,
            at: self.at,
            step: &self.step,
            acting: &self.acting,
            post: self.post,
            unit: self.unit,
            from: self.from.as_deref(),
            to: &self.to,
            shape: &self.shape,
            text_hash: self.text_hash,
        }
    }
}

/// A hash as hexadecimal digits.
mod digits {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Hash;
    use crate::case::KindHash;

    pub fn serialize<S: Serializer>(hash: &Hash, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&KindHash::from_bytes(*hash))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Hash, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        let hash: KindHash = text.parse().map_err(serde::de::Error::custom)?;
        Ok(*hash.as_bytes())
    }

    /// The same, when there may be none.
    pub mod maybe {
        use super::{Deserialize, Deserializer, Hash, KindHash, Serializer};

        pub fn serialize<S: Serializer>(hash: &Option<Hash>, to: S) -> Result<S::Ok, S::Error> {
            match hash {
                Some(hash) => super::serialize(hash, to),
                None => to.serialize_none(),
            }
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Hash>, D::Error> {
            let text = Option::<String>::deserialize(from)?;
            let hash = text.map(|text| text.parse::<KindHash>());
            let hash = hash.transpose().map_err(serde::de::Error::custom)?;
            Ok(hash.map(|hash| *hash.as_bytes()))
        }
    }
}

/// The last entry that is known of a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub number: i64,
    pub hash: Hash,
}

impl Head {
    /// Before the first entry.
    pub const NONE: Head = Head {
        number: 0,
        hash: FIRST,
    };
}

/// Why links are not those of the history that they are said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// The first entry that does not follow.
    pub number: i64,
}

/// The head of a case's history after these links, when each follows from the one before.
pub fn follow(case: CaseId, head: Head, links: &[Link]) -> Result<Head, Broken> {
    let mut head = head;
    for link in links {
        if link.number != head.number + 1 || entry_hash(&head.hash, &link.sealed(case)) != link.hash
        {
            return Err(Broken {
                number: head.number + 1,
            });
        }
        head = Head {
            number: link.number,
            hash: link.hash,
        };
    }
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links() -> Vec<Link> {
        let mut before = FIRST;
        let one = |number: i64| {
            let mut link = Link {
                number,
                at: Timestamp::from_second(1_800_000_000 + number).unwrap(),
                step: "note".to_owned(),
                acting: "post".to_owned(),
                post: Some(PostId::from_raw(3)),
                unit: Some(UnitId::from_raw(4)),
                from: (number > 1).then(|| "there".to_owned()),
                to: "there".to_owned(),
                shape: "{}".to_owned(),
                text_hash: None,
                hash: FIRST,
            };
            link.hash = entry_hash(&before, &link.sealed(CaseId::from_raw(7)));
            before = link.hash;
            link
        };
        (1..=4).map(one).collect()
    }

    #[test]
    fn a_whole_chain_follows_and_goes_on_where_it_was() {
        let (case, links) = (CaseId::from_raw(7), links());
        let half = follow(case, Head::NONE, &links[..2]).unwrap();
        assert_eq!(half.number, 2);
        let whole = follow(case, half, &links[2..]).unwrap();
        assert_eq!(whole, follow(case, Head::NONE, &links).unwrap());
        assert_eq!(whole.hash, links[3].hash);
    }

    #[test]
    fn it_survives_json() {
        let links = links();
        let json = serde_json::to_string(&links).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Link>>(&json).unwrap(), links);
        let short = json.replacen(r#""hash":""#, r#""hash":"0"#, 1);
        assert!(serde_json::from_str::<Vec<Link>>(&short).is_err());
    }

    #[test]
    fn whatever_is_touched_is_noticed() {
        let (case, links) = (CaseId::from_raw(7), links());
        let broken = |change: fn(&mut Vec<Link>)| {
            let mut links = links.clone();
            change(&mut links);
            follow(case, Head::NONE, &links).map_err(|broken| broken.number)
        };
        assert_eq!(broken(|links| drop(links.remove(1))), Err(2));
        assert_eq!(broken(|links| links.swap(2, 3)), Err(3));
        assert_eq!(broken(|links| links[0].step = "open".to_owned()), Err(1));
        assert_eq!(broken(|links| links[3].unit = None), Err(4));
        assert_eq!(broken(|links| links[2].hash[0] ^= 1), Err(3));
        assert_eq!(
            follow(CaseId::from_raw(8), Head::NONE, &links).map_err(|b| b.number),
            Err(1)
        );
    }
}
