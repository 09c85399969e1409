use super::*;
use proptest::prelude::*;

fn spot(x: i32, y: i32) -> Spot {
    Spot { x, y }
}

fn ring(corners: &[(i32, i32)]) -> Vec<Spot> {
    corners.iter().map(|&(x, y)| spot(x, y)).collect()
}

fn shape(corners: &[(i32, i32)]) -> Result<Shape, ShapeFault> {
    Shape::new(vec![vec![ring(corners)]])
}

#[test]
fn a_point_on_a_border_belongs_to_one_of_two_neighbours() {
    let left = shape(&[(0, 0), (5, 0), (7, 10), (0, 10)]).unwrap();
    let right = shape(&[(5, 0), (10, 0), (10, 10), (7, 10)]).unwrap();
    // (6, 5) lies exactly on the border.
    for at in [spot(5, 0), spot(6, 5), spot(3, 3), spot(9, 9), spot(0, 0)] {
        assert!(left.holds(at) ^ right.holds(at), "{at:?}");
    }
    assert!(right.holds(spot(6, 5)));
}

#[test]
fn the_far_ends_of_the_earth_do_not_overflow() {
    let far = 1_800_000_000;
    let top = 900_000_000;
    let all = shape(&[(-far, -top), (far, -top), (far, top), (-far, top)]).unwrap();
    assert!(all.holds(spot(0, 0)) && all.holds(spot(far - 1, top - 1)));
    let earth = 4.0 * std::f64::consts::PI * RADIUS * RADIUS;
    assert!((all.area_m2() / earth - 1.0).abs() < 1e-9);
}

#[test]
fn rings_are_turned_and_points_said_twice_go() {
    let right = shape(&[(0, 10), (10, 10), (10, 0), (10, 0), (0, 0)]).unwrap();
    let left = shape(&[(0, 0), (10, 0), (10, 10), (0, 10)]).unwrap();
    assert_eq!(right.rings().next().unwrap().len(), 4);
    assert!(right.area_m2() > 0.0);
    assert!((right.area_m2() - left.area_m2()).abs() < 1e-12);
}

#[test]
fn a_ring_that_touches_itself_is_refused() {
    // A figure of eight through one point, a spike, a corner on a far side.
    for corners in [
        &[(0, 0), (10, 10), (10, 0), (0, 8)][..],
        &[(0, 0), (5, 5), (10, 0), (10, 10), (5, 5), (0, 10)],
        &[(0, 0), (10, 0), (20, 0), (10, 0), (10, 10)],
        &[(0, 0), (10, 0), (10, 10), (5, 0), (0, 10)],
    ] {
        assert_eq!(shape(corners), Err(ShapeFault::Crosses), "{corners:?}");
    }
}

#[test]
fn a_hole_may_touch_the_border_in_a_point_and_not_cross_it() {
    let outer = ring(&[(0, 0), (10, 0), (10, 10), (0, 10)]);
    let touching = ring(&[(0, 5), (5, 3), (5, 7)]);
    let with_hole = Shape::new(vec![vec![outer.clone(), touching]]).unwrap();
    assert!(!with_hole.holds(spot(4, 5)) && with_hole.holds(spot(8, 5)));
    let crossing = ring(&[(-2, 5), (5, 3), (5, 7)]);
    let crossed = Shape::new(vec![vec![outer, crossing]]);
    assert_eq!(crossed, Err(ShapeFault::Crosses));
}

#[test]
fn every_fault_has_a_sentence_of_its_own() {
    let mut keys: Vec<&str> = ShapeFault::ALL.iter().map(|fault| fault.key()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), ShapeFault::ALL.len());
}

proptest! {
    /// A square is cut by a bent line: each point of it is in exactly one of the two parts.
    #[test]
    fn a_cut_leaves_no_gap(
        line in proptest::collection::btree_map(1i32..999, 1i32..999, 0..12),
        x in 0i32..1000,
        y in 0i32..1000,
    ) {
        let mut cut = vec![spot(500, 0)];
        cut.extend(line.iter().map(|(&y, &x)| spot(x, y)));
        cut.push(spot(500, 1000));
        let mut west = cut.clone();
        west.extend([spot(0, 1000), spot(0, 0)]);
        let mut east = cut.clone();
        east.extend([spot(1000, 1000), spot(1000, 0)]);
        let west = Shape::new(vec![vec![west]]).unwrap();
        let east = Shape::new(vec![vec![east]]).unwrap();
        for at in cut.iter().copied().filter(|at| at.y < 1000).chain([spot(x, y)]) {
            prop_assert!(west.holds(at) ^ east.holds(at), "{at:?}");
        }
    }
}
