//! Units, the items they answer for, and the duty list that joins the two with places.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::calendar::Span;
use crate::id::UnitId;
use crate::names::Names;
use crate::place::PlaceCode;

/// What sort of unit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitCategory {
    Prefecture,
    County,
    Street,
    Community,
    Department,
    Partner,
    Hotline,
}

impl UnitCategory {
    pub const ALL: [UnitCategory; 7] = [
        UnitCategory::Prefecture,
        UnitCategory::County,
        UnitCategory::Street,
        UnitCategory::Community,
        UnitCategory::Department,
        UnitCategory::Partner,
        UnitCategory::Hotline,
    ];

    /// The word for this category in files, URLs and word keys.
    pub fn word(self) -> &'static str {
        match self {
            UnitCategory::Prefecture => "prefecture",
            UnitCategory::County => "county",
            UnitCategory::Street => "street",
            UnitCategory::Community => "community",
            UnitCategory::Department => "department",
            UnitCategory::Partner => "partner",
            UnitCategory::Hotline => "hotline",
        }
    }

    /// Whether the unit answers for its whole area rather than for certain items.
    pub fn is_territorial(self) -> bool {
        matches!(
            self,
            UnitCategory::Prefecture
                | UnitCategory::County
                | UnitCategory::Street
                | UnitCategory::Community
        )
    }
}

impl std::str::FromStr for UnitCategory {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        UnitCategory::ALL
            .into_iter()
            .find(|category| category.word() == text)
            .ok_or(())
    }
}

/// A department, community, street office, partner organisation or hotline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub id: UnitId,
    pub category: UnitCategory,
    pub names: Names,
    /// The area the unit stands for.
    pub place: PlaceCode,
    pub parent: Option<UnitId>,
    pub closed_at: Option<Timestamp>,
}

/// The code of an item of the duty list, dotted from the general to the special: `heating.indoor`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ItemCode(String);

/// The text is not the code of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not the code of an item: lower-case words of a-z, 0-9 and -, joined by dots, at most 64 characters"
)]
pub struct BadItemCode;

impl std::str::FromStr for ItemCode {
    type Err = BadItemCode;
    fn from_str(text: &str) -> Result<Self, BadItemCode> {
        let word = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        match text.len() <= 64 && text.split('.').all(word) {
            true => Ok(ItemCode(text.to_owned())),
            false => Err(BadItemCode),
        }
    }
}

impl<'de> Deserialize<'de> for ItemCode {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl std::fmt::Display for ItemCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl ItemCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The more general item, none above the first word.
    pub fn parent(&self) -> Option<ItemCode> {
        self.0
            .rsplit_once('.')
            .map(|(general, _)| ItemCode(general.to_owned()))
    }

    /// The item itself, then each more general one.
    pub fn with_ancestors(&self) -> Vec<ItemCode> {
        std::iter::successors(Some(self.clone()), ItemCode::parent).collect()
    }
}

/// What people may bring up: an item of the duty list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub code: ItemCode,
    pub names: Names,
    /// Words by which people call it, for suggestions.
    pub keywords: Vec<String>,
    pub closed_at: Option<Timestamp>,
}

/// One line of the duty list: who answers for this item in this place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    pub item: ItemCode,
    pub place: PlaceCode,
    pub unit: UnitId,
    pub assisting: Vec<UnitId>,
    /// How much time there is; none when the kind or a norm says.
    pub limit: Option<Span>,
}

/// The line that holds for `item` in `place`: the most special item wins, then the nearest place.
pub fn resolve<'a>(duties: &'a [Duty], item: &ItemCode, place: &PlaceCode) -> Option<&'a Duty> {
    duties
        .iter()
        .filter(|duty| place.is_within(&duty.place))
        .filter(|duty| item.with_ancestors().contains(&duty.item))
        .max_by_key(|duty| (duty.item.as_str().len(), duty.place.as_str().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duty(item: &str, place: &str, unit: i64) -> Duty {
        Duty {
            item: item.parse().unwrap(),
            place: place.parse().unwrap(),
            unit: UnitId::from_raw(unit),
            assisting: vec![],
            limit: None,
        }
    }

    #[test]
    fn special_item_before_near_place() {
        let list = [
            duty("heating", "6529", 1),
            duty("heating", "652901001", 2),
            duty("heating.indoor", "6529", 3),
            duty("water", "6529", 4),
        ];
        let unit = |item: &str, place: &str| {
            resolve(&list, &item.parse().unwrap(), &place.parse().unwrap()).map(|d| d.unit.get())
        };
        assert_eq!(unit("heating.indoor.cold", "652901001001"), Some(3));
        assert_eq!(unit("heating.pipe", "652901001001"), Some(2));
        assert_eq!(unit("heating.pipe", "652902001001"), Some(1));
        assert_eq!(unit("roads", "652902001001"), None);
        assert_eq!(unit("water", "1501"), None);
    }

    #[test]
    fn bad_item_codes() {
        for text in ["", ".", "a..b", "A", "a b", "供热", &"a".repeat(65)] {
            assert!(text.parse::<ItemCode>().is_err(), "{text}");
        }
    }
}
