//! The three rates of a period, by unit, place, item or kind, counted from the histories of
//! cases as they were known on a day. Nothing is kept of them, so nothing can be out of date.

use std::collections::BTreeMap;
use std::sync::Arc;

use huiyin_domain::access::{Action, Actor, Relation, Scope, scope};
use huiyin_domain::case::{Class, Kind, Kinds};
use huiyin_domain::id::UnitId;
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::rates::{Contribution, Line, RateRules, Rates, Shape, contributions};
use huiyin_domain::unit::ItemCode;
use huiyin_store::histories::{Extent, HistoryLine, Window, histories};
use huiyin_store::{DbError, Tx};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::rules::of_rates;
use crate::cases::kind_versions::add_kept;
use crate::cases::names::named_places;
use crate::{App, Error, Refusal};

/// By what the rates are told apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum By {
    #[default]
    Unit,
    /// Community, or what is wider.
    Place,
    Item,
    Kind,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// None: a volunteer.
    Unit(Option<UnitId>),
    Place(PlaceCode),
    Item(Option<ItemCode>),
    Kind(String),
}

/// Which rates are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    pub first: Date,
    pub last: Date,
    /// What was known at the end of this day counts.
    pub as_of: Date,
    pub by: By,
}

/// The rates of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub rules: RateRules,
    pub total: Rates,
    pub groups: BTreeMap<Group, Rates>,
    pub places: BTreeMap<PlaceCode, Names>,
}

/// A longer period is not counted in one go.
const DAYS_MAX: i32 = 366;
/// Nor are more cases: this many take a few seconds.
const CASES_MAX: i64 = 50_000;

/// Counts the rates of what the actor may see figures of.
pub async fn rates(app: &App, actor: &Actor, request: Request) -> Result<Reply, Error> {
    let scope = scope(actor, Action::FiguresRead);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let Request { first, last, .. } = request;
    let today = app.config.day(app.now());
    let days = first.until(last).map_or(i32::MAX, |span| span.get_days());
    if last < first || days >= DAYS_MAX || request.as_of < last || request.as_of > today {
        return Err(Refusal::rule(Class::Invalid, "rates-period").into());
    }
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, Error> {
        let found = counted(&inner, tx, &scope, request)?;
        let rules = *of_rates(tx)?.on(last);
        let mut reply = Reply {
            rules,
            total: Rates::default(),
            groups: BTreeMap::new(),
            places: BTreeMap::new(),
        };
        for one in &found {
            reply.total.add(one);
            let group = group_of(one, request.by);
            reply.groups.entry(group).or_default().add(one);
        }
        let codes: Vec<PlaceCode> = reply
            .groups
            .keys()
            .filter_map(|group| match group {
                Group::Place(place) => Some(place.clone()),
                _ => None,
            })
            .collect();
        let named = named_places(tx, &codes)?;
        let named = named.into_iter().map(|place| (place.code, place.names));
        reply.places = named.collect();
        Ok(reply)
    };
    // One at a time: whoever counts much never keeps all readers from those who work.
    let turn = app.counting.acquire().await;
    let _turn = turn.expect("the semaphore is never closed");
    app.store.read(read).await.map_err(Error::from)
}

fn group_of(one: &Contribution, by: By) -> Group {
    match by {
        By::Unit => Group::Unit(one.unit),
        By::Item => Group::Item(one.item.clone()),
        By::Kind => Group::Kind(one.kind.clone()),
        By::Place => {
            let community = one.place.at(Level::Community);
            Group::Place(community.unwrap_or_else(|| one.place.clone()))
        }
    }
}

/// Everything that counts in the period and within the scope, as known on the day.
fn counted(
    app: &App,
    tx: &mut Tx<'_>,
    scope: &Scope,
    request: Request,
) -> Result<Vec<Contribution>, Error> {
    let mut kinds = (*app.kinds()).clone();
    add_kept(tx, &mut kinds)?;
    let rules = of_rates(tx)?;
    let zone = &app.config.time_zone;
    let since = start_of(request.first, zone)?;
    let known = end_of(request.as_of, zone)?.min(app.now());
    let due = |opened: Timestamp| {
        let hours = rules.on(app.config.day(opened)).response_hours;
        opened + SignedDuration::from_hours(hours)
    };
    let period = request.first..=request.last;
    let mut found = Vec::new();
    let window = Window {
        since,
        // What came in after the period counts in another one.
        until: end_of(request.last, zone)?,
        cases_max: CASES_MAX,
    };
    let extent = histories(tx, scope, window, |_, history| {
        let spoken = Spoken::read(&kinds, history)?;
        let counts = contributions(&spoken.lines(history), known, due);
        let counts = counts
            .into_iter()
            .filter(|one| period.contains(&app.config.day(one.at)) && is_within(scope, one));
        found.extend(counts);
        Ok(())
    })?;
    match extent {
        Extent::All => Ok(found),
        Extent::TooMany => Err(Refusal::rule(Class::Invalid, "rates-many").into()),
    }
}

/// Whoever looks after a place sees what happened there, a unit what counts to itself.
fn is_within(scope: &Scope, one: &Contribution) -> bool {
    let own = one
        .unit
        .is_some_and(|unit| scope.reaches(unit, Relation::Own));
    let mut places = scope.places().iter();
    scope.is_everything() || own || places.any(|place| one.place.is_within(place))
}

/// Shapes and kinds of the lines of one history.
struct Spoken {
    shapes: Vec<Shape>,
    kinds: Vec<Arc<Kind>>,
}

impl Spoken {
    fn read(kinds: &Kinds, history: &[HistoryLine]) -> Result<Spoken, DbError> {
        let broken = |what: &str| DbError::Broken(format!("{what} of an entry cannot be read"));
        let last = history
            .last()
            .and_then(|line| kinds.by_hash(line.kind_hash));
        let mut kind = last.ok_or_else(|| broken("the kind"))?.clone();
        let mut spoken = Spoken {
            shapes: Vec::with_capacity(history.len()),
            kinds: Vec::with_capacity(history.len()),
        };
        for line in history.iter().rev() {
            let shape: Value =
                serde_json::from_str(&line.shape).map_err(|_| broken("the shape"))?;
            let before = shape.get("kind_before").and_then(Value::as_str);
            if let Some(before) = before.and_then(|slug| kinds.by_slug(slug)) {
                kind = before.clone();
            }
            spoken.kinds.push(kind.clone());
            let shape = serde_json::from_value(shape).map_err(|_| broken("the shape"))?;
            spoken.shapes.push(shape);
        }
        spoken.shapes.reverse();
        spoken.kinds.reverse();
        Ok(spoken)
    }

    fn lines<'a>(&'a self, history: &'a [HistoryLine]) -> Vec<Line<'a>> {
        let parts = history.iter().zip(&self.shapes).zip(&self.kinds);
        let line = |((line, shape), kind): ((&'a HistoryLine, &'a Shape), &'a Arc<Kind>)| Line {
            kind,
            at: line.at,
            step: &line.step,
            to: &line.to,
            shape,
        };
        parts.map(line).collect()
    }
}

fn start_of(day: Date, zone: &TimeZone) -> Result<Timestamp, Error> {
    let start = day.to_zoned(zone.clone());
    let start = start.map_err(|fault| Error::broken("looking for the start of a day", fault))?;
    Ok(start.timestamp())
}

/// The last instant of a day.
fn end_of(day: Date, zone: &TimeZone) -> Result<Timestamp, Error> {
    let next = day.tomorrow();
    let next = next.map_err(|fault| Error::broken("looking for the end of a day", fault))?;
    Ok(start_of(next, zone)? - SignedDuration::from_micros(1))
}
