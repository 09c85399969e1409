//! Samples: a picture of how something is right, of how it is wrong, or of what a paper looks
//! like. It is one of the drawings that come with the product, or a photo.
//!
//! One more drawing: its file under `assets/src/drawings`, its name in a list below, and its words.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::id::FileId;
use crate::names::Names;

/// What the drawings for checklists are of; of each there are two, right and wrong.
pub const CHECKS: &[&str] = &[
    "charge",
    "edge",
    "exit",
    "extinguisher",
    "gauge",
    "hole",
    "lamp",
    "lid",
    "pipe",
    "rail",
    "sockets",
    "swing",
    "way",
    "wire",
];

/// The drawings of papers.
pub const PAPERS: &[&str] = &[
    "authority",
    "bank-card",
    "bill",
    "certificate",
    "contract",
    "deed",
    "form",
    "household-register",
    "identity-card",
    "medical-record",
    "photo",
    "proof",
    "site-map",
];

/// Which side of a check a drawing shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Right,
    Wrong,
}

impl Side {
    pub const ALL: [Side; 2] = [Side::Right, Side::Wrong];

    pub fn word(self) -> &'static str {
        match self {
            Side::Right => "right",
            Side::Wrong => "wrong",
        }
    }

    /// The drawings of this side, by their keys.
    pub fn drawings(self) -> impl Iterator<Item = String> {
        CHECKS
            .iter()
            .map(move |check| format!("{check}-{}", self.word()))
    }

    /// Whether there is such a drawing of this side.
    pub fn has(self, drawing: &str) -> bool {
        self.drawings().any(|one| one == drawing)
    }
}

/// How the name of a photo begins; no drawing is called so.
const PHOTO: &str = "photo-";

/// A drawing by its key, or a photo. As text, `identity-card` or `photo-` and the id of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pictured {
    Drawing(String),
    Photo(FileId),
}

impl Pictured {
    /// The photo that it is, if it is one.
    pub fn photo(&self) -> Option<FileId> {
        match self {
            Pictured::Photo(file) => Some(*file),
            Pictured::Drawing(_) => None,
        }
    }
}

impl fmt::Display for Pictured {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pictured::Drawing(key) => to.write_str(key),
            Pictured::Photo(file) => write!(to, "{PHOTO}{file}"),
        }
    }
}

/// The text names neither a drawing nor a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no picture is called so")]
pub struct BadPicture;

impl FromStr for Pictured {
    type Err = BadPicture;

    /// Whether there is a drawing of this key is for whoever reads it to say.
    fn from_str(text: &str) -> Result<Pictured, BadPicture> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        match text.strip_prefix(PHOTO) {
            Some(file) => file.parse().map(Pictured::Photo).map_err(|_| BadPicture),
            None if !text.is_empty() && text.len() <= 40 && text.chars().all(plain) => {
                Ok(Pictured::Drawing(text.to_owned()))
            }
            None => Err(BadPicture),
        }
    }
}

impl Serialize for Pictured {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pictured {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A picture, and in words what is to be seen on it; a drawing has its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    pub picture: Pictured,
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub says: Names,
}

impl Sample {
    /// The languages in which a photo needs words and has none: those of the text beside it.
    pub fn unsaid<'t>(&self, text: &'t Names) -> Vec<&'t str> {
        if self.picture.photo().is_none() {
            return Vec::new();
        }
        let is_said = |lang: &str| {
            self.says
                .0
                .get(lang)
                .is_some_and(|said| !said.trim().is_empty())
        };
        let langs = text.0.iter().filter(|(_, said)| !said.trim().is_empty());
        let langs = langs.map(|(lang, _)| lang.as_str());
        langs.filter(|lang| !is_said(lang)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_read_as_it_is_written() {
        let photo = format!("photo-{}", FileId::from_raw(81_372));
        for text in ["identity-card", &photo] {
            let picture: Pictured = text.parse().unwrap();
            assert_eq!(picture.to_string(), text);
            let json = serde_json::to_string(&picture).unwrap();
            assert_eq!(serde_json::from_str::<Pictured>(&json).unwrap(), picture);
        }
        for text in ["", "photo-", "photo-x", "../icons", "Way", "a b"] {
            assert_eq!(text.parse::<Pictured>(), Err(BadPicture), "{text}");
        }
        assert!(Side::Right.has("way-right") && !Side::Right.has("way-wrong"));
    }

    #[test]
    fn a_photo_needs_words_in_each_language_of_its_text_and_a_drawing_none() {
        let photo = |says: Names| Sample {
            picture: Pictured::Photo(FileId::from_raw(1)),
            says,
        };
        let both = Names::both("灯亮", "lit");
        assert_eq!(photo(Names::default()).unsaid(&both), ["en", "zh"]);
        assert_eq!(photo(Names::one("zh", "灯")).unsaid(&both), ["en"]);
        let one = Names::one("zh", "灯亮");
        assert!(photo(Names::one("zh", "灯")).unsaid(&one).is_empty());
        let drawing = Sample {
            picture: Pictured::Drawing("lamp-right".to_owned()),
            says: Names::default(),
        };
        assert!(drawing.unsaid(&both).is_empty());
    }
}
