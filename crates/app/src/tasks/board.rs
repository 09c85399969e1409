//! The board: what lies on somebody's desk, what waits for them to look at it, what goes on below
//! them, and what is done.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_domain::access::{Action, Actor, may_somewhere};
use huiyin_domain::id::{TaskId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::task::{Part, Rollup, Sort, State, Task};
use huiyin_store::task_parts::Lying;
use huiyin_store::{Tx, task_parts, tasks};
use jiff::ToSpan;
use jiff::civil::Date;

use super::{desks, may_with};
use crate::administration::permit;
use crate::cases::names::named_places;
use crate::{App, Error};

/// What was due longer ago than this has left the board; it is in the calendar.
const DAYS_BACK: i64 = 60;
const DAYS_AHEAD: i64 = 400;
const ROWS_MAX: i64 = 200;
/// So many of what a unit gave are shown.
const GIVEN_MAX: i64 = 40;

/// What is looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    pub sort: Option<Sort>,
    pub late: Lateness,
}

/// Whether only what is late is looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lateness {
    #[default]
    Any,
    Late,
}

/// In which column of the board a card hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Somebody here has to report it.
    ToDo,
    /// Reports from below wait here.
    ToVerify,
    /// It was reported, and lies above.
    Waiting,
    /// Others have it, below.
    Below,
    Done,
}

impl Column {
    pub const ALL: [Column; 5] = [
        Column::ToDo,
        Column::ToVerify,
        Column::Waiting,
        Column::Below,
        Column::Done,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Column::ToDo => "to-do",
            Column::ToVerify => "to-verify",
            Column::Waiting => "waiting",
            Column::Below => "below",
            Column::Done => "done",
        }
    }
}

/// A task on the board.
#[derive(Debug, Clone)]
pub struct Card {
    pub column: Column,
    pub task: Task,
    /// The part of the place of the reader; none for what their unit gave.
    pub part: Option<Part>,
    pub place: Names,
    pub sum: Rollup,
    /// How many reports wait for the reader.
    pub waiting: i64,
}

/// The board of whoever asks.
#[derive(Debug, Clone, Default)]
pub struct Board {
    pub cards: Vec<Card>,
    pub may_give: bool,
}

pub async fn look(app: &App, actor: &Actor, filter: Filter) -> Result<Board, Error> {
    permit(actor, Action::TaskRead)?;
    let today = app.config.day(app.now());
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let waiting = waiting(tx, &actor)?;
        let mut cards = own(tx, &actor, (today, &waiting))?;
        given(tx, &actor, (&mut cards, &waiting))?;
        cards.retain(|card| fits(card, filter, today));
        name(tx, &mut cards)?;
        cards.sort_by_key(|card| (card.column, card.task.due_on, card.task.id));
        Ok::<_, Error>(Board {
            cards,
            may_give: may_somewhere(&actor, Action::TaskGive),
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

fn fits(card: &Card, filter: Filter, today: Date) -> bool {
    let is_late = card.task.is_late_on(today) && card.column != Column::Done;
    filter.sort.is_none_or(|sort| sort == card.task.sort)
        && (filter.late == Lateness::Any || is_late)
}

type Waiting = BTreeMap<TaskId, i64>;

/// How many reports wait for one of the units for which somebody strikes off.
fn waiting(tx: &mut Tx<'_>, actor: &Actor) -> Result<Waiting, Error> {
    let mut waiting = BTreeMap::new();
    if !may_somewhere(actor, Action::TaskVerify) {
        return Ok(waiting);
    }
    for unit in units(actor) {
        for (task, count) in task_parts::to_verify(tx, unit, ROWS_MAX)? {
            *waiting.entry(task).or_default() += count;
        }
    }
    Ok(waiting)
}

fn units(actor: &Actor) -> BTreeSet<UnitId> {
    actor.posts.iter().map(|post| post.unit).collect()
}

/// The parts of exactly the places of the reader's posts, and those that their units have for
/// places without a unit.
fn own(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (today, waiting): (Date, &Waiting),
) -> Result<Vec<Card>, Error> {
    let span = (
        today.saturating_sub(DAYS_BACK.days()),
        today.saturating_add(DAYS_AHEAD.days()),
    );
    let (mut cards, desks) = (Vec::new(), desks(actor));
    for &place in &desks {
        let below = task_parts::sums_below(tx, place, span)?;
        for lying in task_parts::at(tx, place, span, ROWS_MAX)? {
            let sum = below.get(&lying.1.id).copied().unwrap_or_default();
            cards.extend(card(lying, sum, waiting));
        }
    }
    for unit in units(actor) {
        for lying in task_parts::left_to(tx, unit, span, ROWS_MAX)? {
            let mut posts = actor.posts.iter();
            let answers = posts.any(|post| may_with(post, Action::TaskReport, &lying.0));
            if answers && !desks.contains(&lying.0.place) {
                cards.extend(card(lying, Rollup::default(), waiting));
            }
        }
    }
    Ok(cards)
}

/// The card of a part; none when nothing is to be done with it any more.
fn card((part, task): Lying, sum: Rollup, waiting: &Waiting) -> Option<Card> {
    let waiting = waiting.get(&task.id).copied().unwrap_or_default();
    let column = match part.state {
        State::Withdrawn => return None,
        State::Verified => Column::Done,
        State::Reported => Column::Waiting,
        State::Given | State::Noted | State::SentBack => Column::ToDo,
        State::BrokenDown if task.withdrawn.is_some() => return None,
        State::BrokenDown => column_of(&sum, waiting),
    };
    Some(Card {
        column,
        task,
        part: Some(part),
        place: Names::default(),
        sum,
        waiting,
    })
}

fn column_of(sum: &Rollup, waiting: i64) -> Column {
    match waiting {
        _ if sum.is_done() => Column::Done,
        0 => Column::Below,
        _ => Column::ToVerify,
    }
}

/// What the reader's units gave, unless it hangs there already.
fn given(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (cards, waiting): (&mut Vec<Card>, &Waiting),
) -> Result<(), Error> {
    if !may_somewhere(actor, Action::TaskGive) {
        return Ok(());
    }
    for unit in units(actor) {
        let sums = task_parts::sums_of_unit(tx, unit, None, GIVEN_MAX)?;
        for task in tasks::of_unit(tx, unit, None, GIVEN_MAX)? {
            let hangs = cards.iter().any(|card| card.task.id == task.id);
            if hangs || task.withdrawn.is_some() {
                continue;
            }
            let sum = sums.get(&task.id).copied().unwrap_or_default();
            let waiting = waiting.get(&task.id).copied().unwrap_or_default();
            cards.push(Card {
                column: column_of(&sum, waiting),
                part: None,
                place: Names::default(),
                sum,
                waiting,
                task,
            });
        }
    }
    Ok(())
}

fn name(tx: &mut Tx<'_>, cards: &mut [Card]) -> Result<(), Error> {
    let place = |card: &Card| match &card.part {
        Some(part) => part.place.clone(),
        None => card.task.place.clone(),
    };
    let codes: Vec<PlaceCode> = cards.iter().map(place).collect();
    let named = named_places(tx, &codes)?;
    for (card, code) in cards.iter_mut().zip(&codes) {
        let found = named.iter().find(|place| &place.code == code);
        card.place = found.map(|place| place.names.clone()).unwrap_or_default();
    }
    Ok(())
}
