//! Places that are known by a point and not by a border, as most buildings are: which of them
//! lie here. They lie sorted from west to east; a map looks at them only near by, where a strip
//! of it holds few.

use super::{Bounds, Spot};
use crate::place::PlaceCode;

/// Units of a [`Spot`] around a point when a map shows it: about 100 m.
const AROUND: i32 = 10_000;

/// The points of places without a border.
#[derive(Debug, Default)]
pub struct Spots {
    from_west: Vec<(PlaceCode, Spot)>,
    /// The same in the order of their codes.
    by_code: Vec<u32>,
}

impl Spots {
    pub fn new(mut spots: Vec<(PlaceCode, Spot)>) -> Spots {
        spots.sort_unstable_by(|a, b| (a.1.x, &a.0).cmp(&(b.1.x, &b.0)));
        let mut by_code: Vec<u32> = (0..spots.len() as u32).collect();
        by_code.sort_unstable_by(|&a, &b| spots[a as usize].0.cmp(&spots[b as usize].0));
        Spots {
            from_west: spots,
            by_code,
        }
    }

    /// The point of a place.
    pub fn of(&self, code: &PlaceCode) -> Option<Spot> {
        let found = self.within(code).next();
        found.filter(|(of, _)| *of == code).map(|(_, spot)| spot)
    }

    /// The points of a place and of all that lie in it, in the order of codes.
    pub fn within(&self, code: &PlaceCode) -> impl Iterator<Item = (&PlaceCode, Spot)> {
        let end = code.range_end();
        let from = |code: &str| {
            let before = |&at: &u32| self.from_west[at as usize].0.as_str() < code;
            self.by_code.partition_point(before)
        };
        let found = self.by_code[from(code.as_str())..from(&end)].iter();
        found.map(|&at| {
            let (code, spot) = &self.from_west[at as usize];
            (code, *spot)
        })
    }

    /// Those that lie in this box, from west to east.
    pub fn around(&self, bounds: Bounds) -> impl Iterator<Item = (&PlaceCode, Spot)> {
        let until = |x: i32| self.from_west.partition_point(|(_, spot)| spot.x < x);
        let strip = until(bounds.low.x)..until(bounds.high.x.saturating_add(1));
        let rows = bounds.low.y..=bounds.high.y;
        let here = self.from_west[strip].iter();
        here.filter(move |(_, spot)| rows.contains(&spot.y))
            .map(|(code, spot)| (code, *spot))
    }
}

/// The box that a map shows of a mere point.
pub fn around(spot: Spot) -> Bounds {
    let moved = |by: i32| Spot {
        x: spot.x.saturating_add(by),
        y: spot.y.saturating_add(by),
    };
    Bounds {
        low: moved(-AROUND),
        high: moved(AROUND),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_box_has_what_looking_at_all_finds(
            at in prop::collection::vec((-50i32..50, -50i32..50), 0..60),
            low in (-60i32..60, -60i32..60),
            side in (0i32..50, 0i32..50),
        ) {
            let code = |at: usize| format!("652901001001001001{:03}", at + 1).parse().unwrap();
            let all: Vec<(PlaceCode, Spot)> = at
                .iter()
                .enumerate()
                .map(|(number, &(x, y))| (code(number), Spot { x, y }))
                .collect();
            let bounds = Bounds {
                low: Spot { x: low.0, y: low.1 },
                high: Spot { x: low.0 + side.0, y: low.1 + side.1 },
            };
            let is_in = |spot: &Spot| {
                (bounds.low.x..=bounds.high.x).contains(&spot.x)
                    && (bounds.low.y..=bounds.high.y).contains(&spot.y)
            };
            let mut expected: Vec<_> = all.iter().filter(|(_, spot)| is_in(spot)).cloned().collect();
            expected.sort();
            let spots = Spots::new(all.clone());
            let mut found: Vec<_> = spots.around(bounds).map(|(code, spot)| (code.clone(), spot)).collect();
            found.sort();
            prop_assert_eq!(found, expected);
            for (code, spot) in &all {
                prop_assert_eq!(spots.of(code), Some(*spot));
            }
        }
    }

    #[test]
    fn places_within_one_are_found_by_their_codes() {
        let at = |code: &str, x: i32| (code.parse().unwrap(), Spot { x, y: 0 });
        let spots = Spots::new(vec![
            at("652901001001001001002", 1),
            at("652901001001001001001", 9),
            at("652901001002001001001", 5),
        ]);
        let community = "652901001001".parse().unwrap();
        let within = spots.within(&community);
        let within: Vec<i32> = within.map(|(_, spot)| spot.x).collect();
        assert_eq!(within, [9, 1]);
        assert_eq!(spots.of(&community), None);
    }
}
