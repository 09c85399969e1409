//! The doors of a place and of all that lies in it; that a contact was left is told, the contact
//! never.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, Scope, scope};
use huiyin_domain::household::{Household, asked_again_until};
use huiyin_domain::id::HouseholdId;
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_store::{DbError, Tx, households, places};
use jiff::civil::Date;

use super::post_at;
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub use huiyin_store::households::Line;

/// So many doors are shown at once.
pub const SHOWN: usize = 100;
/// So many are named that are to be asked again.
const ASKED_MAX: i64 = 50;
/// So many places are there to choose from for a door.
const PLACES_MAX: i64 = 300;

/// So many doors are there to choose from.
const CHOICES_MAX: i64 = 400;

/// What a page of doors shows.
#[derive(Debug, Clone)]
pub struct Listing {
    pub place: Place,
    /// Open doors, with those of all that lies in the place.
    pub count: i64,
    pub lines: Vec<Line>,
    /// Behind which the next page begins.
    pub more: Option<HouseholdId>,
    /// The open places right inside, and how many doors each has.
    pub inside: Vec<(Place, i64)>,
    /// The open places in which a door can lie: the place itself, and all in it down to the unit of a
    /// building.
    pub for_a_door: Vec<Place>,
    /// Doors whose contact runs out soon.
    pub asked_again: Vec<Line>,
    /// What the places of the lines are called.
    pub names: BTreeMap<PlaceCode, Names>,
}

pub async fn list(
    app: &App,
    actor: &Actor,
    (place, after): (PlaceCode, Option<HouseholdId>),
) -> Result<Listing, Error> {
    post_at(actor, Action::HouseholdsRead, &place)?;
    let today = app.config.day(app.now());
    let read = move |tx: &mut Tx<'_>| listing(tx, &place, (after, today));
    app.store.read(read).await.map_err(Error::from)
}

fn listing(
    tx: &mut Tx<'_>,
    code: &PlaceCode,
    (after, today): (Option<HouseholdId>, Date),
) -> Result<Listing, Error> {
    let place = places::read(tx, code)?.ok_or(Refusal::NotFound(Thing::Place))?;
    let after = match after {
        Some(after) => households::read(tx, after)?,
        None => None,
    };
    let limit = i64::try_from(SHOWN).unwrap_or(i64::MAX).saturating_add(1);
    let mut lines = households::within(tx, code, after.as_ref(), limit)?;
    let has_more = lines.len() > SHOWN;
    lines.truncate(SHOWN);
    let more = lines.last().filter(|_| has_more);
    let more = more.map(|last| last.household.id);
    let until = asked_again_until(today);
    let mut asked_again = households::asked_again(tx, (code, until), ASKED_MAX)?;
    for line in lines.iter_mut().chain(&mut asked_again) {
        line.kept_until = line.kept_until.filter(|until| *until >= today);
    }
    asked_again.retain(|line| line.kept_until.is_some());
    let codes: Vec<PlaceCode> = lines
        .iter()
        .chain(&asked_again)
        .map(|line| line.household.place.clone())
        .collect();
    Ok(Listing {
        count: households::count_within(tx, code)?,
        inside: inside(tx, code)?,
        for_a_door: for_a_door(tx, &place)?,
        names: names_of(tx, &codes)?,
        lines,
        more,
        asked_again,
        place,
    })
}

fn inside(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Vec<(Place, i64)>, DbError> {
    let counts: BTreeMap<PlaceCode, i64> =
        households::counts_below(tx, place)?.into_iter().collect();
    let children = places::children(tx, Some(place))?;
    let open = children.into_iter().filter(|one| one.closed_at.is_none());
    let counted = open.map(|one| {
        let count = counts.get(&one.code).copied().unwrap_or_default();
        (one, count)
    });
    Ok(counted.collect())
}

/// Doors lie in what a community has, not in a county.
fn for_a_door(tx: &mut Tx<'_>, place: &Place) -> Result<Vec<Place>, DbError> {
    if place.code.level() < Level::Community || place.closed_at.is_some() {
        return Ok(Vec::new());
    }
    let mut all = vec![place.clone()];
    all.extend(places::below(tx, &place.code, Level::Door, PLACES_MAX)?);
    Ok(all)
}

/// The names of places and of those that tell them apart.
pub(super) fn names_of(
    tx: &mut Tx<'_>,
    codes: &[PlaceCode],
) -> Result<BTreeMap<PlaceCode, Names>, DbError> {
    let mut around: Vec<PlaceCode> = codes.iter().flat_map(PlaceCode::told_by).collect();
    around.sort();
    around.dedup();
    places::named(tx, &around)
}

/// The places whose doors the actor reads, the widest of each.
pub async fn own(app: &App, actor: &Actor) -> Result<Vec<Place>, Error> {
    let scope = scope(actor, Action::HouseholdsRead);
    let read = move |tx: &mut Tx<'_>| own_places(tx, &scope);
    app.store.read(read).await.map_err(Error::from)
}

/// The same, with how many doors each of them has.
pub async fn own_counted(app: &App, actor: &Actor) -> Result<Vec<(Place, i64)>, Error> {
    let scope = scope(actor, Action::HouseholdsRead);
    let read = move |tx: &mut Tx<'_>| {
        let own = own_places(tx, &scope)?.into_iter();
        own.map(|place| {
            let count = households::count_within(tx, &place.code)?;
            Ok((place, count))
        })
        .collect::<Result<Vec<_>, DbError>>()
    };
    app.store.read(read).await.map_err(Error::from)
}

fn own_places(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Place>, DbError> {
    let own = scope.places().iter().map(|code| places::read(tx, code));
    own.filter_map(Result::transpose).collect()
}

/// How many doors a place has, for whoever reads them; none for everybody else.
pub async fn count(app: &App, actor: &Actor, place: PlaceCode) -> Result<Option<i64>, Error> {
    if post_at(actor, Action::HouseholdsRead, &place).is_err() {
        return Ok(None);
    }
    let read = move |tx: &mut Tx<'_>| households::count_within(tx, &place);
    app.store.read(read).await.map(Some).map_err(Error::from)
}

/// Doors to choose from, and what their places are called.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    pub doors: Vec<Household>,
    pub names: BTreeMap<PlaceCode, Names>,
}

/// The open doors of a place and of all that lies in it, to choose one from; the first ones, when
/// there are many.
pub async fn choices(app: &App, actor: &Actor, place: PlaceCode) -> Result<Choices, Error> {
    post_at(actor, Action::HouseholdsRead, &place)?;
    let read = move |tx: &mut Tx<'_>| {
        let lines = households::within(tx, &place, None, CHOICES_MAX)?;
        let doors = lines.into_iter().map(|line| line.household);
        let doors: Vec<Household> = doors.filter(|door| door.closed_at.is_none()).collect();
        let codes: Vec<PlaceCode> = doors.iter().map(|door| door.place.clone()).collect();
        let names = names_of(tx, &codes)?;
        Ok::<_, DbError>(Choices { doors, names })
    };
    app.store.read(read).await.map_err(Error::from)
}
