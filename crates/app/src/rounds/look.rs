//! Look at rounds: what lies before somebody today, how all of them stand, one round, one spot.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::id::{ChecklistId, RoundId, SpotId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::round::{Line, Standing as Stands};
use huiyin_store::checklists;
use huiyin_store::findings;
use huiyin_store::rounds;

use huiyin_store::Tx;
pub use huiyin_store::checklists::{Cadence, Checklist, Spot};
pub use huiyin_store::findings::Standing;
pub use huiyin_store::rounds::{Answer, Listed, Stop};
use jiff::ToSpan;
use jiff::civil::Date;

use super::next_of;
use super::{kind, walked};
use crate::administration::permit;
use crate::cases::list::{self, Filter};
use crate::cases::names::named_places;
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub const ROUNDS_MAX: i64 = 50;
pub const SPOTS_SHOWN_MAX: i64 = 1_000;
/// So many checklists, and so many cadences, somebody keeps.
pub(super) const KEPT_MAX: i64 = 500;
/// A round that was missed so many days ago is no longer before anybody.
const MISSED_SHOWN_DAYS: i64 = 14;
const CASES_MAX: usize = 20;
/// Of so many those are picked out that the reader may check.
const CHECKS_READ_MAX: usize = 100;
const ANSWERS_MAX: i64 = 10;
const FINDINGS_MAX: i64 = 100;
/// What is open at the spots of one round.
const OPEN_MAX: i64 = 500;

pub type PlaceNames = BTreeMap<PlaceCode, Names>;

/// How a round stands today.
pub fn stands(listed: &Listed, today: Date) -> Stands {
    match listed.round.done_at {
        Some(_) => Stands::Done,
        None if listed.round.until < today => Stands::Missed,
        None => Stands::Open,
    }
}

/// What lies before somebody today.
#[derive(Debug, Clone)]
pub struct Today {
    pub day: Date,
    pub rounds: Vec<Listed>,
    pub places: PlaceNames,
    /// Cases of their unit that fall due first.
    pub due: list::Reply,
    /// What is said to be mended, and they may check.
    pub checks: list::Reply,
}

pub async fn today(app: &App, actor: &Actor) -> Result<Today, Error> {
    permit(actor, Action::RoundsWalk)?;
    let day = app.config.day(app.now());
    let within = scope(actor, Action::RoundsWalk);
    let read = move |tx: &mut Tx<'_>| {
        let since = day.saturating_sub(MISSED_SHOWN_DAYS.days());
        let mut rounds = rounds::open(tx, &within, (since, day), ROUNDS_MAX)?;
        rounds.sort_by_key(|one| (one.round.until < day, one.round.until));
        let places = called(tx, rounds.iter().map(|one| &one.round.place))?;
        Ok::<_, Error>((rounds, places))
    };
    let (rounds, places) = app.store.read(read).await.map_err(Error::from)?;
    let own = actor.posts.first().map(|post| post.unit);
    let due = cases(
        app,
        actor,
        Filter {
            owner: own,
            ..Filter::default()
        },
        CASES_MAX,
    )
    .await?;
    let mut checks = list::Reply::default();
    if let Ok((kind, finding)) = kind(app) {
        let check = kind.step(&finding.check);
        if let Some(stage) = check.and_then(|step| step.from.first()) {
            let filter = Filter {
                kind: Some(kind.slug.clone()),
                stage: Some(stage.clone()),
                ..Filter::default()
            };
            checks = cases(app, actor, filter, CHECKS_READ_MAX).await?;
            // Whoever mended it does not check it.
            let is_own = |unit: UnitId| actor.posts.iter().any(|post| post.unit == unit);
            checks
                .rows
                .retain(|row| !row.owner.unit().is_some_and(is_own));
            checks.rows.truncate(CASES_MAX);
        }
    }
    Ok(Today {
        day,
        rounds,
        places,
        due,
        checks,
    })
}

async fn cases(
    app: &App,
    actor: &Actor,
    filter: Filter,
    limit: usize,
) -> Result<list::Reply, Error> {
    let request = list::Request {
        filter,
        limit,
        ..list::Request::default()
    };
    list::list(app, actor, request).await
}

/// The names of these places, with what each is told by.
pub(crate) fn called<'p>(
    tx: &mut Tx<'_>,
    codes: impl Iterator<Item = &'p PlaceCode>,
) -> Result<PlaceNames, Error> {
    let codes: Vec<PlaceCode> = codes.flat_map(PlaceCode::told_by).collect();
    let named = named_places(tx, &codes)?.into_iter();
    Ok(named.map(|place| (place.code, place.names)).collect())
}

/// How the rounds of somebody's places stand, and what was not seen for how long.
#[derive(Debug, Clone)]
pub struct Overview {
    pub day: Date,
    pub rounds: Vec<Listed>,
    pub least_seen: Vec<Spot>,
    pub places: PlaceNames,
}

pub async fn overview(app: &App, actor: &Actor) -> Result<Overview, Error> {
    permit(actor, Action::RoundsWalk)?;
    let day = app.config.day(app.now());
    let within = scope(actor, Action::RoundsWalk);
    let read = move |tx: &mut Tx<'_>| {
        let mut rounds = rounds::latest(tx, &within, ROUNDS_MAX)?;
        rounds.sort_by_key(|one| std::cmp::Reverse(one.round.day));
        let least_seen = checklists::least_seen(tx, &within, 20)?;
        let codes = rounds.iter().map(|one| &one.round.place);
        let places = called(tx, codes.chain(least_seen.iter().map(|spot| &spot.place)))?;
        Ok::<_, Error>(Overview {
            day,
            rounds,
            least_seen,
            places,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// A round with its spots and what was found on it.
#[derive(Debug, Clone)]
pub struct Shown {
    pub day: Date,
    pub listed: Listed,
    pub stops: Vec<Stop>,
    pub places: PlaceNames,
    /// What is looked at in each spot.
    pub lines: Vec<Line>,
    /// What is known of each spot and is not mended yet.
    pub known: BTreeMap<SpotId, Known>,
    pub found: Vec<Standing>,
    pub next: Option<SpotId>,
}

/// What was found before, by the code of the line.
pub type Known = BTreeMap<String, Standing>;

pub async fn show(app: &App, actor: &Actor, id: RoundId) -> Result<Shown, Error> {
    permit(actor, Action::RoundsWalk)?;
    let day = app.config.day(app.now());
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let listed = walked(tx, &actor, id)?;
        let stops = rounds::stops(tx, id)?;
        let codes = stops.iter().map(|stop| &stop.place);
        let places = called(tx, codes.chain([&listed.round.place]))?;
        let mut known: BTreeMap<SpotId, Known> = BTreeMap::new();
        for one in findings::open_on(tx, id, OPEN_MAX)? {
            let of_spot = known.entry(one.finding.spot).or_default();
            of_spot.entry(one.finding.line.clone()).or_insert(one);
        }
        Ok::<_, Error>(Shown {
            day,
            next: goes_on(&stops),
            lines: lines(tx, &listed)?,
            known,
            found: findings::of_round(tx, id, FINDINGS_MAX)?,
            listed,
            stops,
            places,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The lines of the version with which a round is walked.
fn lines(tx: &mut Tx<'_>, listed: &Listed) -> Result<Vec<Line>, Error> {
    let round = &listed.round;
    let version = checklists::version(tx, round.checklist, round.version)?;
    Ok(version.map(|(_, lines)| lines).unwrap_or_default())
}

/// Where the round goes on: behind the spot that was settled last.
fn goes_on(stops: &[Stop]) -> Option<SpotId> {
    let settled = stops.iter().filter(|stop| stop.settled_at.is_some());
    match settled.max_by_key(|stop| stop.settled_at) {
        Some(last) => next_of(stops, last.spot),
        None => stops.first().map(|stop| stop.spot),
    }
}

/// One spot of a round, with what was said of it and what is known.
#[derive(Debug, Clone)]
pub struct At {
    pub day: Date,
    pub listed: Listed,
    pub stop: Stop,
    pub places: PlaceNames,
    pub lines: Vec<Line>,
    pub answers: Vec<Answer>,
    pub known: Known,
    pub next: Option<SpotId>,
}

pub async fn at(app: &App, actor: &Actor, (round, spot): (RoundId, SpotId)) -> Result<At, Error> {
    permit(actor, Action::RoundsWalk)?;
    let day = app.config.day(app.now());
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let listed = walked(tx, &actor, round)?;
        let stops = rounds::stops(tx, round)?;
        let next = next_of(&stops, spot);
        let stop = stops.into_iter().find(|stop| stop.spot == spot);
        let stop = stop.ok_or(Refusal::NotFound(Thing::Spot))?;
        let mut known = Known::new();
        for one in findings::of_spot(tx, spot, FINDINGS_MAX)? {
            known.entry(one.finding.line.clone()).or_insert(one);
        }
        known.retain(|_, one| one.closed_at.is_none());
        Ok::<_, Error>(At {
            day,
            places: called(tx, [&stop.place, &listed.round.place].into_iter())?,
            answers: rounds::answers(tx, (round, spot), ANSWERS_MAX)?,
            lines: lines(tx, &listed)?,
            known,
            listed,
            stop,
            next,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// What the community keeps: checklists, spots, cadences.
#[derive(Debug, Clone)]
pub struct Kept {
    pub checklists: Vec<Checklist>,
    pub spots: Vec<Spot>,
    pub cadences: Vec<Cadence>,
    pub places: PlaceNames,
    pub day: Date,
}

pub async fn kept(app: &App, actor: &Actor) -> Result<Kept, Error> {
    permit(actor, Action::RoundsKeep)?;
    let day = app.config.day(app.now());
    let within = scope(actor, Action::RoundsKeep);
    let read = move |tx: &mut Tx<'_>| {
        let spots = checklists::spots_within(tx, &within, SPOTS_SHOWN_MAX)?;
        let cadences = checklists::cadences_within(tx, &within, KEPT_MAX)?;
        let codes = spots.iter().map(|spot| &spot.place);
        let places = called(tx, codes.chain(cadences.iter().map(|one| &one.place)))?;
        Ok::<_, Error>(Kept {
            checklists: checklists::within(tx, &within, KEPT_MAX)?,
            spots,
            cadences,
            places,
            day,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// One checklist, for whoever keeps it.
pub async fn checklist(app: &App, actor: &Actor, id: ChecklistId) -> Result<Checklist, Error> {
    permit(actor, Action::RoundsKeep)?;
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let held = checklists::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Checklist))?;
        match crate::venues::post_for(&actor, Action::RoundsKeep, &held.place) {
            Ok(_) => Ok::<_, Error>(held),
            Err(_) => Err(Refusal::NotFound(Thing::Checklist).into()),
        }
    };
    app.store.read(read).await.map_err(Error::from)
}

/// One spot, for whoever keeps it.
pub async fn spot(app: &App, actor: &Actor, id: SpotId) -> Result<(Spot, PlaceNames), Error> {
    permit(actor, Action::RoundsKeep)?;
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let held = checklists::spot(tx, id)?.ok_or(Refusal::NotFound(Thing::Spot))?;
        if crate::venues::post_for(&actor, Action::RoundsKeep, &held.place).is_err() {
            return Err(Refusal::NotFound(Thing::Spot).into());
        }
        let places = called(tx, [&held.place].into_iter())?;
        Ok::<_, Error>((held, places))
    };
    app.store.read(read).await.map_err(Error::from)
}
