//! Which place is this point in: an index over the borders of all places, packed once and
//! then only read.
//!
//! A tree of boxes (sort-tile-recursive, Leutenegger 1997) finds the few whose box holds the
//! point; of these the deepest whose border holds it is the answer.

use super::shape::is_within;
use super::{Bounds, Shape, Spot, Spots};
use crate::place::PlaceCode;

/// So many boxes lie in one that is a level higher.
const IN_A_BOX: usize = 16;

/// The borders of all places.
#[derive(Debug, Default)]
pub struct Land {
    places: Vec<Area>,
    /// The corners of all areas, one ring after the other.
    spots: Vec<Spot>,
    /// Behind the last corner of each ring.
    ring_ends: Vec<u32>,
    /// Boxes level by level: of the places in their order first, one box around all last.
    boxes: Vec<Bounds>,
    /// Where each level begins in `boxes`.
    levels: Vec<usize>,
    /// The places in the order of their codes.
    by_code: Vec<u32>,
    known_by_point: Spots,
}

/// The border of one place.
#[derive(Debug, Clone, Copy)]
pub struct Drawn<'l> {
    land: &'l Land,
    at: usize,
}

impl<'l> Drawn<'l> {
    pub fn code(self) -> &'l PlaceCode {
        &self.land.places[self.at].code
    }

    pub fn bounds(self) -> Bounds {
        self.land.boxes[self.at]
    }

    /// Its rings; those of several polygons stand one behind the other.
    pub fn rings(self) -> impl Iterator<Item = &'l [Spot]> + Clone {
        self.land.rings(&self.land.places[self.at])
    }
}

#[derive(Debug)]
struct Area {
    code: PlaceCode,
    /// The rings of this place in `ring_ends`.
    rings: (u32, u32),
}

impl Land {
    /// Packs the borders.
    pub fn new(mut shapes: Vec<(PlaceCode, Shape)>) -> Land {
        tile(&mut shapes);
        let mut land = Land::default();
        for (code, shape) in &shapes {
            let first = land.ring_ends.len() as u32;
            for ring in shape.rings() {
                land.spots.extend(ring);
                land.ring_ends.push(land.spots.len() as u32);
            }
            land.places.push(Area {
                code: code.clone(),
                rings: (first, land.ring_ends.len() as u32),
            });
            land.boxes.push(shape.bounds());
        }
        land.by_code = (0..land.places.len() as u32).collect();
        let code = |at: &u32| land.places[*at as usize].code.clone();
        land.by_code.sort_by_cached_key(code);
        land.pile_boxes();
        land
    }

    /// The same, with the places that are known by a point alone.
    pub fn with_spots(self, spots: Vec<(PlaceCode, Spot)>) -> Land {
        Land {
            known_by_point: Spots::new(spots),
            ..self
        }
    }

    /// The places that are known by a point alone.
    pub fn spots(&self) -> &Spots {
        &self.known_by_point
    }

    fn pile_boxes(&mut self) {
        let mut begin = 0;
        self.levels.push(0);
        while self.boxes.len() - begin > 1 {
            let around: Vec<Bounds> = self.boxes[begin..]
                .chunks(IN_A_BOX)
                .map(|boxes| boxes[1..].iter().fold(boxes[0], |all, &one| all.with(one)))
                .collect();
            begin = self.boxes.len();
            self.levels.push(begin);
            self.boxes.extend(around);
        }
    }

    /// How many places have borders.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// About how much memory it takes.
    pub fn bytes(&self) -> usize {
        let text: usize = self
            .places
            .iter()
            .map(|area| area.code.as_str().len())
            .sum();
        text + size_of_val(self.places.as_slice())
            + size_of_val(self.spots.as_slice())
            + size_of_val(self.ring_ends.as_slice())
            + size_of_val(self.boxes.as_slice())
            + size_of_val(self.by_code.as_slice())
    }

    /// Every border.
    pub fn all(&self) -> impl Iterator<Item = Drawn<'_>> {
        (0..self.places.len()).map(|at| Drawn { land: self, at })
    }

    /// The border of a place, when it has one.
    pub fn of(&self, code: &PlaceCode) -> Option<Drawn<'_>> {
        self.within(code)
            .next()
            .filter(|drawn| drawn.code() == code)
    }

    /// The borders of a place and of all that lie in it, in the order of codes.
    pub fn within<'l>(&'l self, code: &PlaceCode) -> impl Iterator<Item = Drawn<'l>> {
        let end = code.range_end();
        let from = |code: &str| {
            let before = |&at: &u32| self.places[at as usize].code.as_str() < code;
            self.by_code.partition_point(before)
        };
        let found = self.by_code[from(code.as_str())..from(&end)].iter();
        found.map(|&at| Drawn {
            land: self,
            at: at as usize,
        })
    }

    /// The places whose boxes meet this one, in the order of codes.
    pub fn around(&self, bounds: &Bounds) -> Vec<Drawn<'_>> {
        let mut found = Vec::new();
        self.gather(bounds, |at| found.push(Drawn { land: self, at }));
        found.sort_unstable_by(|a, b| a.code().cmp(b.code()));
        found
    }

    /// The deepest place that holds this point; of two that lie as deep and overlap, the one
    /// whose code comes first.
    pub fn at(&self, spot: Spot) -> Option<&PlaceCode> {
        let mut around: Vec<&Area> = Vec::new();
        let here = Bounds {
            low: spot,
            high: spot,
        };
        self.gather(&here, |at| around.push(&self.places[at]));
        around.sort_unstable_by_key(|area| {
            let code = area.code.as_str();
            (std::cmp::Reverse(code.len()), code)
        });
        let found = around.into_iter().find(|area| self.holds(area, spot));
        found.map(|area| &area.code)
    }

    /// Every place whose box meets this one.
    fn gather(&self, around: &Bounds, mut found: impl FnMut(usize)) {
        let Some(top) = self.levels.len().checked_sub(1) else {
            return;
        };
        let level_end = |level: usize| self.levels.get(level + 1).copied();
        let mut open = vec![(top, 0_usize)];
        while let Some((level, at)) = open.pop() {
            let begin = self.levels[level];
            match self.boxes.get(begin + at) {
                Some(bounds) if bounds.meets(around) => {}
                _ => continue,
            }
            if level == 0 {
                found(at);
                continue;
            }
            let below = self.levels[level - 1];
            let count = level_end(level - 1).unwrap_or(self.boxes.len()) - below;
            let children = at * IN_A_BOX..((at + 1) * IN_A_BOX).min(count);
            open.extend(children.map(|child| (level - 1, child)));
        }
    }

    fn rings<'l>(&'l self, area: &Area) -> impl Iterator<Item = &'l [Spot]> + Clone + use<'l> {
        let (first, last) = (area.rings.0 as usize, area.rings.1 as usize);
        (first..last).map(|at| {
            let begin = at.checked_sub(1).map_or(0, |before| self.ring_ends[before]);
            &self.spots[begin as usize..self.ring_ends[at] as usize]
        })
    }

    fn holds(&self, area: &Area, spot: Spot) -> bool {
        let sides = self.rings(area).flat_map(|ring| {
            let next = ring.iter().cycle().skip(1);
            ring.iter().copied().zip(next.copied())
        });
        is_within(spot, sides)
    }
}

/// Neighbours come to lie beside each other: strips from west to east, each from south to
/// north.
fn tile(shapes: &mut [(PlaceCode, Shape)]) {
    let middle = |low: i32, high: i32| i64::from(low) + i64::from(high);
    let x = |shape: &Shape| middle(shape.bounds().low.x, shape.bounds().high.x);
    let y = |shape: &Shape| middle(shape.bounds().low.y, shape.bounds().high.y);
    shapes.sort_by_cached_key(|(code, shape)| (x(shape), code.clone()));
    let boxes = shapes.len().div_ceil(IN_A_BOX);
    let strip = boxes.isqrt().max(1) * IN_A_BOX;
    for strip in shapes.chunks_mut(strip) {
        strip.sort_by_cached_key(|(code, shape)| (y(shape), code.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn square(x: i32, y: i32, side: i32) -> Shape {
        let corner = |dx: i32, dy: i32| Spot {
            x: x + dx * side,
            y: y + dy * side,
        };
        Shape::new(vec![vec![vec![
            corner(0, 0),
            corner(1, 0),
            corner(1, 1),
            corner(0, 1),
        ]]])
        .unwrap()
    }

    /// A street of 900 communities of 10 × 10, each with one grid in its middle.
    fn town() -> Vec<(PlaceCode, Shape)> {
        let mut shapes = vec![("652901001".parse().unwrap(), square(0, 0, 300))];
        for at in 0..900 {
            let (x, y) = (at % 30 * 10, at / 30 * 10);
            let code = format!("652901001{:03}", 1 + at * 7 % 900);
            shapes.push((code.parse().unwrap(), square(x, y, 10)));
            shapes.push((
                format!("{code}001").parse().unwrap(),
                square(x + 2, y + 2, 5),
            ));
        }
        shapes
    }

    proptest! {
        #[test]
        fn the_index_says_what_looking_at_all_says(x in -20i32..320, y in -20i32..320) {
            let shapes = town();
            let spot = Spot { x, y };
            let deepest = shapes
                .iter()
                .filter(|(_, shape)| shape.holds(spot))
                .map(|(code, _)| code.clone())
                .max_by_key(|code| code.as_str().len());
            let land = Land::new(shapes);
            prop_assert_eq!(land.at(spot), deepest.as_ref());
        }
    }

    #[test]
    fn every_point_of_a_tiled_street_has_one_community() {
        let shapes: Vec<_> = town()
            .into_iter()
            .filter(|(code, _)| code.as_str().len() == 12)
            .collect();
        for x in 0..300 {
            for y in 0..300 {
                let spot = Spot { x, y };
                let held = shapes.iter().filter(|(_, shape)| shape.holds(spot)).count();
                if x % 7 == 0 || x % 10 == 0 {
                    assert_eq!(held, 1, "{spot:?}");
                }
            }
        }
        assert!(Land::new(vec![]).at(Spot { x: 0, y: 0 }).is_none());
        let one = Land::new(vec![("6529".parse().unwrap(), square(0, 0, 5))]);
        assert_eq!(
            one.at(Spot { x: 1, y: 1 }).map(PlaceCode::as_str),
            Some("6529")
        );
        assert_eq!((one.len(), one.at(Spot { x: 9, y: 1 })), (1, None));
    }

    #[test]
    fn borders_are_found_by_code_and_by_what_they_meet() {
        let land = Land::new(town());
        let code: PlaceCode = "652901001001".parse().unwrap();
        let found = land.of(&code).expect("it is drawn");
        assert_eq!((found.code(), found.rings().count()), (&code, 1));
        assert_eq!(land.within(&code).count(), 2, "itself and its grid");
        let nowhere: PlaceCode = "652902".parse().unwrap();
        assert!(land.of(&nowhere).is_none() && land.within(&nowhere).next().is_none());
        assert!(land.of(&"6529".parse().unwrap()).is_none(), "not drawn");
        assert_eq!(land.within(&"6529".parse().unwrap()).count(), land.len());
        let corner = Bounds {
            low: Spot { x: -5, y: -5 },
            high: Spot { x: 5, y: 5 },
        };
        let codes = land.around(&corner).into_iter().map(|drawn| drawn.code());
        let expected = town()
            .into_iter()
            .filter(|(_, shape)| shape.bounds().meets(&corner));
        let mut expected: Vec<PlaceCode> = expected.map(|(code, _)| code).collect();
        expected.sort();
        assert_eq!(codes.cloned().collect::<Vec<_>>(), expected);
        assert!(Land::new(vec![]).around(&corner).is_empty());
    }
}
