//! Areas: polygons with holes whose borders are exact.

use super::Spot;

/// The mean radius of the earth in metres.
const RADIUS: f64 = 6_371_008.8;

/// The smallest upright box around something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    pub low: Spot,
    pub high: Spot,
}

impl Bounds {
    /// Around these; none around nothing.
    pub fn around(spots: impl IntoIterator<Item = Spot>) -> Option<Bounds> {
        let mut spots = spots.into_iter();
        let first = spots.next()?;
        let start = Bounds {
            low: first,
            high: first,
        };
        Some(spots.fold(start, |bounds, spot| {
            bounds.with(Bounds {
                low: spot,
                high: spot,
            })
        }))
    }

    /// Around both.
    pub fn with(self, other: Bounds) -> Bounds {
        Bounds {
            low: Spot {
                x: self.low.x.min(other.low.x),
                y: self.low.y.min(other.low.y),
            },
            high: Spot {
                x: self.high.x.max(other.high.x),
                y: self.high.y.max(other.high.y),
            },
        }
    }

    pub fn holds(&self, spot: Spot) -> bool {
        (self.low.x..=self.high.x).contains(&spot.x) && (self.low.y..=self.high.y).contains(&spot.y)
    }

    pub fn meets(&self, other: &Bounds) -> bool {
        self.low.x <= other.high.x
            && other.low.x <= self.high.x
            && self.low.y <= other.high.y
            && other.low.y <= self.high.y
    }
}

/// One outer ring, then its holes. Rings are not closed by a repeated point; the outer one
/// turns left, the holes turn right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Polygon(pub(super) Vec<Vec<Spot>>);

impl Polygon {
    pub fn rings(&self) -> &[Vec<Spot>] {
        &self.0
    }
}

/// One area or several that do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    polygons: Vec<Polygon>,
    bounds: Bounds,
}

/// What is wrong with a shape; the first that is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ShapeFault {
    NotGeoJson,
    NotOnEarth,
    TooMany,
    TooFew,
    NotClosed,
    NoArea,
    Crosses,
    HoleOutside,
    PartsOverlap,
}

impl ShapeFault {
    pub const ALL: [ShapeFault; 9] = [
        ShapeFault::NotGeoJson,
        ShapeFault::NotOnEarth,
        ShapeFault::TooMany,
        ShapeFault::TooFew,
        ShapeFault::NotClosed,
        ShapeFault::NoArea,
        ShapeFault::Crosses,
        ShapeFault::HoleOutside,
        ShapeFault::PartsOverlap,
    ];

    /// The key of the sentence.
    pub fn key(self) -> &'static str {
        match self {
            ShapeFault::NotGeoJson => "fault-shape",
            ShapeFault::NotOnEarth => "fault-shape-not-on-earth",
            ShapeFault::TooMany => "fault-shape-too-many",
            ShapeFault::TooFew => "fault-shape-too-few",
            ShapeFault::NotClosed => "fault-shape-not-closed",
            ShapeFault::NoArea => "fault-shape-no-area",
            ShapeFault::Crosses => "fault-shape-crosses",
            ShapeFault::HoleOutside => "fault-shape-hole-outside",
            ShapeFault::PartsOverlap => "fault-shape-parts-overlap",
        }
    }
}

/// Where a point lies with regard to a ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Inside,
    On,
    Outside,
}

/// Twice the signed area of a triangle: positive when `c` lies to the left of the way from
/// `a` to `b`, 0 when it lies on the line.
fn turn(a: Spot, b: Spot, c: Spot) -> i128 {
    let across = |from: i32, to: i32| i128::from(to) - i128::from(from);
    across(a.x, b.x) * across(a.y, c.y) - across(a.y, b.y) * across(a.x, c.x)
}

/// The sides of a ring.
fn sides(ring: &[Spot]) -> impl Iterator<Item = (Spot, Spot)> {
    let next = ring.iter().cycle().skip(1);
    ring.iter().copied().zip(next.copied())
}

/// Whether a ray from `spot` to the east crosses these sides an odd number of times. A point
/// on a border counts to whatever lies east of it, or north of it: so of two neighbours
/// exactly one holds it.
pub(super) fn is_within(spot: Spot, rings: impl Iterator<Item = (Spot, Spot)>) -> bool {
    rings.fold(false, |within, (a, b)| {
        let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
        let crosses = low.y <= spot.y && spot.y < high.y && turn(low, high, spot) > 0;
        within ^ crosses
    })
}

/// Where a point lies with regard to one ring.
pub(super) fn side_of(ring: &[Spot], spot: Spot) -> Side {
    let is_on = |(a, b): (Spot, Spot)| turn(a, b, spot) == 0 && lies_between(a, b, spot);
    if sides(ring).any(is_on) {
        return Side::On;
    }
    match is_within(spot, sides(ring)) {
        true => Side::Inside,
        false => Side::Outside,
    }
}

/// Whether a point on the line through `a` and `b` lies between them.
fn lies_between(a: Spot, b: Spot, spot: Spot) -> bool {
    Bounds::around([a, b]).is_some_and(|bounds| bounds.holds(spot))
}

/// How two sides meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meeting {
    Not,
    /// In one point that is an end of one of them.
    Touch,
    /// In a point inside both, or along a stretch.
    Cross,
}

fn meeting(a: (Spot, Spot), b: (Spot, Spot)) -> Meeting {
    let of_b = (turn(a.0, a.1, b.0).signum(), turn(a.0, a.1, b.1).signum());
    let of_a = (turn(b.0, b.1, a.0).signum(), turn(b.0, b.1, a.1).signum());
    if of_b == (0, 0) {
        // On one line: along it, the order of points is that of their coordinates.
        let along = |side: (Spot, Spot)| (side.0.min(side.1), side.0.max(side.1));
        let (a, b) = (along(a), along(b));
        let (from, to) = (a.0.max(b.0), a.1.min(b.1));
        return match from.cmp(&to) {
            std::cmp::Ordering::Less => Meeting::Cross,
            std::cmp::Ordering::Equal => Meeting::Touch,
            std::cmp::Ordering::Greater => Meeting::Not,
        };
    }
    match (of_b.0 * of_b.1, of_a.0 * of_a.1) {
        (-1, -1) => Meeting::Cross,
        (0, 0 | -1) | (-1, 0) => Meeting::Touch,
        _ => Meeting::Not,
    }
}

/// The area that a ring encloses on a round earth, in m²; positive when it turns left.
pub(super) fn area_m2(ring: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    let next = ring.clone().skip(1).chain(ring.clone().take(1));
    let sum: f64 = ring
        .zip(next)
        .map(|((lon, lat), (lon_next, lat_next))| {
            (lon - lon_next).to_radians()
                * (2.0 + lat.to_radians().sin() + lat_next.to_radians().sin())
        })
        .sum();
    sum * RADIUS * RADIUS / 2.0
}

fn degrees(ring: &[Spot]) -> impl Iterator<Item = (f64, f64)> + Clone {
    ring.iter().map(|spot| {
        let degrees = spot.degrees();
        (degrees.lon, degrees.lat)
    })
}

/// Twice the area in whole units, to tell which way a ring turns.
fn turned(ring: &[Spot]) -> i128 {
    let cross = |(a, b): (Spot, Spot)| {
        i128::from(a.x) * i128::from(b.y) - i128::from(b.x) * i128::from(a.y)
    };
    sides(ring).map(cross).sum()
}

impl Shape {
    /// A shape of these polygons, each an outer ring and its holes, not closed by a repeated
    /// point; or what is wrong with them.
    pub fn new(polygons: Vec<Vec<Vec<Spot>>>) -> Result<Shape, ShapeFault> {
        let mut good = Vec::with_capacity(polygons.len());
        for rings in polygons {
            good.push(Polygon(turn_rings(rings)?));
        }
        let spots = good.iter().flat_map(|polygon| polygon.0.iter().flatten());
        let bounds = Bounds::around(spots.copied()).ok_or(ShapeFault::TooFew)?;
        let shape = Shape {
            polygons: good,
            bounds,
        };
        shape.check_sides()?;
        shape.check_holes()?;
        shape.check_parts()?;
        Ok(shape)
    }

    pub fn polygons(&self) -> &[Polygon] {
        &self.polygons
    }

    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Every ring of every polygon.
    pub fn rings(&self) -> impl Iterator<Item = &Vec<Spot>> + Clone {
        self.polygons.iter().flat_map(|polygon| polygon.0.iter())
    }

    /// Whether the area holds this point; of two neighbours exactly one holds a point on the
    /// border between them.
    pub fn holds(&self, spot: Spot) -> bool {
        self.bounds.holds(spot) && is_within(spot, self.rings().flat_map(|ring| sides(ring)))
    }

    pub fn area_m2(&self) -> f64 {
        self.rings().map(|ring| area_m2(degrees(ring))).sum()
    }

    /// No side crosses another; within one ring none even touches one that is not next to it.
    fn check_sides(&self) -> Result<(), ShapeFault> {
        let mut all: Vec<(usize, usize, Spot, Spot)> = Vec::new();
        for (ring, spots) in self.rings().enumerate() {
            let sides = sides(spots).enumerate();
            all.extend(sides.map(|(at, (a, b))| (ring, at, a.min(b), a.max(b))));
        }
        let lengths: Vec<usize> = self.rings().map(Vec::len).collect();
        all.sort_unstable_by_key(|&(_, _, low, _)| low);
        // From west to east; a side is out of the way once what comes begins east of it.
        let mut open: Vec<usize> = Vec::new();
        for (here, &(ring, at, a, b)) in all.iter().enumerate() {
            open.retain(|&other| all[other].3.x >= a.x);
            for &other in &open {
                let (other_ring, other_at, c, d) = all[other];
                let (low, high) = (a.y.min(b.y), a.y.max(b.y));
                if c.y.max(d.y) < low || c.y.min(d.y) > high {
                    continue;
                }
                let apart = at.abs_diff(other_at);
                let are_next = ring == other_ring && (apart == 1 || apart == lengths[ring] - 1);
                match meeting((a, b), (c, d)) {
                    Meeting::Not => {}
                    Meeting::Touch if are_next || ring != other_ring => {}
                    _ => return Err(ShapeFault::Crosses),
                }
            }
            open.push(here);
        }
        Ok(())
    }

    /// Holes lie within their outer ring.
    fn check_holes(&self) -> Result<(), ShapeFault> {
        for Polygon(rings) in &self.polygons {
            let outer = &rings[0];
            let mut spots = rings[1..].iter().flatten();
            if spots.any(|&spot| side_of(outer, spot) == Side::Outside) {
                return Err(ShapeFault::HoleOutside);
            }
        }
        Ok(())
    }

    /// No polygon lies in another one.
    fn check_parts(&self) -> Result<(), ShapeFault> {
        for (i, a) in self.polygons.iter().enumerate() {
            for (j, b) in self.polygons.iter().enumerate() {
                let lies_in = |&spot: &Spot| {
                    a.0.iter().all(|ring| side_of(ring, spot) != Side::On)
                        && is_within(spot, a.0.iter().flat_map(|ring| sides(ring)))
                };
                if i != j && b.0[0].iter().any(lies_in) {
                    return Err(ShapeFault::PartsOverlap);
                }
            }
        }
        Ok(())
    }
}

/// Rings without points that are said twice, the outer one turning left and the holes right.
fn turn_rings(rings: Vec<Vec<Spot>>) -> Result<Vec<Vec<Spot>>, ShapeFault> {
    if rings.is_empty() {
        return Err(ShapeFault::TooFew);
    }
    let mut turned_rings = Vec::with_capacity(rings.len());
    for (at, mut ring) in rings.into_iter().enumerate() {
        ring.dedup();
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        if ring.len() < 3 {
            return Err(ShapeFault::NoArea);
        }
        let turns = turned(&ring);
        match (turns.signum(), at) {
            (0, _) => return Err(ShapeFault::NoArea),
            (-1, 0) => ring.reverse(),
            (1, 1..) => ring.reverse(),
            _ => {}
        }
        turned_rings.push(ring);
    }
    Ok(turned_rings)
}

#[cfg(test)]
#[path = "shape_tests.rs"]
mod tests;
