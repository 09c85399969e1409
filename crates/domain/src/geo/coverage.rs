//! Gaps and overlaps: what of an area belongs to none of its parts, what to two of them, and
//! what of a part lies outside.
//!
//! The areas are intersected by the crate `i_overlay`, on whole numbers finer than those of the
//! borders. A sliver narrower than a hand or smaller than a square metre is not spoken of: it
//! comes from corners of one border that the neighbour's border does not have.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::IntContour;

use super::shape::area_m2;
use super::{Degrees, PER_DEGREE, Shape, Spot};

/// Where lines cross lies between the points of the grid, so it is made finer.
const FINER: i64 = 1 << 16;
const AREA_MIN_M2: f64 = 1.0;
const WIDTH_MIN_M: f64 = 0.1;
const METRES_IN_DEGREE: f64 = 111_195.0;

/// What was found; parts are told by their place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A piece of the whole that is in no part.
    Gap,
    /// In both of them.
    Overlap(usize, usize),
    /// A piece of a part that is not in the whole.
    Outside(usize),
}

/// One connected piece.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    pub area_m2: f64,
    /// A corner of it, to look for it on a map.
    pub at: Degrees,
}

/// The pieces of one sort, the largest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub found: Found,
    pub pieces: Vec<Piece>,
}

impl Finding {
    pub fn area_m2(&self) -> f64 {
        self.pieces.iter().map(|piece| piece.area_m2).sum()
    }
}

/// Everything that is in no part, in two, or outside. Without parts there is nothing to say;
/// without a whole only overlaps are.
pub fn coverage(whole: Option<&Shape>, parts: &[&Shape]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |found, pieces: Vec<Piece>| {
        if !pieces.is_empty() {
            findings.push(Finding { found, pieces });
        }
    };
    if let Some(whole) = whole.filter(|_| !parts.is_empty()) {
        add(
            Found::Gap,
            combine(&[whole], parts, OverlayRule::Difference),
        );
        for (i, part) in parts.iter().enumerate() {
            let outside = combine(&[part], &[whole], OverlayRule::Difference);
            add(Found::Outside(i), outside);
        }
    }
    for (i, a) in parts.iter().enumerate() {
        for (j, b) in parts.iter().enumerate().skip(i + 1) {
            if a.bounds().meets(&b.bounds()) {
                let both = combine(&[a], &[b], OverlayRule::Intersect);
                add(Found::Overlap(i, j), both);
            }
        }
    }
    findings
}

/// The area of all of them together; none when no single sound shape comes of it.
pub fn union(shapes: &[&Shape]) -> Option<Shape> {
    let mut overlay = Overlay::<i64>::new(64);
    for ring in shapes.iter().flat_map(|shape| shape.rings()) {
        let points = ring
            .iter()
            .map(|spot| IntPoint::new(spot.x.into(), spot.y.into()));
        overlay.add_contour(&points.collect::<Vec<_>>(), ShapeType::Subject);
    }
    let pieces = overlay.overlay(OverlayRule::Subject, FillRule::NonZero);
    let spot = |point: &IntPoint<i64>| {
        Some(Spot {
            x: point.x.try_into().ok()?,
            y: point.y.try_into().ok()?,
        })
    };
    let ring = |ring: &IntContour<i64>| ring.iter().map(spot).collect::<Option<Vec<_>>>();
    let polygons = pieces
        .iter()
        .map(|rings| rings.iter().map(ring).collect::<Option<Vec<_>>>());
    Shape::new(polygons.collect::<Option<Vec<_>>>()?).ok()
}

fn combine(subject: &[&Shape], clip: &[&Shape], rule: OverlayRule) -> Vec<Piece> {
    let mut overlay = Overlay::<i64>::new(64);
    for (shapes, kind) in [(subject, ShapeType::Subject), (clip, ShapeType::Clip)] {
        for ring in shapes.iter().flat_map(|shape| shape.rings()) {
            let point = |at: i32| i64::from(at) * FINER;
            let points = ring
                .iter()
                .map(|spot| IntPoint::new(point(spot.x), point(spot.y)));
            overlay.add_contour(&points.collect::<Vec<_>>(), kind);
        }
    }
    let pieces = overlay.overlay(rule, FillRule::NonZero);
    let mut pieces: Vec<Piece> = pieces.iter().filter_map(|rings| piece(rings)).collect();
    pieces.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2));
    pieces
}

/// What is worth telling of a piece, given by its outer ring and its holes.
fn piece(rings: &[IntContour<i64>]) -> Option<Piece> {
    let rings: Vec<Vec<(f64, f64)>> = rings
        .iter()
        .map(|ring| ring.iter().map(degrees).collect())
        .collect();
    let area = |ring: &Vec<(f64, f64)>| area_m2(ring.iter().copied()).abs();
    let outer = rings.first()?;
    let area_m2 = area(outer) - rings[1..].iter().map(area).sum::<f64>();
    let around: f64 = rings.iter().map(|ring| length_m(ring)).sum();
    let is_worth = area_m2 >= AREA_MIN_M2 && 2.0 * area_m2 >= WIDTH_MIN_M * around;
    let &(lon, lat) = outer.first()?;
    is_worth.then_some(Piece {
        area_m2,
        at: Degrees { lon, lat },
    })
}

fn degrees(point: &IntPoint<i64>) -> (f64, f64) {
    let degrees = |at: i64| at as f64 / FINER as f64 / PER_DEGREE;
    (degrees(point.x), degrees(point.y))
}

/// About how long a ring is; near enough to tell a sliver.
fn length_m(ring: &[(f64, f64)]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(next)
        .map(|(a, b)| {
            let east = (a.0 - b.0) * a.1.to_radians().cos();
            east.hypot(a.1 - b.1) * METRES_IN_DEGREE
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A box in hundred-thousandths of a degree, about a metre each, on the equator.
    fn area(x: i32, y: i32, width: i32, height: i32) -> Shape {
        let corner = |dx: i32, dy: i32| Spot {
            x: (x + dx) * 100,
            y: (y + dy) * 100,
        };
        Shape::new(vec![vec![vec![
            corner(0, 0),
            corner(width, 0),
            corner(width, height),
            corner(0, height),
        ]]])
        .unwrap()
    }

    fn found(whole: &Shape, parts: &[&Shape]) -> Vec<(Found, i64)> {
        coverage(Some(whole), parts)
            .iter()
            .map(|finding| (finding.found, finding.area_m2().round() as i64))
            .collect()
    }

    /// A square hundred-thousandth of a degree in m², on the equator.
    const UNIT: f64 = 1.2365;

    fn about(units: f64) -> i64 {
        (units * UNIT).round() as i64
    }

    #[test]
    fn a_whole_of_two_halves_has_nothing_to_tell() {
        let whole = area(0, 0, 100, 100);
        let (left, right) = (area(0, 0, 50, 100), area(50, 0, 50, 100));
        assert_eq!(found(&whole, &[&left, &right]), []);
        assert_eq!(found(&whole, &[]), []);
        assert!((whole.area_m2() / (10_000.0 * UNIT) - 1.0).abs() < 1e-3);
    }

    #[test]
    fn gaps_overlaps_and_what_reaches_out_are_measured() {
        let whole = area(0, 0, 100, 100);
        let (left, right) = (area(0, 0, 40, 100), area(30, 0, 80, 90));
        let told = found(&whole, &[&left, &right]);
        let near = |told: &(Found, i64), found, units: f64| {
            assert_eq!(told.0, found);
            assert!(
                (told.1 - about(units)).abs() <= 1,
                "{told:?} {}",
                about(units)
            );
        };
        assert_eq!(told.len(), 3);
        near(&told[0], Found::Gap, 600.0);
        near(&told[1], Found::Outside(1), 900.0);
        near(&told[2], Found::Overlap(0, 1), 900.0);
    }

    #[test]
    fn a_hole_that_nobody_fills_is_a_gap_and_a_filled_one_is_none() {
        let whole = area(0, 0, 100, 100);
        let ring = |x: i32, y: i32, width: i32| {
            let shape = area(x, y, width, width);
            shape.polygons()[0].rings()[0].clone()
        };
        let frame = Shape::new(vec![vec![ring(0, 0, 100), ring(40, 40, 20)]]).unwrap();
        let middle = area(40, 40, 20, 20);
        assert_eq!(found(&whole, &[&frame, &middle]), []);
        let told = found(&whole, &[&frame]);
        assert_eq!(told.len(), 1);
        assert!((told[0].1 - about(400.0)).abs() <= 1);
    }

    #[test]
    fn two_neighbours_become_one() {
        let (left, right) = (area(0, 0, 50, 100), area(50, 0, 50, 100));
        let both = union(&[&left, &right]).unwrap();
        let whole = area(0, 0, 100, 100);
        assert_eq!((both.bounds(), both.rings().count()), (whole.bounds(), 1));
        assert_eq!(coverage(Some(&whole), &[&both]), []);
        let apart = union(&[&left, &area(70, 0, 10, 10)]).unwrap();
        assert_eq!(apart.polygons().len(), 2);
    }

    #[test]
    fn a_sliver_is_not_spoken_of() {
        let whole = area(0, 0, 100, 100);
        let left = area(0, 0, 50, 100);
        // The neighbour's border has a corner that lies a centimetre beside the line.
        let corner = |x: i32, y: i32| Spot { x, y };
        let right = Shape::new(vec![vec![vec![
            corner(5_000, 0),
            corner(10_000, 0),
            corner(10_000, 10_000),
            corner(5_000, 10_000),
            corner(5_001, 5_000),
        ]]])
        .unwrap();
        assert_eq!(found(&whole, &[&left, &right]), []);
    }
}
