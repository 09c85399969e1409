//! What a map shows, as a list: the places right within one, and how many cases are open in
//! each, as far as the reader's scope goes.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::geo::{self, Bounds, Land};
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_store::lists::{self, Lying};
use huiyin_store::{DbError, Tx, places};
use jiff::Timestamp;

use crate::cases::names::named_places;
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// So many open cases are counted, those that fall due first.
const CASES_MAX: i64 = 20_000;

/// How many cases are open, and how many of them are late.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub open: i64,
    pub late: i64,
}

impl Count {
    pub(super) fn add(&mut self, case: &Lying, now: Timestamp) {
        self.open += 1;
        self.late += i64::from(case.due_at.is_some_and(|due| due < now));
    }
}

/// A place right within the one that is shown.
#[derive(Debug, Clone)]
pub struct Row {
    pub place: Place,
    pub count: Count,
    pub has_inside: bool,
}

/// A place on the map.
#[derive(Debug, Clone)]
pub struct Map {
    /// From the widest place that the reader looks after to the one that is shown; empty when
    /// everything is.
    pub path: Vec<Place>,
    /// The places right within it; those with late cases first.
    pub rows: Vec<Row>,
    /// Of the cases that lie in none of these.
    pub right_here: Count,
    pub all: Count,
    /// Whether there may be more than was counted.
    pub is_capped: bool,
    /// What the map shows; none when nothing is drawn.
    pub bounds: Option<Bounds>,
}

/// The map of a place, or of all that the actor looks after.
pub async fn map(app: &App, actor: &Actor, at: Option<PlaceCode>) -> Result<Map, Error> {
    let scope = scope(actor, Action::CaseList);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let own = actor.posts.iter().map(|post| Some(post.place.clone()));
    let top = own.reduce(|a, b| a?.common_with(&b?)).flatten();
    let at = at.or_else(|| top.clone());
    let (inner, now) = (app.clone(), app.now());
    let read = move |tx: &mut Tx<'_>| {
        if let Some(at) = &at
            && places::read(tx, at)?.is_none()
        {
            return Err(Error::from(Refusal::NotFound(Thing::Place)));
        }
        let cases = lists::lying(tx, &scope, at.as_ref(), CASES_MAX)?;
        let is_capped = i64::try_from(cases.len()).is_ok_and(|count| count >= CASES_MAX);
        let level = below(at.as_ref());
        let (mut all, mut right_here) = (Count::default(), Count::default());
        let mut counts: BTreeMap<PlaceCode, Count> = BTreeMap::new();
        for case in &cases {
            all.add(case, now);
            match level.and_then(|level| case.place.at(level)) {
                Some(child) => counts.entry(child).or_default().add(case, now),
                None => right_here.add(case, now),
            }
        }
        let land = inner.land.current(tx)?;
        Ok(Map {
            path: path(tx, top.as_ref(), at.as_ref())?,
            rows: rows(tx, at.as_ref(), &counts)?,
            right_here,
            all,
            is_capped,
            bounds: bounds(&land, at.as_ref()),
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The level right below a place, or the widest of all.
fn below(place: Option<&PlaceCode>) -> Option<Level> {
    place.map_or(Some(Level::Prefecture), |place| place.level().below())
}

fn path(
    tx: &mut Tx<'_>,
    top: Option<&PlaceCode>,
    at: Option<&PlaceCode>,
) -> Result<Vec<Place>, DbError> {
    let around = at.map(PlaceCode::with_ancestors).unwrap_or_default();
    let is_own = |place: &PlaceCode| match top {
        Some(top) => place.is_within(top) || at == Some(place),
        None => true,
    };
    let own: Vec<PlaceCode> = around.into_iter().filter(is_own).collect();
    named_places(tx, &own)
}

fn rows(
    tx: &mut Tx<'_>,
    at: Option<&PlaceCode>,
    counts: &BTreeMap<PlaceCode, Count>,
) -> Result<Vec<Row>, DbError> {
    let mut rows = Vec::new();
    if below(at).is_none() {
        return Ok(rows);
    }
    for place in places::children(tx, at)? {
        let count = counts.get(&place.code).copied().unwrap_or_default();
        // A place that was closed still shows what is open there.
        if place.closed_at.is_none() || count.open > 0 {
            rows.push(Row {
                has_inside: places::has_inside(tx, &place.code)?,
                place,
                count,
            });
        }
    }
    rows.sort_by_key(|row| (-row.count.late, -row.count.open));
    Ok(rows)
}

/// The box around a place, or around what is drawn in it.
pub(super) fn bounds(land: &Land, at: Option<&PlaceCode>) -> Option<Bounds> {
    let around = |a: Bounds, b: Bounds| a.with(b);
    let Some(at) = at else {
        return land.all().map(|drawn| drawn.bounds()).reduce(around);
    };
    if let Some(drawn) = land.of(at) {
        return Some(drawn.bounds());
    }
    let drawn = land.within(at).map(|drawn| drawn.bounds());
    let spots = land.spots().within(at);
    drawn
        .chain(spots.map(|(_, spot)| geo::around(spot)))
        .reduce(around)
}

/// The box around a place, or around what is drawn in it; none when nothing is.
pub async fn drawn(app: &App, at: PlaceCode) -> Result<Option<Bounds>, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<_, DbError> {
        let land = inner.land.current(tx)?;
        Ok(bounds(&land, Some(&at)))
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The box around a place on the map, or around what is drawn in it; where nothing is, of what is
/// around it.
pub async fn around(app: &App, at: PlaceCode) -> Result<Option<Bounds>, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<_, DbError> {
        let land = inner.land.current(tx)?;
        let around = at.with_ancestors();
        Ok(around.iter().find_map(|around| bounds(&land, Some(around))))
    };
    app.store.read(read).await.map_err(Error::from)
}
