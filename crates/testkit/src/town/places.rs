//! The tree of places: from `texts/places.txt` down to the community, counted out below it.

use huiyin_domain::place::{Level, Place, PlaceCode};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::land::{self, Shape};
use super::{lines, names, texts};

/// The official list ends at 82; nothing will ever be called 9901.
const PREFECTURE: &str = "9901";
const COUNTY: &str = "990121";

pub(super) fn make(rng: &mut ChaCha8Rng) -> Vec<Place> {
    let mut maker = Maker {
        places: Vec::new(),
        areas: Vec::new(),
        rng,
    };
    let list: Vec<(usize, &str, &str)> = lines(include_str!("../../texts/places.txt"))
        .filter_map(|line| {
            let depth = (line.len() - line.trim_start().len()) / 2;
            let (zh, en) = line.split_once('|')?;
            Some((depth, zh.trim(), en.trim()))
        })
        .collect();
    let mut streets: Vec<Street> = Vec::new();
    for &(depth, zh, en) in &list {
        match depth {
            0 => maker.add(PREFECTURE.to_owned(), zh, en, None),
            1 => maker.add_area(COUNTY.to_owned(), zh, en, &land::county()),
            2 => streets.push((zh, en, Vec::new())),
            _ => streets.last_mut().into_iter().for_each(|street| {
                street.2.push((zh, en));
            }),
        }
    }
    let shapes = banks(&land::county());
    for (number, (street, shape)) in streets.iter().zip(&shapes).enumerate() {
        maker.street(number + 1, street, shape);
    }
    maker.draw();
    maker.places
}

type Street = (
    &'static str,
    &'static str,
    Vec<(&'static str, &'static str)>,
);

/// The old town and the new one north of the river, the villages south of it.
fn banks(county: &[land::Point]) -> Vec<Shape> {
    let north = land::clip(county, |p| p[1]);
    let south = land::clip(county, |p| -p[1]);
    let old_town = land::clip(&north, |p| 0.08 - p[0] + 0.3 * p[1]);
    let new_town = land::clip(&north, |p| p[0] - 0.08 - 0.3 * p[1]);
    vec![old_town, new_town, south]
}

struct Maker<'r> {
    places: Vec<Place>,
    /// The areas of places, told by where these stand: drawn together in the end.
    areas: Vec<(usize, Shape)>,
    rng: &'r mut ChaCha8Rng,
}

impl Maker<'_> {
    fn add(&mut self, code: String, zh: &str, en: &str, shape: Option<String>) {
        let code: PlaceCode = code.parse().expect("the codes of the town are well made");
        self.places.push(Place {
            code,
            names: names(zh, en),
            shape,
            closed_at: None,
        });
    }

    fn add_area(&mut self, code: String, zh: &str, en: &str, area: &[land::Point]) {
        self.areas.push((self.places.len(), area.to_vec()));
        self.add(code, zh, en, None);
    }

    fn draw(&mut self) {
        let (at, areas): (Vec<usize>, Vec<Shape>) = self.areas.drain(..).unzip();
        for (at, drawn) in at.into_iter().zip(land::polygons(&areas)) {
            self.places[at].shape = Some(drawn);
        }
    }

    fn street(&mut self, number: usize, street: &Street, shape: &[land::Point]) {
        let (zh, en, communities) = street;
        let is_rural = zh.ends_with('镇');
        let code = format!("{COUNTY}{:03}", if is_rural { 100 } else { number });
        self.add_area(code.clone(), zh, en, shape);
        let cells = land::divide(shape, communities.len(), self.rng);
        for (i, ((zh, en), cell)) in communities.iter().zip(&cells).enumerate() {
            let code = format!("{code}{:03}", if is_rural { 200 + i } else { 1 + i });
            self.add_area(code.clone(), zh, en, cell);
            self.grids(&code, cell, is_rural);
        }
    }

    fn grids(&mut self, community: &str, shape: &[land::Point], is_rural: bool) {
        let count = self.rng.random_range(3..=4);
        for (i, cell) in land::divide(shape, count, self.rng).iter().enumerate() {
            let code = format!("{community}{:03}", i + 1);
            let zh = format!("第{}网格", numeral(i + 1));
            let en = format!("Grid {}", i + 1);
            self.add_area(code.clone(), &zh, &en, cell);
            for micro in 1..=2 {
                let code = format!("{code}{micro:03}");
                let (zh, en) = (
                    format!("微网格{micro}"),
                    format!("Micro-grid {}.{micro}", i + 1),
                );
                self.add(code.clone(), &zh, &en, None);
                self.buildings(&code, cell, is_rural);
            }
        }
    }

    fn buildings(&mut self, micro_grid: &str, shape: &[land::Point], is_rural: bool) {
        let (zh_estate, en_estate) = texts::estate(self.rng);
        let first = self.rng.random_range(1..=9);
        for i in 1..=2 {
            let code = format!("{micro_grid}{i:03}");
            let number = first + i - 1;
            let spot = land::spot(land::point_in(shape, self.rng));
            let (zh, en) = match is_rural {
                true => (format!("{number}号院"), format!("Farmstead {number}")),
                false => (
                    format!("{zh_estate}{number}号楼"),
                    format!("{en_estate}, building {number}"),
                ),
            };
            self.add(code.clone(), &zh, &en, Some(spot));
            let doors = if is_rural {
                0
            } else {
                self.rng.random_range(0..=3)
            };
            for door in 1..=doors {
                let code = format!("{code}{door:03}");
                self.add(code, &format!("{door}单元"), &format!("Door {door}"), None);
            }
        }
    }
}

fn numeral(number: usize) -> char {
    ['零', '一', '二', '三', '四', '五'][number.min(5)]
}

/// The places of one level.
pub(super) fn at(places: &[Place], level: Level) -> impl Iterator<Item = &Place> {
    places
        .iter()
        .filter(move |place| place.code.level() == level)
}
