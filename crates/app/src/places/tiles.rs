//! Tiles for maps: the borders and names of places, which everybody may see, and for the desk
//! one point for each place with open cases, as far as the reader's scope goes.
//!
//! Layers: `places` (polygons: `code`, `level`, `name`, `name_<language>`), `names` (a point
//! within each place, once on the whole map, with the same, and `spot` where a place is known by
//! its point alone), `cases` (`code`, `open`, `late`).
//! At each zoom the places of some levels are drawn, and down to a level that whoever asks wants
//! to see; a case counts to the narrowest of them that holds it.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::geo::mvt::{Drawing, Feature, Layer, Value, encode};
use huiyin_domain::geo::tile::{Tile, levels_at, point_within};
use huiyin_domain::geo::{Drawn, Land};
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_store::{DbError, Tx, lists, places};

use super::map::Count;
use crate::{App, Error, Refusal};

/// So many places are drawn in one tile; of more, the narrowest level is left out.
const DRAWN_MAX: usize = 1_500;
/// So many open cases are looked at for one tile, those that fall due first.
const CASES_MAX: i64 = 20_000;
/// So many streets are looked through one by one.
const STREETS_MAX: usize = 12;

/// Borders and names.
pub async fn of_places(app: &App, tile: Tile, to: Option<Level>) -> Result<Vec<u8>, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let land = inner.land.current(tx)?;
        let sight = Sight::of(&land, tile, to);
        let points = sight.points();
        Ok::<_, DbError>(encode(&sight.places(tx, &points)?))
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Borders and names, and where the open cases lie that the actor may see in lists.
pub async fn of_desk(
    app: &App,
    actor: &Actor,
    (tile, to): (Tile, Option<Level>),
) -> Result<Vec<u8>, Error> {
    let scope = scope(actor, Action::CaseList);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let (inner, now) = (app.clone(), app.now());
    let read = move |tx: &mut Tx<'_>| {
        let land = inner.land.current(tx)?;
        let sight = Sight::of(&land, tile, to);
        let points = sight.points();
        let mut layers = sight.places(tx, &points)?;
        let mut counts: BTreeMap<PlaceCode, Count> = BTreeMap::new();
        for around in looked_through(&points) {
            for case in lists::lying(tx, &scope, around.as_ref(), CASES_MAX)? {
                if let Some(place) = sight.holder(&case.place) {
                    counts.entry(place).or_default().add(&case, now);
                }
            }
        }
        layers.push(cases_layer(&counts, &points));
        Ok::<_, DbError>(encode(&layers))
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Within which places the cases of a tile are looked for: the few streets that it touches, each by
/// its own walk; of many, what they have in common.
fn looked_through(points: &BTreeMap<&PlaceCode, Drawing>) -> Vec<Option<PlaceCode>> {
    let street = |code: &&PlaceCode| code.at(Level::Street).unwrap_or_else(|| (*code).clone());
    let streets: BTreeSet<PlaceCode> = points.keys().map(street).collect();
    let is_apart = |code: &PlaceCode| code.level() == Level::Street;
    if streets.len() <= STREETS_MAX && streets.iter().all(is_apart) {
        return streets.into_iter().map(Some).collect();
    }
    let around = streets.into_iter().map(Some);
    let around = around.reduce(|a, b| a?.common_with(&b?));
    around.into_iter().collect()
}

fn cases_layer(
    counts: &BTreeMap<PlaceCode, Count>,
    points: &BTreeMap<&PlaceCode, Drawing>,
) -> Layer {
    let number = |count: i64| Value::Number(count.unsigned_abs());
    let feature = |(code, count): (&PlaceCode, &Count)| {
        Some(Feature {
            says: vec![
                ("code".to_owned(), code.as_str().into()),
                ("open".to_owned(), number(count.open)),
                ("late".to_owned(), number(count.late)),
            ],
            drawing: points.get(code)?.clone(),
        })
    };
    Layer {
        name: "cases",
        features: counts.iter().filter_map(feature).collect(),
    }
}

/// What is seen of the land in one tile.
struct Sight<'l> {
    land: &'l Land,
    tile: Tile,
    widest: Level,
    narrowest: Level,
    /// The places up to the narrowest level, also those around that are too wide to be drawn.
    around: Vec<Drawn<'l>>,
    /// The places of these levels that are known by a point alone.
    spots: Vec<&'l PlaceCode>,
}

impl<'l> Sight<'l> {
    fn of(land: &'l Land, tile: Tile, to: Option<Level>) -> Sight<'l> {
        let (widest, narrowest) = levels_at(tile.zoom());
        let mut narrowest = narrowest.max(to.unwrap_or(narrowest));
        let mut around = land.around(&tile.bounds());
        around.retain(|drawn| drawn.code().level() <= narrowest);
        while around.len() > DRAWN_MAX && narrowest > widest {
            narrowest = Level::ALL[narrowest as usize - 1].0;
            around.retain(|drawn| drawn.code().level() <= narrowest);
        }
        around.truncate(DRAWN_MAX);
        // Mere points are seen near by, where few of them lie in a tile.
        let is_near = narrowest >= Level::Building;
        let spots = is_near.then(|| land.spots().around(tile.bounds()));
        let spots = spots.into_iter().flatten().map(|(code, _)| code);
        let spots = spots.filter(|code| (widest..=narrowest).contains(&code.level()));
        Sight {
            spots: spots.take(DRAWN_MAX).collect(),
            land,
            tile,
            widest,
            narrowest,
            around,
        }
    }

    /// Borders and names.
    fn places(
        &self,
        tx: &mut Tx<'_>,
        points: &BTreeMap<&PlaceCode, Drawing>,
    ) -> Result<Vec<Layer>, DbError> {
        let drawn = self.around.iter();
        let drawn = drawn.filter(|drawn| drawn.code().level() >= self.widest);
        let clipped = drawn.map(|drawn| (drawn.code(), self.tile.clip(drawn.rings())));
        let clipped: Vec<_> = clipped.filter(|(_, rings)| !rings.is_empty()).collect();
        let codes = clipped.iter().map(|(code, _)| *code);
        let codes: Vec<PlaceCode> = codes.chain(self.spots.iter().copied()).cloned().collect();
        let named = places::named(tx, &codes)?;
        let (mut shapes, mut names) = (Vec::new(), Vec::new());
        let signed = |code: &PlaceCode, says: &[(String, Value)]| {
            let point = points.get(code)?.clone();
            Some(Feature {
                says: says.to_vec(),
                drawing: point,
            })
        };
        for (code, rings) in clipped {
            let says = says(code, named.get(code));
            names.extend(signed(code, &says));
            shapes.push(Feature {
                says,
                drawing: Drawing::Rings(rings),
            });
        }
        for code in &self.spots {
            let mut says = says(code, named.get(*code));
            says.push(("spot".to_owned(), Value::Number(1)));
            names.extend(signed(code, &says));
        }
        let layer = |name, features| Layer { name, features };
        Ok(vec![layer("places", shapes), layer("names", names)])
    }

    /// A point within each place, for those of which it lies in this tile.
    fn points(&self) -> BTreeMap<&'l PlaceCode, Drawing> {
        let within = self.around.iter().filter_map(|drawn| {
            let spot = point_within(drawn.rings())?;
            Some((drawn.code(), spot))
        });
        let known = self.spots.iter().filter_map(|&code| {
            let spot = self.land.spots().of(code)?;
            Some((code, spot))
        });
        let points = within.chain(known).filter_map(|(code, spot)| {
            let dot = self.tile.dot(spot);
            let is_here = self.tile.holds(dot);
            is_here.then_some((code, Drawing::Dot(dot)))
        });
        points.collect()
    }

    /// The narrowest place on the map, of those drawn at this zoom, in which a place lies.
    fn holder(&self, place: &PlaceCode) -> Option<PlaceCode> {
        let around = place.with_ancestors().into_iter();
        let mut around = around.filter(|code| code.level() <= self.narrowest);
        let is_seen =
            |code: &PlaceCode| self.land.of(code).is_some() || self.land.spots().of(code).is_some();
        around.find(is_seen)
    }
}

fn says(code: &PlaceCode, names: Option<&Names>) -> Vec<(String, Value)> {
    let mut says = vec![
        ("code".to_owned(), code.as_str().into()),
        ("level".to_owned(), code.level().word().into()),
    ];
    for (lang, name) in names.iter().flat_map(|names| &names.0) {
        let key = match lang.as_str() {
            "zh" => "name".to_owned(),
            other => format!("name_{other}"),
        };
        says.push((key, name.as_str().into()));
    }
    says
}

#[cfg(test)]
#[path = "tiles_tests.rs"]
mod tests;
