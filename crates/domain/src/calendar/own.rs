//! What a place or a unit has said of its own working time.

use super::nation::Nation;
use super::week::Week;
use super::zone::Zone;
use crate::id::UnitId;
use crate::place::PlaceCode;

/// The hours of a place, for all within it that have none of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceHours {
    pub zone: Zone,
    /// Whose public holidays are kept; none where all days are brought in from a file.
    pub nation: Option<Nation>,
    pub week: Week,
}

impl PlaceHours {
    /// What holds where nobody has said anything: China, Monday to Friday.
    pub fn usual() -> PlaceHours {
        PlaceHours {
            zone: Zone::china(),
            nation: Some(Nation::China),
            week: Week::usual(),
        }
    }
}

/// Whose special day it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// Everybody's in this place.
    Place(PlaceCode),
    /// One unit's, wherever it works.
    Unit(UnitId),
}

impl std::fmt::Display for Whose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Whose::Place(place) => place.fmt(f),
            Whose::Unit(unit) => unit.fmt(f),
        }
    }
}
