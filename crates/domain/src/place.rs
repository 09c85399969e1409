//! The tree of places, from the prefecture down to the door of a building.
//!
//! A place's code is its path: the code of every ancestor is a prefix of it. The first
//! twelve characters are the official division code (GB/T 2260 and GB/T 10114, as the
//! National Bureau of Statistics publishes it) without its trailing zero segments; below
//! the community three more digits for each level.

use serde::{Deserialize, Serialize};

use crate::names::Names;

/// How high a place stands in the tree. Higher levels come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Prefecture,
    County,
    Street,
    Community,
    Grid,
    MicroGrid,
    Building,
    Door,
}

impl Level {
    /// All levels, highest first, with the length of their codes.
    pub const ALL: [(Level, usize); 8] = [
        (Level::Prefecture, 4),
        (Level::County, 6),
        (Level::Street, 9),
        (Level::Community, 12),
        (Level::Grid, 15),
        (Level::MicroGrid, 18),
        (Level::Building, 21),
        (Level::Door, 24),
    ];

    /// The length of a code of this level.
    pub fn code_len(self) -> usize {
        Level::ALL[self as usize].1
    }

    /// Whether a place of this level can be split, merged or moved.
    pub fn changes(self) -> bool {
        (Level::Grid..=Level::Building).contains(&self)
    }

    /// The level right below; none below the door.
    pub fn below(self) -> Option<Level> {
        Level::ALL.get(self as usize + 1).map(|&(level, _)| level)
    }

    /// The word for this level in files, URLs and word keys.
    pub fn word(self) -> &'static str {
        match self {
            Level::Prefecture => "prefecture",
            Level::County => "county",
            Level::Street => "street",
            Level::Community => "community",
            Level::Grid => "grid",
            Level::MicroGrid => "micro-grid",
            Level::Building => "building",
            Level::Door => "door",
        }
    }
}

/// The code of a place; the code of every ancestor is a prefix of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PlaceCode(String);

/// The text is not the code of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the code of a place: 4, 6, 9, 12, 15, 18, 21 or 24 digits")]
pub struct BadPlaceCode;

impl std::str::FromStr for PlaceCode {
    type Err = BadPlaceCode;

    /// Reads a code; an official 12-digit code loses its trailing zero segments.
    fn from_str(text: &str) -> Result<Self, BadPlaceCode> {
        let text = text.trim();
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(BadPlaceCode);
        }
        let mut code = text;
        if code.len() == Level::Community.code_len() {
            for (zeros, len) in [("000", 9), ("000", 6), ("00", 4)] {
                match code.strip_suffix(zeros) {
                    Some(rest) if rest.len() == len => code = rest,
                    _ => break,
                }
            }
        }
        match Level::ALL.iter().any(|&(_, len)| len == code.len()) {
            true => Ok(PlaceCode(code.to_owned())),
            false => Err(BadPlaceCode),
        }
    }
}

impl<'de> Deserialize<'de> for PlaceCode {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl std::fmt::Display for PlaceCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl PlaceCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The level, told by the length of the code.
    pub fn level(&self) -> Level {
        Level::ALL
            .iter()
            .find(|&&(_, len)| len == self.0.len())
            .map(|&(level, _)| level)
            .expect("a code is only made with the length of a level")
    }

    /// The place above, none above the prefecture.
    pub fn parent(&self) -> Option<PlaceCode> {
        Level::ALL
            .iter()
            .rev()
            .find(|&&(_, len)| len < self.0.len())
            .map(|&(_, len)| PlaceCode(self.0[..len].to_owned()))
    }

    /// The place itself, then each place above it.
    pub fn with_ancestors(&self) -> Vec<PlaceCode> {
        std::iter::successors(Some(self.clone()), PlaceCode::parent).collect()
    }

    /// The ancestor (or self) at `level`; none when this place stands higher.
    pub fn at(&self, level: Level) -> Option<PlaceCode> {
        self.0
            .get(..level.code_len())
            .map(|code| PlaceCode(code.to_owned()))
    }

    /// The narrowest place in which both lie; none when they share not even a prefecture.
    pub fn common_with(&self, other: &PlaceCode) -> Option<PlaceCode> {
        let around = self.with_ancestors();
        around.into_iter().find(|around| other.is_within(around))
    }

    /// The places whose names together tell this one from others that are called the same, the
    /// widest first: every community has a third grid, and every building a first door.
    pub fn told_by(&self) -> Vec<PlaceCode> {
        let around: &[Level] = match self.level() {
            Level::Grid | Level::Building => &[Level::Community],
            Level::MicroGrid => &[Level::Community, Level::Grid],
            Level::Door => &[Level::Community, Level::Building],
            _ => &[],
        };
        let around = around.iter().filter_map(|&level| self.at(level));
        around.chain([self.clone()]).collect()
    }

    /// Whether this place is `other` or lies in it.
    pub fn is_within(&self, other: &PlaceCode) -> bool {
        self.0.starts_with(&other.0)
    }

    /// The first text after every code within this place: for `code >= self AND code < end`.
    pub fn range_end(&self) -> String {
        format!("{}:", self.0)
    }

    /// The official 12-digit division code; none below the community.
    pub fn official(&self) -> Option<String> {
        (self.0.len() <= 12).then(|| format!("{:0<12}", self.0))
    }
}

/// A node of the area tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub code: PlaceCode,
    pub names: Names,
    /// A GeoJSON geometry in WGS 84, when somebody has drawn it.
    pub shape: Option<String>,
    /// When the place ceased to be; cases that name it keep it.
    pub closed_at: Option<jiff::Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> PlaceCode {
        text.parse().unwrap()
    }

    #[test]
    fn official_codes_lose_their_empty_segments() {
        assert_eq!(code("652901001001").level(), Level::Community);
        assert_eq!(code("652901001000").as_str(), "652901001");
        assert_eq!(code("652901000000").as_str(), "652901");
        assert_eq!(code("652900000000").as_str(), "6529");
        assert_eq!(code("652901").official().as_deref(), Some("652901000000"));
        for text in ["", "65290", "65290100100a", "6529 01", "-529"] {
            assert!(text.parse::<PlaceCode>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_place_is_told_from_others_of_its_name() {
        let told = |text: &str| -> Vec<usize> {
            let told = code(text).told_by();
            told.iter().map(|place| place.as_str().len()).collect()
        };
        assert_eq!(told("652901001"), [9]);
        assert_eq!(told("652901001001"), [12]);
        assert_eq!(told("652901001001002"), [12, 15]);
        assert_eq!(told("652901001001002003"), [12, 15, 18]);
        assert_eq!(told("652901001001002003004"), [12, 21]);
        assert_eq!(told("652901001001002003004005"), [12, 21, 24]);
    }

    #[test]
    fn the_code_is_the_path() {
        let door = code("652901001001002003004005");
        assert_eq!(door.level(), Level::Door);
        assert_eq!(door.with_ancestors().len(), 8);
        assert!(door.is_within(&code("652901001")));
        assert!(!code("652901001").is_within(&door));
        assert_eq!(door.at(Level::Street), Some(code("652901001")));
        assert_eq!(code("6529").at(Level::Street), None);
        assert_eq!(code("6529").parent(), None);
        let (low, high) = (code("652901001"), code("652901001").range_end());
        assert!(door >= low && door.as_str() < high.as_str());
        assert!(code("652901002").as_str() > high.as_str());
    }
}
