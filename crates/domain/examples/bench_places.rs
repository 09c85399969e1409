//! `cargo xtask bench places`: which place is this point in, with a hundred thousand borders.

use std::time::Instant;

use huiyin_domain::geo::{Degrees, Geometry, Land, Shape, Spot, System, geometry};
use huiyin_domain::place::PlaceCode;

/// Cells of a square county; blocks of 4 × 4 are grids, of 16 × 16 communities, of 64 × 64
/// streets, so that every point lies in five places.
const SIDE: i32 = 320;
/// A cell is about 100 m wide.
const CELL: i32 = 10_000;
/// Corners between two corners of cells.
const BENT: i32 = 5;
const LOOKUPS: u64 = 200_000;

fn main() {
    let (texts, drawing) = timed(drawn);
    let corners: usize = texts
        .iter()
        .map(|(_, text)| text.matches('[').count())
        .sum();
    println!("| polygons, corners | {} | {corners} |", texts.len());
    eprintln!("drawn in {drawing:.0} ms");
    let (shapes, reading) = timed(|| texts.iter().map(read).collect::<Vec<_>>());
    println!("| read and checked from GeoJSON | {reading:.0} ms |");
    drop(texts);
    let (land, packing) = timed(|| Land::new(shapes));
    println!("| index packed | {packing:.0} ms |");
    println!(
        "| memory of the index | {:.1} MiB |",
        land.bytes() as f64 / 1_048_576.0
    );
    lookups(&land);
}

#[expect(clippy::disallowed_methods, reason = "a bench measures")]
fn timed<T>(what: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = what();
    (result, start.elapsed().as_secs_f64() * 1000.0)
}

fn read((code, text): &(PlaceCode, String)) -> (PlaceCode, Shape) {
    let value = serde_json::from_str(text).expect("it was just written");
    let Ok(Geometry::Area(shape)) = geometry(&value, System::Wgs84) else {
        panic!("the shapes of the bench are sound");
    };
    (code.clone(), shape)
}

/// Every place with its border as text.
fn drawn() -> Vec<(PlaceCode, String)> {
    let mut places = Vec::new();
    for size in [SIDE, 64, 16, 4, 1] {
        for at in 0..(SIDE / size) * (SIDE / size) {
            let (x, y) = (at % (SIDE / size) * size, at / (SIDE / size) * size);
            places.push((code(size, x, y), border(x, y, size)));
        }
    }
    places
}

fn code(size: i32, x: i32, y: i32) -> PlaceCode {
    let nth = |inner: i32, outer: i32| 1 + x % outer / inner + y % outer / inner * (outer / inner);
    let mut code = "652901".to_owned();
    for (inner, outer) in [(64, SIDE), (16, 64), (4, 16), (1, 4)] {
        if size <= inner {
            code += &format!("{:03}", nth(inner, outer));
        }
    }
    code.parse().expect("each step has three digits")
}

/// Around a block of cells, bent the same way on both sides of a border.
fn border(x: i32, y: i32, size: i32) -> String {
    let ways = [(0, 0, 1, 0), (1, 0, 0, 1), (1, 1, -1, 0), (0, 1, 0, -1)];
    let mut ring = Vec::new();
    for (from_x, from_y, dx, dy) in ways {
        for step in 0..size * BENT {
            let at = |from: i32, way: i32, start: i32| (start + from * size) * BENT + way * step;
            ring.push(corner(at(from_x, dx, x), at(from_y, dy, y)));
        }
    }
    ring.push(ring[0].clone());
    format!(
        r#"{{"type":"Polygon","coordinates":[[{}]]}}"#,
        ring.join(",")
    )
}

fn corner(x: i32, y: i32) -> String {
    let bend = |a: i32, b: i32| (f64::from(a) * 1.7 + f64::from(b) * 0.9).sin() * 300.0;
    let step = f64::from(CELL / BENT);
    let lon = 80.0 + (f64::from(x) * step + bend(x, y)) / 1e7;
    let lat = 41.0 + (f64::from(y) * step + bend(y, x)) / 1e7;
    format!("[{lon:.7},{lat:.7}]")
}

fn lookups(land: &Land) {
    let side = f64::from(SIDE * CELL) / 1e7;
    let spread = |at: u64, step: f64| (at as f64 * step).fract();
    let mut times: Vec<f64> = Vec::new();
    let mut found = 0_u64;
    for at in 0..LOOKUPS {
        // Some of the points lie outside.
        let point = Degrees {
            lon: 80.0 - 0.01 * side + 1.02 * side * spread(at, 0.754_877_666),
            lat: 41.0 - 0.01 * side + 1.02 * side * spread(at, 0.569_840_291),
        };
        let given = System::Bd09.from_wgs84(point);
        let (hit, time) = timed(|| {
            let spot: Option<Spot> = System::Bd09.to_wgs84(given).spot();
            spot.and_then(|spot| land.at(spot))
                .map(|code| code.as_str().len())
        });
        found += u64::from(hit == Some(18));
        times.push(time);
    }
    times.sort_by(f64::total_cmp);
    let share = |of: f64| times[((times.len() - 1) as f64 * of) as usize] * 1000.0;
    println!("| lookups, of them inside | {LOOKUPS} | {found} |");
    println!("| lookup, p50 | {:.1} µs |", share(0.5));
    println!("| lookup, p99 | {:.1} µs |", share(0.99));
    println!("| lookup, slowest | {:.1} µs |", share(1.0));
    assert!(share(0.99) <= 1000.0, "a lookup takes longer than 1 ms");
}
