//! The wall screen: the live picture of an area for everybody in the room. It tells counts of
//! areas and kinds, and what happened last, no nearer than a street and five minutes. No words
//! that anybody wrote, and nobody's name.
//!
//! However many screens hang on the walls, the picture of one area is drawn once in
//! [`FRESH`]: whoever asks in between gets the one that is there.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use huiyin_domain::access::{Action, Actor, Scope, scope};
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_store::lists::{self, BoardLine};
use huiyin_store::rollups::{self, Sum};
use huiyin_store::{DbError, Tx};
use jiff::{SignedDuration, Timestamp};

use super::board::horizons;
use crate::cases::figures::measure;
use crate::cases::list::{Filter, Order, State};
use crate::cases::names::named_places;
use crate::{App, Error, Refusal};

/// So long a picture is good.
pub const FRESH: SignedDuration = SignedDuration::from_secs(5);
/// So many areas are told apart; the rest is in the sums.
const AREAS_MAX: usize = 8;
const URGENT_MAX: usize = 5;
const EVENTS_MAX: usize = 4;
/// Pictures of so many different areas are kept.
const SHOWN_MAX: usize = 64;
/// What happened is told no nearer than this.
const COARSE_S: i64 = 5 * 60;

/// Counts of one area, or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Came in today.
    pub opened: i64,
    /// Closed today.
    pub closed: i64,
    pub late: i64,
    /// Falls due today.
    pub soon: i64,
    pub urgent: i64,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Opened,
    Closed,
    Overdue,
}

impl What {
    const ALL: [(&'static str, What); 3] = [
        (measure::OPENED, What::Opened),
        (measure::CLOSED, What::Closed),
        (measure::OVERDUE, What::Overdue),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            What::Opened => "opened",
            What::Closed => "closed",
            What::Overdue => "overdue",
        }
    }
}

/// Something that happened, somewhere in a street, within some five minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub at: Timestamp,
    pub what: What,
    pub kind: String,
    pub area: PlaceCode,
    pub count: i64,
}

/// The picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// The minute.
    pub at: Timestamp,
    pub all: Counts,
    /// Those with most that is late first.
    pub areas: Vec<(PlaceCode, Counts)>,
    /// Urgent cases that are open, by kind and area.
    pub urgent: Vec<(String, PlaceCode, i64)>,
    /// The latest first.
    pub events: Vec<Event>,
    pub names: BTreeMap<PlaceCode, Names>,
}

/// How often something has happened today.
type Tally = BTreeMap<(What, String, PlaceCode), i64>;

/// One area's picture, with what is needed to see what has changed.
#[derive(Debug, Default)]
struct Shown {
    drawn_at: Option<Timestamp>,
    picture: Arc<Picture>,
    tally: Option<Tally>,
    events: VecDeque<Event>,
}

type Slot = Arc<tokio::sync::Mutex<Shown>>;

/// The pictures that somebody looks at.
#[derive(Debug, Default)]
pub(crate) struct ScreenShelf(Mutex<BTreeMap<Vec<PlaceCode>, Slot>>);

impl ScreenShelf {
    fn slot(&self, places: &[PlaceCode]) -> Slot {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= SHOWN_MAX && !slots.contains_key(places) {
            // Those that nobody is drawing now are drawn anew when asked for.
            slots.retain(|_, slot| Arc::strong_count(slot) > 1);
        }
        slots.entry(places.to_vec()).or_default().clone()
    }
}

/// The picture of what the actor looks after.
pub async fn look(app: &App, actor: &Actor) -> Result<Arc<Picture>, Error> {
    let scope = scope(actor, Action::FiguresRead);
    if scope.places().is_empty() && !scope.is_everything() {
        return Err(Refusal::NotPermitted.into());
    }
    let slot = app.screens.slot(scope.places());
    let mut shown = slot.lock().await;
    let now = app.now();
    let is_fresh = |drawn: Timestamp| now.duration_since(drawn).abs() < FRESH;
    if shown.drawn_at.is_some_and(is_fresh) {
        return Ok(shown.picture.clone());
    }
    let looked = gather(app, scope, shown.tally.is_none(), now).await?;
    shown.note(&looked, now);
    shown.picture = Arc::new(looked.picture(&shown.events, now));
    shown.drawn_at = Some(now);
    Ok(shown.picture.clone())
}

impl Shown {
    /// What has happened since the last look.
    fn note(&mut self, looked: &Looked, now: Timestamp) {
        let tally = looked.tally();
        match &self.tally {
            None => self.events.extend(looked.came.iter().cloned()),
            Some(before) => {
                for ((what, kind, area), count) in &tally {
                    let key = (*what, kind.clone(), area.clone());
                    // A day begins at nothing.
                    let more = count - before.get(&key).copied().unwrap_or(0).min(*count);
                    if more > 0 {
                        self.events.push_front(Event {
                            at: coarse(now),
                            what: *what,
                            kind: kind.clone(),
                            area: area.clone(),
                            count: more,
                        });
                    }
                }
            }
        }
        self.events.truncate(EVENTS_MAX);
        self.tally = Some(tally);
    }
}

/// What was read for one picture.
struct Looked {
    lines: Vec<BoardLine>,
    sums: Vec<Sum>,
    /// What came in last, for a screen that has just been lit.
    came: Vec<Event>,
    names: BTreeMap<PlaceCode, Names>,
    /// How near the areas are told.
    level: Level,
}

async fn gather(app: &App, scope: Scope, is_first: bool, now: Timestamp) -> Result<Looked, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<Looked, DbError> {
        let today = inner.config.day(now);
        let lines = lists::board(tx, &scope, now, horizons(&inner.config, now))?;
        let mut sums = rollups::sums(tx, [today, today], None)?;
        sums.retain(|sum| {
            let mut places = scope.places().iter();
            scope.is_everything() || places.any(|place| sum.street.is_within(place))
        });
        let level = level(&lines, &sums);
        let came = match is_first {
            true => came(tx, &scope, level)?,
            false => Vec::new(),
        };
        let streets = lines.iter().map(|line| &line.street);
        let streets = streets.chain(sums.iter().map(|sum| &sum.street));
        let areas = streets.map(|street| area(street, level));
        let areas = areas.chain(came.iter().map(|event| event.area.clone()));
        let names = named_places(tx, &areas.collect::<Vec<_>>())?.into_iter();
        Ok(Looked {
            names: names.map(|place| (place.code, place.names)).collect(),
            lines,
            sums,
            came,
            level,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Streets, unless there are so many that counties say more.
fn level(lines: &[BoardLine], sums: &[Sum]) -> Level {
    let streets = lines.iter().map(|line| &line.street);
    let streets = streets.chain(sums.iter().map(|sum| &sum.street));
    let mut counties: Vec<_> = streets.map(|street| street.at(Level::County)).collect();
    counties.sort();
    counties.dedup();
    match counties.len() > 1 {
        true => Level::County,
        false => Level::Street,
    }
}

fn area(street: &PlaceCode, level: Level) -> PlaceCode {
    street.at(level).unwrap_or_else(|| street.clone())
}

/// The beginning of the five minutes in which something happened.
fn coarse(at: Timestamp) -> Timestamp {
    let seconds = at.as_second();
    Timestamp::from_second(seconds - seconds.rem_euclid(COARSE_S)).unwrap_or(at)
}

/// What came in last.
fn came(tx: &mut Tx<'_>, scope: &Scope, level: Level) -> Result<Vec<Event>, DbError> {
    let filter = Filter {
        state: State::All,
        order: Order::Newest,
        ..Filter::default()
    };
    let page = lists::list(tx, scope, &filter, None, EVENTS_MAX)?;
    let event = |row: lists::CaseRow| Event {
        at: coarse(row.opened_at),
        what: What::Opened,
        kind: row.kind,
        area: area(&row.place, level),
        count: 1,
    };
    Ok(page.rows.into_iter().map(event).collect())
}

impl Looked {
    fn tally(&self) -> Tally {
        let mut tally = Tally::new();
        for sum in &self.sums {
            let what = What::ALL.iter().find(|(word, _)| *word == sum.measure);
            if let Some((_, what)) = what {
                let key = (*what, sum.kind.clone(), area(&sum.street, self.level));
                *tally.entry(key).or_default() += sum.amount;
            }
        }
        tally
    }

    fn picture(&self, events: &VecDeque<Event>, now: Timestamp) -> Picture {
        let mut areas: BTreeMap<PlaceCode, Counts> = BTreeMap::new();
        let mut urgent: BTreeMap<(String, PlaceCode), i64> = BTreeMap::new();
        for line in &self.lines {
            let area = area(&line.street, self.level);
            let counts = areas.entry(area.clone()).or_default();
            counts.late += line.late;
            counts.soon += line.soon[0];
            counts.urgent += line.urgent;
            if line.urgent > 0 {
                *urgent.entry((line.kind.clone(), area)).or_default() += line.urgent;
            }
        }
        for ((what, _, area), count) in self.tally() {
            let counts = areas.entry(area).or_default();
            match what {
                What::Opened => counts.opened += count,
                What::Closed => counts.closed += count,
                What::Overdue => {}
            }
        }
        let mut all = Counts::default();
        for counts in areas.values() {
            all.opened += counts.opened;
            all.closed += counts.closed;
            all.late += counts.late;
            all.soon += counts.soon;
            all.urgent += counts.urgent;
        }
        let mut areas: Vec<_> = areas.into_iter().collect();
        areas.sort_by_key(|(_, counts)| (-counts.late, -counts.soon, -counts.opened));
        areas.truncate(AREAS_MAX);
        let urgent = urgent
            .into_iter()
            .map(|((kind, area), count)| (kind, area, count));
        let mut urgent: Vec<_> = urgent.collect();
        urgent.sort_by_key(|(.., count)| -count);
        urgent.truncate(URGENT_MAX);
        let minute = now.as_second() - now.as_second().rem_euclid(60);
        Picture {
            at: Timestamp::from_second(minute).unwrap_or(now),
            all,
            areas,
            urgent,
            events: events.iter().cloned().collect(),
            names: self.names.clone(),
        }
    }
}
