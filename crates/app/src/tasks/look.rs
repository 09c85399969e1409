//! The one view of a task: what lies below a place, level by level and place by place, as far as
//! the reader's own place goes.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, HeldPost, Thing as Subject, allows};
use huiyin_domain::id::TaskId;
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_domain::task::{Part, Rollup, State, Task};
use huiyin_store::{Tx, places, task_parts, tasks};

use super::standing;
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
        let (task, top) = visible(tx, &actor, id, at.as_ref())?;
        let at = at.unwrap_or_else(|| top.clone());
        page(&inner, tx, (&actor, task), (&top, &at))
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The task, and the widest place of it that somebody sees; with `at`, of those around it.
pub(super) fn visible(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TaskId,
    at: Option<&PlaceCode>,
) -> Result<(Task, PlaceCode), Error> {
    let none = Refusal::NotFound(Thing::Task);
    let task = tasks::read(tx, id)?.ok_or_else(|| none.clone())?;
    let mut top: Option<PlaceCode> = None;
    for post in &actor.posts {
        let Some(seen) = seen_by(post, &task) else {
            continue;
        };
        if at.is_some_and(|at| !at.is_within(&seen)) {
            continue;
        }
        let is_wider = top.as_ref().is_none_or(|top| top.is_within(&seen));
        if is_wider && !task_parts::within(tx, id, (&seen, None), 1)?.is_empty() {
            top = Some(seen);
        }
    }
    Ok((task, top.ok_or(none)?))
}

/// Where a post begins to see a task: at its own place, or at the top.
fn seen_by(post: &HeldPost, task: &Task) -> Option<PlaceCode> {
    let is_narrower = post.place.is_within(&task.place);
    let top = (post.unit == task.given_unit || !is_narrower).then_some(&task.place);
    let own = is_narrower.then_some(&post.place);
    let sees = |place: &&PlaceCode| {
        let subject = Subject::lying_in(place);
        allows(post, Action::TaskRead, Some(&subject))
    };
    top.into_iter().chain(own).find(sees).cloned()
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
    let sums = sums(tx, &task, at)?;
    let sum = sums.get(at).copied().unwrap_or_default();
    let names = places::children(tx, Some(at))?;
    let mut rows = Vec::with_capacity(children.len());
    for child in children {
        let found = names.iter().find(|place| place.code == child.place);
        let above = part.as_ref().map_or(task.given_unit, |part| part.unit);
        let verifies = |child| {
            standing(actor, (child, above), task.given_unit)
                .verifies
                .is_some()
        };
        rows.push(Row {
            names: match found {
                Some(place) => place.names.clone(),
                None => Names::one("zh", child.place.as_str()),
            },
            unit: named(child.unit).unwrap_or_default(),
            sum: sums.get(&child.place).copied().unwrap_or_default(),
            verifies: child.state == State::Reported && verifies(&child),
            part: child,
        });
    }
    let around = at.with_ancestors().into_iter();
    let around: Vec<PlaceCode> = around.filter(|place| place.is_within(top)).collect();
    let given = (task.given_unit, &task.place);
    Ok(Page {
        giver: named(task.given_unit).unwrap_or_default(),
        steps: steps(&sums, at),
        path: named_places(tx, &around)?,
        may_withdraw: task.withdrawn.is_none()
            && crate::venues::permit_unit(actor, Action::TaskGive, given).is_ok(),
        task,
        part,
        sum,
        rows,
    })
}

/// What lies in each place that has parts or lies around some, up to the one that is shown.
fn sums(
    tx: &mut Tx<'_>,
    task: &Task,
    at: &PlaceCode,
) -> Result<BTreeMap<PlaceCode, Rollup>, Error> {
    let mut sums: BTreeMap<PlaceCode, Rollup> = BTreeMap::new();
    for (place, sum) in task_parts::sums(tx, task.id, (at, Level::Grid))? {
        for around in place.with_ancestors() {
            if around.is_within(at) {
                sums.entry(around).or_default().join(&sum);
            }
        }
    }
    Ok(sums)
}

/// Level by level: how many places, and in how many of them all is struck off.
fn steps(sums: &BTreeMap<PlaceCode, Rollup>, at: &PlaceCode) -> Vec<Step> {
    let mut steps: BTreeMap<Level, Step> = BTreeMap::new();
    for (place, sum) in sums.iter().filter(|(place, _)| *place != at) {
        let level = place.level();
        let none = Step {
            level,
            places: 0,
            done: 0,
        };
        let step = steps.entry(level).or_insert(none);
        step.places += 1;
        step.done += i64::from(sum.is_done());
    }
    steps.into_values().collect()
}
