//! Places, units and items, and who is asking.

use huiyin_domain::place::Place;
use huiyin_domain::unit::{Item, Unit};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::v1::tongue::Tongue;

/// A place, as far as naming it goes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PlaceName)]
pub struct PlaceRef {
    #[schema(
        pattern = "^[0-9]{4}([0-9]{2}([0-9]{3}){0,6})?$",
        example = "990121001001"
    )]
    pub code: String,
    #[schema(example = "Lantern Lane community")]
    pub name: String,
}

impl PlaceRef {
    pub fn of(place: &Place, tongue: &Tongue) -> PlaceRef {
        PlaceRef {
            code: place.code.to_string(),
            name: tongue.name(&place.names),
        }
    }
}

/// A node of the tree of places, from the prefecture to the unit of a building.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Place)]
pub struct PlaceShape {
    #[schema(
        pattern = "^[0-9]{4}([0-9]{2}([0-9]{3}){0,6})?$",
        example = "990121001001"
    )]
    pub code: String,
    #[schema(example = "community")]
    pub level: &'static str,
    #[schema(example = "Lantern Lane community")]
    pub name: String,
    /// The places above it, the nearest first.
    pub within: Vec<PlaceRef>,
    /// Whether there are places inside it.
    pub has_places: bool,
}

impl PlaceShape {
    pub fn of(found: &huiyin_app::places::look::Found, tongue: &Tongue) -> PlaceShape {
        PlaceShape {
            code: found.place.code.to_string(),
            level: found.place.code.level().word(),
            name: tongue.name(&found.place.names),
            within: found
                .path
                .iter()
                .map(|place| PlaceRef::of(place, tongue))
                .collect(),
            has_places: found.has_inside,
        }
    }
}

/// Some places.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Places {
    pub places: Vec<PlaceShape>,
}

/// A unit, as far as naming it goes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = UnitName)]
pub struct UnitRef {
    #[schema(pattern = "^[0-9a-hjkmnp-tv-z]{13}$", example = "06cgsaqmh8001")]
    pub id: String,
    #[schema(example = "Heating company")]
    pub name: String,
}

/// A department, community, street office, partner organisation or hotline.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Unit)]
pub struct UnitShape {
    #[schema(pattern = "^[0-9a-hjkmnp-tv-z]{13}$", example = "06cgsaqmh8001")]
    pub id: String,
    #[schema(example = "department")]
    pub category: &'static str,
    #[schema(example = "Heating company")]
    pub name: String,
    /// The code of the place for which it stands.
    #[schema(example = "990121")]
    pub place: String,
    /// The unit above it.
    #[schema(required = true)]
    pub parent: Option<String>,
}

impl UnitShape {
    pub fn of(unit: &Unit, tongue: &Tongue) -> UnitShape {
        UnitShape {
            id: unit.id.to_string(),
            category: unit.category.word(),
            name: tongue.name(&unit.names),
            place: unit.place.to_string(),
            parent: unit.parent.map(|parent| parent.to_string()),
        }
    }
}

/// Some units.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Units {
    pub units: Vec<UnitShape>,
}

/// An item of the duty list: what people bring up.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Item)]
pub struct ItemShape {
    #[schema(example = "heating.indoor")]
    pub code: String,
    #[schema(example = "Cold rooms")]
    pub name: String,
}

impl ItemShape {
    pub fn of(item: &Item, tongue: &Tongue) -> ItemShape {
        ItemShape {
            code: item.code.to_string(),
            name: tongue.name(&item.names),
        }
    }
}

/// All items that are in use.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Items {
    pub items: Vec<ItemShape>,
}

/// Who is asking.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Me {
    /// The id of the token.
    #[schema(example = "06cgsaqmh8001")]
    pub token: String,
    #[schema(example = json!(["cases:read", "cases:write", "house:read"]))]
    pub scopes: Vec<&'static str>,
    /// The unit for which the token speaks.
    pub unit: UnitRef,
    /// In the role of this post.
    #[schema(example = "dispatcher")]
    pub role: &'static str,
    /// For this place and everything in it.
    #[schema(example = "990121")]
    pub place: String,
}
