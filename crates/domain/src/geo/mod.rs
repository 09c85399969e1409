//! Where things lie on the earth: points in three systems of coordinates, areas with exact
//! borders, what lies over and beside what, and which place holds a point.
//!
//! Inside, a point is a pair of whole numbers: ten-millionths of a degree (about a centimetre)
//! in WGS 84. Everything that asks on which side of a line a point lies is computed with whole
//! numbers, so it is exact, and every server and every run gives the same answer.

mod convert;
mod coverage;
mod geojson;
mod land;
mod lines;
pub mod mvt;
mod shape;
mod spots;
pub mod tile;

pub use convert::System;
pub use coverage::{Finding, Found, Piece, coverage, union};
pub use geojson::{Geometry, POSITIONS_MAX, geometry, to_geojson};
pub use land::{Drawn, Land};
pub use lines::{LinesFault, from_lines, to_lines};
pub use shape::{Bounds, Polygon, Shape, ShapeFault, Side};
pub use spots::{Spots, around};

/// Units of a [`Spot`] in a degree.
pub const PER_DEGREE: f64 = 1e7;

/// A point as it was given, in degrees, in some system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degrees {
    pub lon: f64,
    pub lat: f64,
}

impl Degrees {
    /// Whether there is such a point on the earth.
    pub fn are_on_earth(self) -> bool {
        (-180.0..=180.0).contains(&self.lon) && (-90.0..=90.0).contains(&self.lat)
    }

    /// The point on the grid of whole numbers; none when it is not on the earth.
    pub fn spot(self) -> Option<Spot> {
        let whole = |degrees: f64| (degrees * PER_DEGREE).round() as i32;
        self.are_on_earth().then(|| Spot {
            x: whole(self.lon),
            y: whole(self.lat),
        })
    }
}

/// A point on the grid of whole numbers, in WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    pub x: i32,
    pub y: i32,
}

impl Spot {
    /// The point in degrees.
    pub fn degrees(self) -> Degrees {
        Degrees {
            lon: f64::from(self.x) / PER_DEGREE,
            lat: f64::from(self.y) / PER_DEGREE,
        }
    }
}
