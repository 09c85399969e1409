//! The shape of the land: cells around a river, bent so that no border is straight.

use rand::Rng;
use serde_json::{Value, json};

/// A point of the flat plan, about −1 to 1 in both directions; the river is the line y = 0.
pub(super) type Point = [f64; 2];
/// A convex shape of the flat plan.
pub(super) type Shape = Vec<Point>;

/// Where the plan lies on the globe: open sea, so that it is nobody's town.
const CENTRE: Point = [160.0, 30.0];
const DEGREES: Point = [0.24, 0.19];

/// The county: a wide round shape.
pub(super) fn county() -> Shape {
    (0..28)
        .map(|i| {
            let angle = f64::from(i) / 28.0 * std::f64::consts::TAU;
            [angle.cos(), 0.85 * angle.sin()]
        })
        .collect()
}

/// The part of a shape where `side` is not negative; `side` must be linear.
pub(super) fn clip(shape: &[Point], side: impl Fn(Point) -> f64) -> Shape {
    let mut kept = Vec::with_capacity(shape.len() + 1);
    for (i, &here) in shape.iter().enumerate() {
        let next = shape[(i + 1) % shape.len()];
        let (a, b) = (side(here), side(next));
        if a >= 0.0 {
            kept.push(here);
        }
        if (a >= 0.0) != (b >= 0.0) {
            let t = a / (a - b);
            kept.push([
                here[0] + t * (next[0] - here[0]),
                here[1] + t * (next[1] - here[1]),
            ]);
        }
    }
    kept
}

/// Divides a shape into `count` cells of about the same size.
pub(super) fn divide(shape: &[Point], count: usize, rng: &mut impl Rng) -> Vec<Shape> {
    let mut sites: Vec<Point> = (0..count).map(|_| point_in(shape, rng)).collect();
    for _ in 0..3 {
        sites = cells(shape, &sites)
            .iter()
            .map(|cell| middle(cell))
            .collect();
    }
    cells(shape, &sites)
}

/// For each site, the part of the shape that is nearest to it.
fn cells(shape: &[Point], sites: &[Point]) -> Vec<Shape> {
    let cell = |(i, site): (usize, &Point)| {
        sites.iter().enumerate().filter(|&(j, _)| j != i).fold(
            shape.to_vec(),
            |cell, (_, other)| {
                let half = [(site[0] + other[0]) / 2.0, (site[1] + other[1]) / 2.0];
                clip(&cell, |p| {
                    (p[0] - half[0]) * (site[0] - other[0])
                        + (p[1] - half[1]) * (site[1] - other[1])
                })
            },
        )
    };
    sites.iter().enumerate().map(cell).collect()
}

/// The mean of the corners.
pub(super) fn middle(shape: &[Point]) -> Point {
    let count = shape.len().max(1) as f64;
    let sum = shape
        .iter()
        .fold([0.0, 0.0], |sum, p| [sum[0] + p[0], sum[1] + p[1]]);
    [sum[0] / count, sum[1] / count]
}

/// Some point of a convex shape: a weighted mean of its corners.
pub(super) fn point_in(shape: &[Point], rng: &mut impl Rng) -> Point {
    let weights: Vec<f64> = shape
        .iter()
        .map(|_| rng.random_range(0.001..1.0f64).powi(3))
        .collect();
    let all: f64 = weights.iter().sum();
    shape
        .iter()
        .zip(&weights)
        .fold([0.0, 0.0], |sum, (corner, weight)| {
            [
                sum[0] + corner[0] * weight / all,
                sum[1] + corner[1] * weight / all,
            ]
        })
}

/// Shapes as GeoJSON polygons on the globe, their sides bent with the land. Where a corner of one
/// lies on a side of another, both have it: so neighbours share every point of their border, and
/// what divides a shape fills it.
pub(super) fn polygons(shapes: &[Shape]) -> Vec<String> {
    let mut corners: Vec<Point> = Vec::new();
    for &corner in shapes.iter().flatten() {
        if !corners.iter().any(|&known| distance(known, corner) < NEAR) {
            corners.push(corner);
        }
    }
    let known = |corner: Point| {
        let near = corners
            .iter()
            .find(|&&known| distance(known, corner) < NEAR);
        near.copied().unwrap_or(corner)
    };
    let shapes = shapes.iter();
    let shapes = shapes.map(|shape| shape.iter().map(|&corner| known(corner)).collect::<Shape>());
    shapes.map(|shape| polygon(&shape, &corners)).collect()
}

/// Corners nearer than this are one.
const NEAR: f64 = 1e-7;

fn polygon(shape: &[Point], corners: &[Point]) -> String {
    let mut ring: Vec<Value> = Vec::new();
    for (i, &here) in shape.iter().enumerate() {
        let next = shape[(i + 1) % shape.len()];
        let mut stops = on_the_way(here, next, corners);
        stops.push(next);
        let mut from = here;
        for stop in stops {
            ring.extend(bent(from, stop).into_iter().map(globe));
            from = stop;
        }
    }
    ring.dedup();
    let first = ring.first().cloned();
    ring.extend(first);
    json!({ "type": "Polygon", "coordinates": [ring] }).to_string()
}

/// The corners that lie between two points, the nearest to the first one first.
fn on_the_way(here: Point, next: Point, corners: &[Point]) -> Vec<Point> {
    let whole = distance(here, next);
    let between = |corner: &&Point| {
        let (before, behind) = (distance(here, **corner), distance(**corner, next));
        before > NEAR && behind > NEAR && before + behind - whole < NEAR * NEAR
    };
    let mut stops: Vec<Point> = corners.iter().filter(between).copied().collect();
    stops.sort_by(|a, b| distance(here, *a).total_cmp(&distance(here, *b)));
    stops
}

/// Points from one to the other, without the last: the same ones from either end.
fn bent(here: Point, next: Point) -> Vec<Point> {
    let steps = ((distance(here, next) / 0.05).ceil()).max(1.0) as usize;
    let (from, to) = if here < next {
        (here, next)
    } else {
        (next, here)
    };
    let at = |step: usize| {
        let t = step as f64 / steps as f64;
        [
            from[0] + t * (to[0] - from[0]),
            from[1] + t * (to[1] - from[1]),
        ]
    };
    let mut points: Vec<Point> = (1..steps).map(at).collect();
    if here > next {
        points.reverse();
    }
    points.insert(0, here);
    points
}

/// A point as GeoJSON on the globe.
pub(super) fn spot(point: Point) -> String {
    json!({ "type": "Point", "coordinates": globe(point) }).to_string()
}

fn distance(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Bends the plan, and lays it on the globe.
fn globe(p: Point) -> Value {
    let x = p[0] + 0.05 * (3.1 * p[1] + 1.0).sin() + 0.02 * (8.3 * p[1]).sin();
    let y = p[1] + 0.13 * (2.4 * p[0] + 0.7).sin() + 0.035 * (7.1 * p[0]).sin();
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    json!([
        round(CENTRE[0] + DEGREES[0] * x),
        round(CENTRE[1] + DEGREES[1] * y)
    ])
}
