//! The one view of a task: what lies below a place, level by level and place by place, as far as
//! the reader's own place goes.

use huiyin_domain::access::{Action, Actor, HeldPost, Thing as Subject, may};
use huiyin_domain::id::TaskId;
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_domain::task::{Part, Rollup, State, Task};
use huiyin_store::{Tx, places, task_parts, tasks};

use super::{Held, standing};
use crate::administration::permit;
use crate::cases::names::named_places;
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// More parts lie right below no place.
const CHILDREN_MAX: i64 = 1_000;

/// A place right below.
#[derive(Debug, Clone)]
pub struct Row {
    pub part: Part,
    pub names: Names,
    pub unit: Names,
    /// What lies in it.
    pub sum: Rollup,
    /// The reader may strike it off.
    pub verifies: bool,
}

/// How many places of a level there are, and in how many all is struck off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub level: Level,
    pub places: i64,
    pub done: i64,
}

/// A task as it is seen from a place.
#[derive(Debug, Clone)]
pub struct Page {
    pub task: Task,
    pub giver: Names,
    /// From the widest place that the reader sees to the one that is shown.
    pub path: Vec<Place>,
    /// Who has the place that is shown; none at the top.
    pub part: Option<Part>,
    pub unit: Option<Names>,
    pub sum: Rollup,
    pub steps: Vec<Step>,
    pub rows: Vec<Row>,
    pub may_withdraw: bool,
}

/// The task from its top, or from the widest place that the reader sees; `at` is narrower.
pub async fn look(
    app: &App,
    actor: &Actor,
    id: TaskId,
    at: Option<PlaceCode>,
) -> Result<Page, Error> {
    permit(actor, Action::TaskRead)?;
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        let (task, top) = visible(tx, &actor, id)?;
        let at = at.unwrap_or_else(|| top.clone());
        if !at.is_within(&top) {
            return Err(Refusal::NotFound(Thing::Task).into());
        }
        page(&inner, tx, (&actor, task), (&top, &at))
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The task, and the widest place of it that somebody sees.
pub(super) fn visible(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TaskId,
) -> Result<(Task, PlaceCode), Error> {
    let none = Refusal::NotFound(Thing::Task);
    let task = tasks::read(tx, id)?.ok_or_else(|| none.clone())?;
    let mut top: Option<PlaceCode> = None;
    for post in &actor.posts {
        let Some(seen) = seen_by(actor, post, &task) else {
            continue;
        };
        let is_wider = top.as_ref().is_none_or(|top| top.is_within(&seen));
        if is_wider && !task_parts::within(tx, id, (&seen, None), 1)?.is_empty() {
            top = Some(seen);
        }
    }
    Ok((task, top.ok_or(none)?))
}

/// Where a post begins to see a task: at its own place, or at the top.
fn seen_by(actor: &Actor, post: &HeldPost, task: &Task) -> Option<PlaceCode> {
    let alone = Actor {
        who: actor.who,
        posts: vec![post.clone()],
    };
    let is_narrower = post.place.is_within(&task.place);
    let place = match is_narrower && post.unit != task.given_unit {
        true => &post.place,
        false => &task.place,
    };
    let subject = Subject {
        place: place.clone(),
        owner_unit: None,
        opened_unit: None,
        called_units: Vec::new(),
    };
    may(&alone, Action::TaskRead, Some(&subject)).then(|| place.clone())
}

fn page(
    app: &App,
    tx: &mut Tx<'_>,
    (actor, task): (&Actor, Task),
    (top, at): (&PlaceCode, &PlaceCode),
) -> Result<Page, Error> {
    let atlas = app.atlas(tx)?;
    let named = |unit| atlas.unit(unit).map(|unit| unit.names.clone());
    let part = task_parts::read(tx, task.id, at)?;
    let is_root = at == &task.place;
    if part.is_none() && !is_root {
        return Err(Refusal::NotFound(Thing::Task).into());
    }
    let above = match is_root {
        true => None,
        false => Some(at),
    };
    let children = task_parts::children(tx, task.id, above, CHILDREN_MAX)?;
    let level = children.first().map(|part| part.place.level());
    let sums = match level {
        Some(level) => task_parts::sums(tx, task.id, (at, level))?,
        None => Default::default(),
    };
    let mut sum = Rollup::default();
    sums.values().for_each(|below| sum.join(below));
    let names = places::children(tx, Some(at))?;
    let mut rows = Vec::with_capacity(children.len());
    for child in children {
        let found = names.iter().find(|place| place.code == child.place);
        let held = Held {
            above: part.as_ref().map_or(task.given_unit, |part| part.unit),
            task: task.clone(),
            part: child,
        };
        rows.push(Row {
            names: match found {
                Some(place) => place.names.clone(),
                None => Names::one("zh", held.part.place.as_str()),
            },
            unit: named(held.part.unit).unwrap_or_default(),
            sum: sums.get(&held.part.place).copied().unwrap_or_default(),
            verifies: held.part.state == State::Reported && standing(actor, &held).side.verifies,
            part: held.part,
        });
    }
    let around = at.with_ancestors().into_iter();
    let around: Vec<PlaceCode> = around.filter(|place| place.is_within(top)).collect();
    let given = (task.given_unit, &task.place);
    Ok(Page {
        giver: named(task.given_unit).unwrap_or_default(),
        steps: steps(tx, &task, at)?,
        path: named_places(tx, &around)?,
        unit: part.as_ref().and_then(|part| named(part.unit)),
        may_withdraw: task.withdrawn.is_none()
            && crate::venues::permit_unit(actor, Action::TaskGive, given).is_ok(),
        task,
        part,
        sum,
        rows,
    })
}

/// Level by level: how many places, and in how many of them all is struck off.
fn steps(tx: &mut Tx<'_>, task: &Task, at: &PlaceCode) -> Result<Vec<Step>, Error> {
    let mut steps = Vec::new();
    let levels = Level::ALL.into_iter().map(|(level, _)| level);
    for level in levels.filter(|level| *level > at.level() && *level <= Level::Grid) {
        let sums = task_parts::sums(tx, task.id, (at, level))?;
        let here = sums.iter().filter(|(place, _)| place.level() == level);
        let (mut places, mut done) = (0, 0);
        for (_, sum) in here {
            places += 1;
            done += i64::from(sum.is_done());
        }
        if places > 0 {
            steps.push(Step {
                level,
                places,
                done,
            });
        }
    }
    Ok(steps)
}
