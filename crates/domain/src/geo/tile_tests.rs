use super::super::mvt::{Drawing, Feature, Layer, encode, tests::decode};
use super::super::{Shape, System, geometry};
use super::*;

fn spot(lon: f64, lat: f64) -> Spot {
    Degrees { lon, lat }.spot().unwrap()
}

fn ring(corners: &[(f64, f64)]) -> Vec<Spot> {
    corners.iter().map(|&(lon, lat)| spot(lon, lat)).collect()
}

fn clip(tile: Tile, rings: &[Vec<Spot>]) -> Vec<Vec<Dot>> {
    tile.clip(rings.iter().map(Vec::as_slice))
}

/// A box of degrees.
fn square(west: f64, south: f64, side: f64) -> Vec<Spot> {
    ring(&[
        (west, south),
        (west + side, south),
        (west + side, south + side),
        (west, south + side),
    ])
}

#[test]
fn only_tiles_of_the_world_are_tiles() {
    assert!(Tile::new(0, 0, 0).is_some());
    assert!(Tile::new(0, 1, 0).is_none());
    assert!(Tile::new(3, 7, 7).is_some());
    assert!(Tile::new(3, 7, 8).is_none());
    assert!(Tile::new(22, 0, (1 << 22) - 1).is_some());
    assert!(Tile::new(23, 0, 0).is_none());
    assert!(Tile::new(255, 0, 0).is_none());
}

#[test]
fn points_lie_where_every_map_has_them() {
    // Null island is the middle of the world; the same tile as every other program says.
    assert_eq!(
        Tile::new(0, 0, 0).unwrap().dot(spot(0.0, 0.0)),
        (2048, 2048)
    );
    let tile = Tile::new(10, 843, 388).unwrap();
    assert!(tile.holds(tile.dot(spot(116.391_3, 39.907_5))), "Beijing");
    for (zoom, column, row) in [(0, 0, 0), (5, 3, 9), (16, 65_535, 65_535)] {
        let tile = Tile::new(zoom, column, row).unwrap();
        let bounds = tile.bounds();
        assert!(bounds.low < bounds.high, "{tile:?}");
        let middle = tile.back((2048, 2048));
        assert!(bounds.holds(middle));
        let (x, y) = tile.dot(middle);
        assert!((x - 2048).abs() <= 1 && (y - 2048).abs() <= 1, "{x} {y}");
    }
}

#[test]
fn an_area_over_the_edge_is_cut_a_little_behind_it() {
    let tile = Tile::new(4, 8, 7).unwrap();
    // From the middle of the tile over its right and upper side.
    let drawn = clip(tile, &[square(10.0, 10.0, 40.0)]);
    assert_eq!(drawn.len(), 1);
    let xs: Vec<i64> = drawn[0].iter().map(|dot| dot.0).collect();
    let ys: Vec<i64> = drawn[0].iter().map(|dot| dot.1).collect();
    assert_eq!(xs.iter().max(), Some(&(EXTENT + BUFFER)));
    assert_eq!(ys.iter().min(), Some(&-BUFFER));
    assert!(xs.iter().min() > Some(&0) && ys.iter().max() < Some(&EXTENT));
    assert!(turned(&drawn[0]) > 0, "outer rings turn right");
    // What covers the tile wholly is the frame; what lies elsewhere is nothing.
    let whole = clip(tile, &[square(-60.0, -60.0, 140.0)]);
    assert_eq!(turned(&whole[0]), 2 * (EXTENT + 2 * BUFFER).pow(2));
    assert_eq!(
        clip(tile, &[square(-60.0, 10.0, 20.0)]),
        Vec::<Vec<Dot>>::new()
    );
}

#[test]
fn holes_turn_the_other_way_and_what_is_too_small_is_left_out() {
    let tile = Tile::new(4, 8, 7).unwrap();
    let mut hole = square(8.0, 8.0, 4.0);
    hole.reverse();
    let mut speck = square(3.0, 3.0, 0.01);
    speck.reverse();
    let rings = [square(2.0, 2.0, 15.0), hole, speck];
    let drawn = clip(tile, &rings);
    assert_eq!(drawn.len(), 2);
    assert!(turned(&drawn[0]) > 0 && turned(&drawn[1]) < 0);
    assert_eq!(clip(tile, &[square(3.0, 3.0, 0.01)]).len(), 0);
}

#[test]
fn neighbours_stay_neighbours_at_every_zoom() {
    // A border that is bent in a hundred places, given to one from the north and to the other
    // from the south.
    let bent = |at: i32| {
        (
            10.0 + (f64::from(at) * 1.7).sin() * 0.3,
            f64::from(at) * 0.1,
        )
    };
    let mut west: Vec<(f64, f64)> = (0..=100).map(bent).collect();
    let mut east: Vec<(f64, f64)> = (0..=100).rev().map(bent).collect();
    west.extend([(2.0, 10.0), (2.0, 0.0)]);
    east.extend([(20.0, 0.0), (20.0, 10.0)]);
    for zoom in 3..8 {
        let column = 1 << (zoom - 1);
        let tile = Tile::new(zoom, column, column - 1).unwrap();
        let sum = |rings: &[Vec<Dot>]| rings.iter().map(|ring| turned(ring)).sum::<i64>();
        let both = sum(&clip(tile, &[ring(&west)])) + sum(&clip(tile, &[ring(&east)]));
        let whole = [
            (2.0, 0.0),
            bent(0),
            (20.0, 0.0),
            (20.0, 10.0),
            bent(100),
            (2.0, 10.0),
        ];
        assert_eq!(both, sum(&clip(tile, &[ring(&whole)])), "zoom {zoom}");
    }
}

#[test]
fn a_tile_is_read_as_it_was_drawn() {
    let tile = Tile::new(4, 8, 7).unwrap();
    let drawn = clip(tile, &[square(2.0, 2.0, 5.0)]);
    let feature = Feature {
        says: vec![("code".to_owned(), "6529".into())],
        drawing: Drawing::Rings(drawn),
    };
    let layer = Layer {
        name: "places",
        features: vec![feature],
    };
    let read = decode(&encode(std::slice::from_ref(&layer)));
    assert_eq!(read, [("places".to_owned(), layer.features)]);
}

#[test]
fn the_middle_lies_within_also_when_the_area_is_bent() {
    for text in [
        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}"#,
        // A horseshoe whose middle is not in it.
        r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[8,10],[8,2],[2,2],[2,10],[0,10],[0,0]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[3,3],[3,6],[6,6],[6,3],[3,3]]]}"#,
    ] {
        let value = serde_json::from_str(text).unwrap();
        let shape: Shape = geometry(&value, System::Wgs84).unwrap().area().unwrap();
        let within = point_within(shape.rings().map(Vec::as_slice)).unwrap();
        assert!(shape.holds(within), "{within:?} in {text}");
    }
    assert!(point_within(std::iter::empty()).is_none());
}

#[test]
fn levels_come_and_go_with_the_zoom() {
    let (mut widest, mut narrowest) = levels_at(0);
    for zoom in 1..=ZOOM_MAX {
        let (wide, narrow) = levels_at(zoom);
        assert!(wide >= widest && narrow >= narrowest && wide <= narrow);
        (widest, narrowest) = (wide, narrow);
    }
    assert_eq!(narrowest, Level::Door);
}
