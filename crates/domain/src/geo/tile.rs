//! Tiles of the usual map of the world (Web Mercator, tiles by zoom, column and row): what of
//! an area lies in one, and at which zoom a place is worth drawing.
//!
//! Borders are made coarser by rounding every corner to the same raster, not by leaving out
//! corners of each border for itself: so neighbours stay neighbours at every zoom. What is then
//! cut and mended (rounding can make a border touch itself) is done by the crate `i_overlay`,
//! as in [`super::coverage`].

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;

use super::mvt::{Dot, EXTENT};
use super::{Bounds, Degrees, Spot};
use crate::place::Level;

/// Nothing is drawn more finely.
pub const ZOOM_MAX: u8 = 22;
/// So much is drawn around a tile, so that lines do not end at its side.
const BUFFER: i64 = 64;
/// North and south of this the map of the world ends.
const LAT_MAX: f64 = 85.051_128_779_806_6;
/// From this zoom on corners stay where they are.
const ZOOM_EXACT: u8 = 14;
/// Below it, they are rounded to about half a point of the screen.
const RASTER: i64 = 4;
/// What is smaller than about a point of the screen is not seen.
const AREA_MIN: i64 = 64;

/// One tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    zoom: u8,
    column: u32,
    row: u32,
}

impl Tile {
    /// The tile; none where the world has none.
    pub fn new(zoom: u8, column: u32, row: u32) -> Option<Tile> {
        let is_there = zoom <= ZOOM_MAX && column >> zoom == 0 && row >> zoom == 0;
        is_there.then_some(Tile { zoom, column, row })
    }

    pub fn zoom(self) -> u8 {
        self.zoom
    }

    /// What lies in it or just around it.
    pub fn bounds(self) -> Bounds {
        let corner = |x: i64, y: i64| self.back((x, y));
        Bounds {
            low: corner(-BUFFER, EXTENT + BUFFER),
            high: corner(EXTENT + BUFFER, -BUFFER),
        }
    }

    /// Where a point lies, in parts of this tile.
    pub fn dot(self, spot: Spot) -> Dot {
        let side = f64::from(1_u32 << self.zoom) * EXTENT as f64;
        let Degrees { lon, lat } = spot.degrees();
        let lat = lat.clamp(-LAT_MAX, LAT_MAX).to_radians();
        let x = (lon + 180.0) / 360.0 * side;
        let y = (1.0 - lat.tan().asinh() / std::f64::consts::PI) / 2.0 * side;
        let from = |at: u32| i64::from(at) * EXTENT;
        (
            x.round() as i64 - from(self.column),
            y.round() as i64 - from(self.row),
        )
    }

    /// The point that lies there; at the edge of the world, the last one.
    fn back(self, (x, y): Dot) -> Spot {
        let side = f64::from(1_u32 << self.zoom) * EXTENT as f64;
        let along = |at: u32, part: i64| (i64::from(at) * EXTENT + part) as f64 / side;
        let lon = along(self.column, x) * 360.0 - 180.0;
        let north = std::f64::consts::PI * (1.0 - 2.0 * along(self.row, y));
        let at = Degrees {
            lon: lon.clamp(-180.0, 180.0),
            lat: north.sinh().atan().to_degrees(),
        };
        at.spot().expect("it was held within the world")
    }

    /// Whether a point lies in this tile and in no other one.
    pub fn holds(self, (x, y): Dot) -> bool {
        (0..EXTENT).contains(&x) && (0..EXTENT).contains(&y)
    }

    /// What of an area is drawn in this tile: rings, outer ones turning right on the screen,
    /// each followed by its holes. None of them crosses itself or another.
    pub fn clip<'s>(self, rings: impl Iterator<Item = &'s [Spot]>) -> Vec<Vec<Dot>> {
        let raster = match self.zoom < ZOOM_EXACT {
            true => RASTER,
            false => 1,
        };
        let rounded = |at: i64| (at as f64 / raster as f64).round() as i64 * raster;
        let mut overlay = Overlay::<i64>::new(64);
        for ring in rings {
            let mut dots: Vec<Dot> = ring
                .iter()
                .map(|&spot| self.dot(spot))
                .map(|(x, y)| (rounded(x), rounded(y)))
                .collect();
            dots.dedup();
            let points: Vec<_> = dots.iter().map(|&(x, y)| IntPoint::new(x, y)).collect();
            overlay.add_contour(&points, ShapeType::Subject);
        }
        let (low, high) = (-BUFFER, EXTENT + BUFFER);
        let frame = [(low, low), (high, low), (high, high), (low, high)];
        let frame = frame.map(|(x, y)| IntPoint::new(x, y));
        overlay.add_contour(&frame, ShapeType::Clip);
        let pieces = overlay.overlay(OverlayRule::Intersect, FillRule::EvenOdd);
        let mut drawn = Vec::new();
        for piece in pieces {
            let rings = piece.iter().map(|ring| {
                let dots = ring.iter().map(|point| (point.x, point.y));
                dots.collect::<Vec<Dot>>()
            });
            for (at, ring) in rings.enumerate() {
                let turns = turned(&ring);
                match (turns.abs() < 2 * AREA_MIN, at) {
                    (true, 0) => break,
                    (true, _) => continue,
                    _ => drawn.push(facing(ring, turns, at == 0)),
                }
            }
        }
        drawn
    }
}

/// The ring turning right on the screen, where rows go down, or left.
fn facing(mut ring: Vec<Dot>, turns: i64, is_outer: bool) -> Vec<Dot> {
    if (turns > 0) != is_outer {
        ring.reverse();
    }
    ring
}

/// Twice the area, positive when the ring turns right on the screen.
pub(super) fn turned(ring: &[Dot]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(next)
        .map(|(a, b)| a.0 * b.1 - b.0 * a.1)
        .sum()
}

/// The widest and the narrowest level whose places are worth drawing at a zoom.
pub fn levels_at(zoom: u8) -> (Level, Level) {
    match zoom {
        0..=3 => (Level::Prefecture, Level::Prefecture),
        4..=7 => (Level::Prefecture, Level::County),
        8..=9 => (Level::County, Level::Street),
        10..=11 => (Level::County, Level::Community),
        12..=13 => (Level::Street, Level::Grid),
        14 => (Level::Street, Level::MicroGrid),
        _ => (Level::Street, Level::Door),
    }
}

/// A point within the area of these rings, about in its middle: half-way along the longest
/// stretch of the level line through the middle of the area.
pub fn point_within<'s>(rings: impl Iterator<Item = &'s [Spot]> + Clone) -> Option<Spot> {
    let around = Bounds::around(rings.clone().flatten().copied())?;
    // A line that meets no corner crosses every border cleanly.
    let level = (f64::from(around.low.y) + f64::from(around.high.y)) / 2.0 + 0.25;
    let mut crossings: Vec<f64> = Vec::new();
    for ring in rings {
        let next = ring.iter().cycle().skip(1);
        for (a, b) in ring.iter().zip(next) {
            let (ay, by) = (f64::from(a.y), f64::from(b.y));
            if (ay > level) != (by > level) {
                let share = (level - ay) / (by - ay);
                crossings.push(f64::from(a.x) + share * (f64::from(b.x) - f64::from(a.x)));
            }
        }
    }
    crossings.sort_by(f64::total_cmp);
    let longest = crossings
        .chunks_exact(2)
        .max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))?;
    Some(Spot {
        x: ((longest[0] + longest[1]) / 2.0).round() as i32,
        y: level.round() as i32,
    })
}

#[cfg(test)]
#[path = "tile_tests.rs"]
mod tests;
