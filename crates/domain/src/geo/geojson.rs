//! Shapes as GeoJSON (RFC 7946) writes them, in any of the systems of coordinates.

use serde_json::{Value, json};

use super::{Degrees, Shape, ShapeFault, Spot, System};

/// A border drawn more finely than this is refused: it would be looked at for every point.
pub const POSITIONS_MAX: usize = 20_000;
pub(super) const RINGS_MAX: usize = 500;

/// What a place has on the map.
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    /// Where it is, without a border.
    Spot(Spot),
    Area(Shape),
}

impl Geometry {
    /// The area; none for a mere point.
    pub fn area(self) -> Option<Shape> {
        match self {
            Geometry::Spot(_) => None,
            Geometry::Area(shape) => Some(shape),
        }
    }
}

/// Reads a geometry: a point, a polygon or several.
pub fn geometry(value: &Value, system: System) -> Result<Geometry, ShapeFault> {
    let coordinates = value.get("coordinates").ok_or(ShapeFault::NotGeoJson)?;
    let kind = value.get("type").and_then(Value::as_str);
    let reader = Reader { system };
    match kind {
        Some("Point") => reader.position(coordinates).map(Geometry::Spot),
        Some("Polygon") => reader.area(std::slice::from_ref(coordinates)),
        Some("MultiPolygon") => reader.area(list(coordinates)?),
        _ => Err(ShapeFault::NotGeoJson),
    }
}

struct Reader {
    system: System,
}

impl Reader {
    fn area(&self, polygons: &[Value]) -> Result<Geometry, ShapeFault> {
        let mut read = Vec::with_capacity(polygons.len());
        let (mut rings_all, mut positions_all) = (0, 0);
        for polygon in polygons {
            let rings = list(polygon)?;
            rings_all += rings.len();
            for ring in rings {
                positions_all += list(ring)?.len();
            }
            if rings_all > RINGS_MAX || positions_all > POSITIONS_MAX {
                return Err(ShapeFault::TooMany);
            }
            let rings = rings.iter().map(|ring| self.ring(ring));
            read.push(rings.collect::<Result<_, _>>()?);
        }
        Shape::new(read).map(Geometry::Area)
    }

    /// The positions of a closed ring, without the one that closes it.
    fn ring(&self, ring: &Value) -> Result<Vec<Spot>, ShapeFault> {
        let positions = list(ring)?;
        if positions.len() < 4 {
            return Err(ShapeFault::TooFew);
        }
        let spots = positions.iter().map(|position| self.position(position));
        let mut spots: Vec<Spot> = spots.collect::<Result<_, _>>()?;
        match spots.pop() {
            last if last == spots.first().copied() => Ok(spots),
            _ => Err(ShapeFault::NotClosed),
        }
    }

    fn position(&self, position: &Value) -> Result<Spot, ShapeFault> {
        let numbers = list(position)?;
        let number = |at: usize| numbers.get(at).and_then(Value::as_f64);
        let (Some(lon), Some(lat)) = (number(0), number(1)) else {
            return Err(ShapeFault::NotGeoJson);
        };
        let given = Degrees { lon, lat };
        if !given.are_on_earth() {
            return Err(ShapeFault::NotOnEarth);
        }
        let spot = self.system.to_wgs84(given).spot();
        spot.ok_or(ShapeFault::NotOnEarth)
    }
}

fn list(value: &Value) -> Result<&[Value], ShapeFault> {
    value
        .as_array()
        .map(Vec::as_slice)
        .ok_or(ShapeFault::NotGeoJson)
}

/// The geometry as GeoJSON in WGS 84: rings closed, outer ones turning left.
pub fn to_geojson(geometry: &Geometry) -> Value {
    let shape = match geometry {
        Geometry::Spot(spot) => return json!({ "type": "Point", "coordinates": position(*spot) }),
        Geometry::Area(shape) => shape,
    };
    let polygons: Vec<Value> = shape
        .polygons()
        .iter()
        .map(|polygon| polygon.rings().iter().map(|ring| closed(ring)).collect())
        .collect();
    match <[Value; 1]>::try_from(polygons) {
        Ok([polygon]) => json!({ "type": "Polygon", "coordinates": polygon }),
        Err(polygons) => json!({ "type": "MultiPolygon", "coordinates": polygons }),
    }
}

fn closed(ring: &[Spot]) -> Value {
    let spots = ring.iter().chain(ring.first());
    spots.map(|&spot| position(spot)).collect()
}

fn position(spot: Spot) -> Value {
    let degrees = spot.degrees();
    json!([degrees.lon, degrees.lat])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Geometry, ShapeFault> {
        geometry(&serde_json::from_str(text).unwrap(), System::Wgs84)
    }

    #[test]
    fn what_is_read_is_written_the_same() {
        for text in [
            r#"{"coordinates":[1.5,-2.25],"type":"Point"}"#,
            r#"{"coordinates":[[[0.0,0.0],[1.0,0.0],[1.0,1.0],[0.0,0.0]]],"type":"Polygon"}"#,
            r#"{"coordinates":[[[[0.0,0.0],[1.0,0.0],[1.0,1.0],[0.0,0.0]]],[[[5.0,5.0],[6.0,5.0],[6.0,6.0],[5.0,5.0]]]],"type":"MultiPolygon"}"#,
        ] {
            let written = to_geojson(&read(text).unwrap());
            assert_eq!(written, serde_json::from_str::<Value>(text).unwrap());
        }
    }

    #[test]
    fn every_fault_is_told_apart() {
        let polygon = |rings: &str| format!(r#"{{"type":"Polygon","coordinates":{rings}}}"#);
        let many = vec!["[0,0]"; POSITIONS_MAX + 1].join(",");
        let two = "[[[0,0],[4,0],[4,4],[0,4],[0,0]]],[[[1,1],[2,1],[2,2],[1,1]]]";
        for (text, fault) in [
            (r#"{"type":"Polygon"}"#.to_owned(), ShapeFault::NotGeoJson),
            (
                r#"{"type":"LineString","coordinates":[]}"#.to_owned(),
                ShapeFault::NotGeoJson,
            ),
            (
                polygon(r#"[[["0","0"],[1,0],[1,1],[0,0]]]"#),
                ShapeFault::NotGeoJson,
            ),
            (
                polygon("[[[0,0],[181,0],[1,1],[0,0]]]"),
                ShapeFault::NotOnEarth,
            ),
            (polygon(&format!("[[{many}]]")), ShapeFault::TooMany),
            (polygon("[]"), ShapeFault::TooFew),
            (polygon("[[[0,0],[1,0],[0,0]]]"), ShapeFault::TooFew),
            (
                polygon("[[[0,0],[1,0],[1,1],[0,1]]]"),
                ShapeFault::NotClosed,
            ),
            (polygon("[[[0,0],[1,0],[2,0],[0,0]]]"), ShapeFault::NoArea),
            (
                polygon("[[[0,0],[2,2],[2,0],[0,1],[0,0]]]"),
                ShapeFault::Crosses,
            ),
            (
                polygon("[[[0,0],[4,0],[4,4],[2,0],[0,0]]]"),
                ShapeFault::Crosses,
            ),
            (
                polygon("[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[5,5],[6,5],[6,6],[5,5]]]"),
                ShapeFault::HoleOutside,
            ),
            (
                format!(r#"{{"type":"MultiPolygon","coordinates":[{two}]}}"#),
                ShapeFault::PartsOverlap,
            ),
        ] {
            assert_eq!(read(&text), Err(fault), "{text:.120}");
        }
    }

    #[test]
    fn another_system_is_turned_into_wgs84() {
        let point: Value =
            serde_json::from_str(r#"{"type":"Point","coordinates":[116.404,39.915]}"#).unwrap();
        let read = |system| geometry(&point, system).unwrap();
        assert_ne!(read(System::Gcj02), read(System::Wgs84));
        assert_ne!(read(System::Gcj02), read(System::Bd09));
    }
}
