//! A border as a person types it: a corner a line, longitude and latitude, an empty line between
//! rings. A ring whose first corner lies in an earlier one is a hole in it; any other is another
//! piece. One corner alone is where a place is that has no border, as a building.

use super::geojson::RINGS_MAX;
use super::shape::{Side, side_of};
use super::{Degrees, Geometry, POSITIONS_MAX, Shape, ShapeFault, Spot, System};

/// What is wrong with a border that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinesFault {
    /// Nothing was typed.
    Nothing,
    /// This line, counted from one, is not two numbers.
    Line(usize),
    /// This line is no point on the earth.
    NotOnEarth(usize),
    /// A ring has fewer than three corners.
    TooFew,
    Shape(ShapeFault),
}

/// Reads what was typed.
pub fn from_lines(text: &str, system: System) -> Result<Geometry, LinesFault> {
    let mut rings: Vec<Vec<Spot>> = vec![Vec::new()];
    let mut count = 0;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() {
            rings.push(Vec::new());
            continue;
        }
        count += 1;
        if count > POSITIONS_MAX {
            return Err(LinesFault::Shape(ShapeFault::TooMany));
        }
        let given = degrees(line).ok_or(LinesFault::Line(number))?;
        let spot = given
            .are_on_earth()
            .then(|| system.to_wgs84(given).spot())
            .flatten();
        let spot = spot.ok_or(LinesFault::NotOnEarth(number))?;
        rings.last_mut().expect("there is always a ring").push(spot);
    }
    rings.retain(|ring| !ring.is_empty());
    if rings.is_empty() {
        return Err(LinesFault::Nothing);
    }
    if let [ring] = &rings[..]
        && let [spot] = ring[..]
    {
        return Ok(Geometry::Spot(spot));
    }
    for ring in &mut rings {
        ring.dedup();
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        if ring.len() < 3 {
            return Err(LinesFault::TooFew);
        }
    }
    // It is kept as GeoJSON, in which each ring says its first corner again.
    let kept: usize = rings.iter().map(|ring| ring.len() + 1).sum();
    if rings.len() > RINGS_MAX || kept > POSITIONS_MAX {
        return Err(LinesFault::Shape(ShapeFault::TooMany));
    }
    let mut polygons: Vec<Vec<Vec<Spot>>> = Vec::new();
    for ring in rings {
        let holds = |outer: &[Spot]| side_of(outer, ring[0]) == Side::Inside;
        match polygons.iter().position(|polygon| holds(&polygon[0])) {
            Some(at) => polygons[at].push(ring),
            None => polygons.push(vec![ring]),
        }
    }
    let shape = Shape::new(polygons).map_err(LinesFault::Shape)?;
    Ok(Geometry::Area(shape))
}

/// The two numbers of a line, with a comma of either sort or blanks between them.
fn degrees(line: &str) -> Option<Degrees> {
    let is_between = |sign: char| sign == ',' || sign == '，' || sign.is_whitespace();
    let mut numbers = line.split(is_between).filter(|part| !part.is_empty());
    let mut next = || {
        numbers
            .next()?
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    };
    let (lon, lat) = (next()?, next()?);
    numbers.next().is_none().then_some(Degrees { lon, lat })
}

/// The border, or the point, as it is typed, in WGS 84.
pub fn to_lines(geometry: &Geometry) -> String {
    let line = |spot: &Spot| {
        let at = spot.degrees();
        format!("{:.7},{:.7}", at.lon, at.lat)
    };
    let ring = |ring: &Vec<Spot>| ring.iter().map(line).collect::<Vec<_>>().join("\n");
    match geometry {
        Geometry::Spot(spot) => line(spot),
        Geometry::Area(shape) => shape.rings().map(ring).collect::<Vec<_>>().join("\n\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{geometry, to_geojson};
    use super::*;

    fn read(text: &str) -> Result<Geometry, LinesFault> {
        from_lines(text, System::Wgs84)
    }

    fn shape(text: &str) -> Shape {
        read(text).unwrap().area().unwrap()
    }

    #[test]
    fn what_is_typed_is_written_the_same() {
        let text = "80.0000000,41.0000000\n80.1000000,41.0000000\n80.1000000,41.1000000";
        assert_eq!(to_lines(&read(text).unwrap()), text);
        // Other commas, blanks, and the first corner said again at the end.
        let loose = "\n 80，41\r\n80.1  41\n80.1, 41.1\n80,41\n\n";
        assert_eq!(to_lines(&read(loose).unwrap()), text);
    }

    #[test]
    fn a_ring_inside_is_a_hole_and_one_beside_another_piece() {
        let square = |x: f64, side: f64| {
            let (east, north) = (x + side, side);
            format!("{x},0\n{east},0\n{east},{north}\n{x},{north}")
        };
        let inner = "1,1\n2,1\n2,2";
        let text = format!("{}\n\n{inner}\n\n{}", square(0.0, 4.0), square(10.0, 1.0));
        let read_once = shape(&text);
        let counts = (read_once.polygons().len(), read_once.rings().count());
        assert_eq!(counts, (2, 3));
        let again = to_lines(&Geometry::Area(read_once.clone()));
        assert_eq!(shape(&again), read_once);
    }

    #[test]
    fn one_corner_alone_is_where_a_place_is() {
        let text = "80.1234567,41.7654321";
        let geometry = read(text).unwrap();
        assert!(matches!(geometry, Geometry::Spot(_)));
        assert_eq!(to_lines(&geometry), text);
        assert_eq!(read("1,1\n\n2,2"), Err(LinesFault::TooFew));
    }

    #[test]
    fn every_fault_is_told() {
        let crossed = LinesFault::Shape(ShapeFault::Crosses);
        for (text, fault) in [
            ("", LinesFault::Nothing),
            (" \n\n", LinesFault::Nothing),
            ("1,2\nthere\n", LinesFault::Line(2)),
            ("1,2,3", LinesFault::Line(1)),
            ("1", LinesFault::Line(1)),
            ("NaN,1", LinesFault::Line(1)),
            ("1,2\n\n41,181", LinesFault::NotOnEarth(3)),
            ("1,1\n2,2", LinesFault::TooFew),
            ("1,1\n2,2\n1,1\n", LinesFault::TooFew),
            ("0,0\n2,2\n2,0\n0,1", crossed),
            ("0,0\n1,0\n2,0", LinesFault::Shape(ShapeFault::NoArea)),
        ] {
            assert_eq!(read(text), Err(fault), "{text:?}");
        }
        let many = "1,1\n".repeat(POSITIONS_MAX + 1);
        assert_eq!(read(&many), Err(LinesFault::Shape(ShapeFault::TooMany)));
    }

    #[test]
    fn what_is_taken_can_be_read_again_from_where_it_is_kept() {
        let piece = |at: usize| {
            let west = at as f64 / 100.0;
            format!(
                "{west:.2},0\n{:.3},0\n{:.3},0.005",
                west + 0.005,
                west + 0.005
            )
        };
        let pieces = |count: usize| (0..count).map(piece).collect::<Vec<_>>().join("\n\n");
        let most = read(&pieces(RINGS_MAX)).unwrap();
        let kept = to_geojson(&most);
        assert_eq!(geometry(&kept, System::Wgs84), Ok(most));
        let too_many = Err(LinesFault::Shape(ShapeFault::TooMany));
        assert_eq!(read(&pieces(RINGS_MAX + 1)), too_many);
    }

    #[test]
    fn what_was_read_off_another_map_comes_to_lie_right() {
        let text = "86.1,41.7\n86.2,41.7\n86.2,41.8";
        let shifted = from_lines(text, System::Gcj02).unwrap().area().unwrap();
        let apart = shifted.bounds().low.x - shape(text).bounds().low.x;
        assert!((10_000..100_000).contains(&apart.abs()), "{apart}");
    }
}
