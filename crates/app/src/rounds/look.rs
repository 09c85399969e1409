//! Look at rounds: what lies before somebody today, how all of them stand, one round, one spot.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::id::{ChecklistId, RoundId, SpotId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::round::{Line, Standing as Stands};
use huiyin_store::checklists::{self, Cadence, Checklist, Spot};
use huiyin_store::findings::{self, Standing};
use huiyin_store::rounds::{self, Answer, Listed, Stop};
use huiyin_store::{Tx, places};
use jiff::ToSpan;
use jiff::civil::Date;

use super::answer::next_of;
use super::{kind, walked};
use crate::administration::permit;
use crate::cases::list::{self, Filter};
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub const ROUNDS_MAX: i64 = 50;
pub const SPOTS_SHOWN_MAX: i64 = 100;
/// A round that was missed so many days ago is no longer before anybody.
const MISSED_SHOWN_DAYS: i64 = 14;
const CASES_MAX: usize = 20;
const ANSWERS_MAX: i64 = 10;
const FINDINGS_MAX: i64 = 100;

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
        let rounds = rounds::open(tx, &within, since, ROUNDS_MAX)?;
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
            checks = cases(app, actor, filter).await?;
            // Whoever mended it does not check it.
            let is_own = |unit: UnitId| actor.posts.iter().any(|post| post.unit == unit);
            checks
                .rows
                .retain(|row| !row.owner.unit().is_some_and(is_own));
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

async fn cases(app: &App, actor: &Actor, filter: Filter) -> Result<list::Reply, Error> {
    let request = list::Request {
        filter,
        limit: CASES_MAX,
        ..list::Request::default()
    };
    list::list(app, actor, request).await
}

/// What the names of these places are, one look for each of them: there are few.
fn called<'p>(
    tx: &mut Tx<'_>,
    codes: impl Iterator<Item = &'p PlaceCode>,
) -> Result<PlaceNames, Error> {
    let mut names = PlaceNames::new();
    for code in codes {
        if !names.contains_key(code)
            && let Some(place) = places::read(tx, code)?
        {
            names.insert(code.clone(), place.names);
        }
    }
    Ok(names)
}

/// How the rounds of somebody's places stand, and what was not seen for how long.
#[derive(Debug, Clone)]
pub struct Overview {
    pub day: Date,
    pub rounds: Vec<Listed>,
    pub least_seen: Vec<Spot>,
    pub places: PlaceNames,
    /// Whether any round begins after a storm.
    pub after_storm: usize,
}

pub async fn overview(app: &App, actor: &Actor) -> Result<Overview, Error> {
    permit(actor, Action::RoundsWalk)?;
    let day = app.config.day(app.now());
    let within = scope(actor, Action::RoundsWalk);
    let read = move |tx: &mut Tx<'_>| {
        let rounds = rounds::latest(tx, &within, ROUNDS_MAX)?;
        let least_seen = checklists::least_seen(tx, &within, 20)?;
        let codes = rounds.iter().map(|one| &one.round.place);
        let places = called(tx, codes.chain(least_seen.iter().map(|spot| &spot.place)))?;
        let cadences = checklists::cadences_within(tx, &within, ROUNDS_MAX)?;
        let storm = cadences
            .iter()
            .filter(|one| one.every == huiyin_domain::round::Every::Storm);
        Ok::<_, Error>(Overview {
            day,
            after_storm: storm.count(),
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
    pub place: Names,
    pub stops: Vec<Stop>,
    pub places: PlaceNames,
    pub found: Vec<Standing>,
    pub next: Option<SpotId>,
}

pub async fn show(app: &App, actor: &Actor, id: RoundId) -> Result<Shown, Error> {
    permit(actor, Action::RoundsWalk)?;
    let day = app.config.day(app.now());
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let listed = walked(tx, &actor, id)?;
        let stops = rounds::stops(tx, id)?;
        let codes = stops.iter().map(|stop| &stop.place);
        let places = called(tx, codes.chain([&listed.round.place]))?;
        let next = stops.iter().find(|stop| stop.settled_at.is_none());
        Ok::<_, Error>(Shown {
            day,
            place: places.get(&listed.round.place).cloned().unwrap_or_default(),
            next: next.map(|stop| stop.spot),
            found: findings::of_round(tx, id, FINDINGS_MAX)?,
            listed,
            stops,
            places,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// One spot of a round, with what was said of it and what is known.
#[derive(Debug, Clone)]
pub struct At {
    pub listed: Listed,
    pub stop: Stop,
    pub place: Names,
    pub lines: Vec<Line>,
    pub answers: Vec<Answer>,
    /// What was found before, by the code of the line.
    pub known: BTreeMap<String, Standing>,
    pub next: Option<SpotId>,
}

pub async fn at(app: &App, actor: &Actor, (round, spot): (RoundId, SpotId)) -> Result<At, Error> {
    permit(actor, Action::RoundsWalk)?;
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let listed = walked(tx, &actor, round)?;
        let stops = rounds::stops(tx, round)?;
        let next = next_of(&stops, spot);
        let stop = stops.into_iter().find(|stop| stop.spot == spot);
        let stop = stop.ok_or(Refusal::NotFound(Thing::Spot))?;
        let walked = &listed.round;
        let lines = checklists::version(tx, walked.checklist, walked.version)?;
        let lines = lines.map(|(_, lines)| lines).unwrap_or_default();
        let known = findings::of_spot(tx, spot, FINDINGS_MAX)?;
        let mut by_line = BTreeMap::new();
        for one in known {
            by_line.entry(one.finding.line.clone()).or_insert(one);
        }
        let place = places::read(tx, &stop.place)?;
        Ok::<_, Error>(At {
            place: place.map(|place| place.names).unwrap_or_default(),
            answers: rounds::answers(tx, (round, spot), ANSWERS_MAX)?,
            known: by_line,
            listed,
            stop,
            lines,
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
}

pub async fn kept(app: &App, actor: &Actor) -> Result<Kept, Error> {
    permit(actor, Action::RoundsKeep)?;
    let within = scope(actor, Action::RoundsKeep);
    let read = move |tx: &mut Tx<'_>| {
        let spots = checklists::spots_within(tx, &within, SPOTS_SHOWN_MAX)?;
        let cadences = checklists::cadences_within(tx, &within, ROUNDS_MAX)?;
        let codes = spots.iter().map(|spot| &spot.place);
        let places = called(tx, codes.chain(cadences.iter().map(|one| &one.place)))?;
        Ok::<_, Error>(Kept {
            checklists: checklists::within(tx, &within, ROUNDS_MAX)?,
            spots,
            cadences,
            places,
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
