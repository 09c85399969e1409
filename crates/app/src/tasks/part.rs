//! One part of a task: what is wanted of the place, what happened, and what may be done now.

use std::collections::{BTreeMap, btree_map};

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::{FileId, PostId, TaskId};
use huiyin_domain::names::Names;
use huiyin_domain::person::{Post, Role};
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_domain::task::{Entry, Part, Side, Task};
use huiyin_store::{Tx, files, places, posts, task_parts};

use super::look::visible;
use super::{held, seen};
use crate::administration::permit;
use crate::cases::names::named_places;
use crate::error::Thing;
use crate::files::File;
use crate::{App, Error, Refusal};

/// A line of the history, with who did it: unit and role, not the name.
#[derive(Debug, Clone)]
pub struct Line {
    pub entry: Entry,
    pub unit: Names,
    pub role: Option<Role>,
    pub photos: Vec<FileId>,
}

/// A part as somebody sees it.
#[derive(Debug, Clone)]
pub struct Page {
    pub task: Task,
    pub part: Part,
    /// What it lies in, when the reader sees that.
    pub up: Option<PlaceCode>,
    pub giver: Names,
    /// The places whose names tell it from others, the widest first.
    pub place: Vec<Place>,
    pub unit: Names,
    /// Who looks at what is reported.
    pub above: Names,
    pub history: Vec<Line>,
    pub side: Side,
    /// The level to which it can be broken down, and how many places there are.
    pub below: Option<(Level, usize)>,
}

pub async fn look(app: &App, actor: &Actor, id: TaskId, place: PlaceCode) -> Result<Page, Error> {
    permit(actor, Action::TaskRead)?;
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        let held = seen(&actor, held(tx, id, &place)?)?;
        let side = held.standing(&actor).side();
        let up = held.part.above.as_ref().unwrap_or(&held.task.place).clone();
        let up = visible(tx, &actor, id, Some(&up)).is_ok().then_some(up);
        let atlas = inner.atlas(tx)?;
        let named = |unit| atlas.unit(unit).map(|unit| unit.names.clone());
        let below = match side.answers && held.part.state.is_to_do() {
            true => below(tx, &place)?,
            false => None,
        };
        let photos = task_parts::photos(tx, id, &place)?;
        let mut history = Vec::new();
        let mut known: BTreeMap<PostId, Option<Post>> = BTreeMap::new();
        for entry in task_parts::entries(tx, id, &place)? {
            let post = match known.entry(entry.post) {
                btree_map::Entry::Occupied(found) => found.into_mut(),
                btree_map::Entry::Vacant(free) => free.insert(posts::by_id(tx, entry.post)?),
            };
            let own = photos.iter().filter(|(number, _)| *number == entry.number);
            history.push(Line {
                unit: post
                    .as_ref()
                    .and_then(|post| named(post.unit))
                    .unwrap_or_default(),
                role: post.as_ref().map(|post| post.role),
                photos: own.map(|(_, file)| *file).collect(),
                entry,
            });
        }
        Ok::<_, Error>(Page {
            giver: named(held.task.given_unit).unwrap_or_default(),
            place: named_places(tx, &place.told_by())?,
            unit: named(held.part.unit).unwrap_or_default(),
            above: named(held.above).unwrap_or_default(),
            task: held.task,
            part: held.part,
            history,
            side,
            up,
            below,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The level right below a place, and how many open places are there.
fn below(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<Option<(Level, usize)>, Error> {
    if place.level() >= Level::Grid {
        return Ok(None);
    }
    let mut children = places::children(tx, Some(place))?;
    children.retain(|child| child.closed_at.is_none());
    let first = children.first().map(|child| child.code.level());
    Ok(first.map(|level| (level, children.len())))
}

/// A photo of a part, for whoever may see the part.
pub async fn photo(
    app: &App,
    actor: &Actor,
    (id, place): (TaskId, PlaceCode),
    file: FileId,
) -> Result<File, Error> {
    permit(actor, Action::TaskRead)?;
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        seen(&actor, held(tx, id, &place)?)?;
        let none = Refusal::NotFound(Thing::File);
        if task_parts::of_photo(tx, file)? != Some((id, place)) {
            return Err(none.into());
        }
        let file = files::by_id(tx, file)?.filter(|file| file.erased_at.is_none());
        Ok::<_, Error>(file.ok_or(none)?)
    };
    app.store.read(read).await.map_err(Error::from)
}
