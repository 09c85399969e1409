//! A sweep that makes the rounds whose day has come: one for each grid of the place, so that
//! everybody finds theirs. On a day off nothing is made; what was missed stays, and the next one
//! comes all the same.

use std::collections::BTreeMap;

use huiyin_domain::id::{RoundId, SpotId};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::round::{Stop, walk};
use huiyin_store::Tx;
use huiyin_store::checklists::{self, Cadence, Spot};
use huiyin_store::rounds::{self, Round};
use jiff::civil::Date;

use super::SPOTS_MAX;
use crate::cases::names::named_places;
use crate::{App, Error};

const BATCH: usize = 100;
/// Of so many it is looked whether their place works today.
const READ_MAX: i64 = 2_000;
/// So many spots of a sort are in a place for which rounds come, over all its grids.
const SPOTS_OF_PLACE_MAX: i64 = 5_000;

/// How many rounds were made.
pub async fn sweep(app: &App) -> Result<u64, Error> {
    let today = app.config.day(app.now());
    let inner = app.clone();
    let due = move |tx: &mut Tx<'_>| {
        let almanac = inner.almanac(tx)?;
        let mut due = checklists::cadences_due(tx, today, READ_MAX)?;
        due.retain(|cadence| {
            almanac
                .calendar(Some(&cadence.place), None)
                .is_working(today)
        });
        due.truncate(BATCH);
        Ok::<_, Error>(due)
    };
    let mut made = 0;
    for cadence in app.store.read(due).await.map_err(Error::from)? {
        let inner = app.clone();
        let write = move |tx: &mut Tx<'_>| one(&inner, tx, &cadence, today);
        made += app.store.write(0, write).await.map_err(Error::from)?;
    }
    Ok(made)
}

fn one(app: &App, tx: &mut Tx<'_>, cadence: &Cadence, today: Date) -> Result<u64, Error> {
    let held = checklists::lock_cadence(tx, cadence.id)?;
    let is_due = |held: &Cadence| held.next_on.is_some_and(|day| day <= today);
    let Some(held) = held.filter(|held| held.closed_at.is_none() && is_due(held)) else {
        return Ok(0);
    };
    let calendar = app.almanac(tx)?.calendar(Some(&held.place), None);
    let Some(next) = held.every.after(held.first_on, today) else {
        return Ok(0);
    };
    if !calendar.is_working(today) {
        return Ok(0);
    }
    let ready = ready(app, tx, &held, today)?;
    // --- everything is checked; from here on we write ---
    for round in &ready {
        round.write(tx)?;
    }
    checklists::set_next(tx, held.id, next)?;
    Ok(ready.len() as u64)
}

/// A round that may be written.
pub(super) struct Ready {
    round: Round,
    spots: Vec<SpotId>,
}

impl Ready {
    pub fn write(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        Ok(rounds::insert(tx, &self.round, &self.spots)?)
    }
}

/// The rounds of a day that are not there yet; none where there is nothing to look at.
pub(super) fn ready(
    app: &App,
    tx: &mut Tx<'_>,
    cadence: &Cadence,
    day: Date,
) -> Result<Vec<Ready>, Error> {
    let checklist = checklists::read(tx, cadence.checklist)?;
    let Some(checklist) = checklist.filter(|one| one.closed_at.is_none()) else {
        return Ok(Vec::new());
    };
    let mut by_grid: BTreeMap<PlaceCode, Vec<Spot>> = BTreeMap::new();
    for spot in checklists::spots_of(tx, (&cadence.place, checklist.sort), SPOTS_OF_PLACE_MAX)? {
        let grid = spot.place.at(Level::Grid);
        let grid = grid.filter(|grid| grid.is_within(&cadence.place));
        let grid = grid.unwrap_or_else(|| cadence.place.clone());
        let spots = by_grid.entry(grid).or_default();
        if spots.len() < SPOTS_MAX {
            spots.push(spot);
        }
    }
    for made in rounds::places_of_day(tx, cadence.id, day)? {
        by_grid.remove(&made);
    }
    let centres = centres(tx, by_grid.values().flatten())?;
    let mut ready = Vec::new();
    for (place, spots) in by_grid {
        let round = Round {
            id: RoundId::from_raw(app.mint()),
            cadence: cadence.id,
            checklist: checklist.id,
            version: checklist.version,
            unit: cadence.unit,
            place,
            day,
            until: cadence.every.until(day),
            made_at: app.now(),
            done_at: None,
        };
        let spots = in_order(&centres, spots);
        ready.push(Ready { round, spots });
    }
    Ok(ready)
}

type Centres = BTreeMap<PlaceCode, (f64, f64)>;

/// Where the places lie that are drawn.
fn centres<'s>(tx: &mut Tx<'_>, spots: impl Iterator<Item = &'s Spot>) -> Result<Centres, Error> {
    let codes: Vec<PlaceCode> = spots.map(|spot| spot.place.clone()).collect();
    let drawn = named_places(tx, &codes)?.into_iter();
    let drawn = drawn.filter_map(|place| Some((place.code, centre(place.shape.as_deref()?)?)));
    Ok(drawn.collect())
}

/// In the order of walking.
fn in_order(centres: &Centres, spots: Vec<Spot>) -> Vec<SpotId> {
    let stops = spots.into_iter().map(|spot| Stop {
        key: spot.id,
        position: spot.position,
        at: centres.get(&spot.place).copied(),
        place: spot.place,
    });
    walk(stops.collect())
}

/// The middle of all points of a drawn place.
fn centre(shape: &str) -> Option<(f64, f64)> {
    fn points(value: &serde_json::Value, found: &mut Vec<(f64, f64)>) {
        match value {
            serde_json::Value::Array(list) => match (list.first(), list.get(1)) {
                (Some(x), Some(y)) if x.is_number() && y.is_number() => {
                    found.extend(x.as_f64().zip(y.as_f64()));
                }
                _ => list.iter().for_each(|inner| points(inner, found)),
            },
            serde_json::Value::Object(map) => {
                map.values().for_each(|inner| points(inner, found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    points(&serde_json::from_str(shape).ok()?, &mut found);
    let count = found.len() as f64;
    let sum = found
        .iter()
        .fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
    (count > 0.0).then(|| (sum.0 / count, sum.1 / count))
}
