//! Split a place, merge it with its neighbours, or move it into another one.
//!
//! The old places close and new ones are made; what is open keeps the place of its day. So that
//! nobody loses their work: whoever held a post in an old place holds it in each that took
//! over, with their shifts; their teams go along, and the doors of households; the lines of the duty list hold there, too; and whoever holds a post
//! in a place reaches the cases of those from which it took over.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use huiyin_domain::access::{
    Action, Actor, HeldPost, Thing as Standing, Who, allows, may_somewhere,
};
use huiyin_domain::case::Class;
use huiyin_domain::geo::{Geometry, Shape, System, to_geojson, union};
use huiyin_domain::id::{PlaceChangeId, PostId};
use huiyin_domain::names::Names;
use huiyin_domain::person::Post;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::place_change::{self, INSIDE_MAX, Old, PARTS_MAX, Part, Plan, Sort};
use huiyin_store::place_changes::{self, PlaceChange};
use huiyin_store::{Tx, places, posts, shifts};
use jiff::Timestamp;

use super::cover::area;
use super::put::{good_names, good_shape};
use super::shelf;
use crate::administration::Record;
use crate::atlas::AtlasShelf;
use crate::error::Thing;
use crate::households::follow::follow;
use crate::import::clean;
use crate::teams::go_along::{Along, Stood, go_along, teams_within};
use crate::{App, Error, Refusal};

pub const REASON_CHARS_MAX: usize = 200;

/// What is to become of a place.
#[derive(Debug, Clone)]
pub enum What {
    /// Into these; each place right inside goes to one of them, by its place in the list.
    Split {
        parts: Vec<Part>,
        goes: BTreeMap<PlaceCode, usize>,
    },
    /// With these neighbours, into one of this name.
    Merge { with: Vec<PlaceCode>, names: Names },
    /// Into that place, under this name.
    Move { there: PlaceCode, names: Names },
}

#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever shows the form.
    pub id: PlaceChangeId,
    pub place: PlaceCode,
    pub what: What,
    pub reason: String,
}

impl Request {
    /// Every place that is changed.
    fn from(&self) -> Vec<PlaceCode> {
        let mut from = vec![self.place.clone()];
        if let What::Merge { with, .. } = &self.what {
            from.extend(with.iter().cloned());
        }
        from
    }

    fn sort(&self) -> Sort {
        match self.what {
            What::Split { .. } => Sort::Split,
            What::Merge { .. } => Sort::Merge,
            What::Move { .. } => Sort::Move,
        }
    }
}

/// Gives the places that there are now.
pub async fn change(app: &App, actor: &Actor, request: Request) -> Result<Vec<PlaceCode>, Error> {
    let post = may_change(actor, &request)?;
    let request = good(request)?;
    let now = app.now();
    let record = Record::new(app, actor, act(request.sort()), &request.place);
    let (inner, key) = (app.clone(), request.id.get());
    let write = move |tx: &mut Tx<'_>| {
        if let Some(done) = place_changes::by_id(tx, request.id)? {
            return match done.sort == request.sort() && done.from == request.from() {
                true => Ok(done.to),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        let plan = plan(tx, &request)?;
        let carried = carried(&inner, tx, &plan, now)?;
        // --- everything is checked; from here on we write ---
        for place in &plan.made {
            places::put(tx, place)?;
        }
        for code in &plan.closed {
            places::close(tx, code, Some(now))?;
        }
        let change = PlaceChange {
            id: request.id,
            at: now,
            sort: request.sort(),
            from: plan.from.clone(),
            to: plan.to.clone(),
            reason: request.reason.clone(),
            post,
        };
        place_changes::insert(tx, &change, &plan.heirs)?;
        place_changes::carry_duties(tx, change.id)?;
        carry(&inner, tx, &carried, post)?;
        follow(tx, &plan.from, &carried.heirs)?;
        AtlasShelf::touch(tx)?;
        shelf::touch(tx)?;
        record.keep(tx)?;
        Ok::<_, Error>(plan.to)
    };
    app.store.write(key, write).await.map_err(Error::from)
}

/// The key of the line in the log of administration.
fn act(sort: Sort) -> &'static str {
    match sort {
        Sort::Split => "place-split",
        Sort::Merge => "place-merged",
        Sort::Move => "place-moved",
    }
}

/// Whether the actor may, for every place that it is about, and from which post.
fn may_change(actor: &Actor, request: &Request) -> Result<PostId, Refusal> {
    if actor.who == Who::Anyone {
        return Err(Refusal::SignInNeeded);
    }
    let mut about = request.from();
    if let What::Move { there, .. } = &request.what {
        about.push(there.clone());
    }
    let may_all = |post: &&HeldPost| {
        let may_one = |place: &PlaceCode| {
            let standing = Standing::lying_in(place);
            allows(post, Action::PlacesChange, Some(&standing))
        };
        about.iter().all(may_one)
    };
    match actor.posts.iter().find(may_all) {
        Some(post) => Ok(post.post),
        None if may_somewhere(actor, Action::PlacesChange) => Err(Refusal::NotFound(Thing::Place)),
        None => Err(Refusal::NotPermitted),
    }
}

/// The request with its texts as they are kept.
fn good(mut request: Request) -> Result<Request, Refusal> {
    request.reason = clean(&request.reason);
    if request.reason.is_empty() {
        return Err(Refusal::field("reason", "fault-required"));
    }
    if request.reason.chars().count() > REASON_CHARS_MAX {
        return Err(Refusal::too_long("reason", REASON_CHARS_MAX));
    }
    match &mut request.what {
        What::Split { parts, .. } => {
            for (number, part) in (1..).zip(parts) {
                let field = |refusal: Refusal| refusal_of_part(number, refusal);
                part.names = good_names(std::mem::take(&mut part.names)).map_err(field)?;
                let shape = part.shape.take();
                let shape = shape.map(|shape| good_shape(&shape, System::Wgs84));
                part.shape = shape
                    .transpose()
                    .map_err(|fault| Refusal::field(&format!("shape-{number}"), fault.key()))?;
            }
        }
        What::Merge { names, .. } | What::Move { names, .. } => {
            *names = good_names(std::mem::take(names))?;
        }
    }
    Ok(request)
}

/// The same refusal, at the field of its part.
fn refusal_of_part(number: usize, refusal: Refusal) -> Refusal {
    match refusal.faults() {
        [fault] => Refusal::field(&format!("{}-{number}", fault.field), fault.key),
        _ => refusal,
    }
}

fn plan(tx: &mut Tx<'_>, request: &Request) -> Result<Plan, Error> {
    let parent = match &request.what {
        What::Move { there, .. } => {
            let found = places::read(tx, there)?;
            if found.is_none_or(|place| place.closed_at.is_some()) {
                return Err(Refusal::field("there", "fault-no-parent").into());
            }
            Some(there.clone())
        }
        _ => request.place.parent(),
    };
    lock(tx, request, parent.as_ref())?;
    let taken: BTreeSet<PlaceCode> = match &parent {
        Some(parent) => places::child_codes(tx, parent)?.into_iter().collect(),
        None => BTreeSet::new(),
    };
    let from = request.from();
    if from.len() > PARTS_MAX {
        return Err(refused(place_change::Fault::TooMany));
    }
    let mut olds = Vec::with_capacity(from.len());
    for code in &from {
        olds.push(old(tx, code)?);
    }
    let plan = match &request.what {
        What::Split { parts, goes } => place_change::split(&olds[0], parts, goes, &taken),
        What::Merge { names, .. } => {
            let whole = Part {
                names: names.clone(),
                shape: together(&olds),
            };
            place_change::merge(&olds, whole, &taken)
        }
        What::Move { there, names } => {
            let part = Part {
                names: names.clone(),
                shape: olds[0].place.shape.clone(),
            };
            place_change::shift(&olds[0], there, part, &taken)
        }
    };
    plan.map_err(refused)
}

/// Whoever changes places side by side waits, so that no number is given twice; everybody takes
/// them in one order.
fn lock(tx: &mut Tx<'_>, request: &Request, parent: Option<&PlaceCode>) -> Result<(), Error> {
    let mut all: BTreeSet<PlaceCode> = request.from().into_iter().collect();
    all.extend(parent.cloned());
    for code in &all {
        places::lock(tx, code)?;
    }
    Ok(())
}

fn refused(fault: place_change::Fault) -> Error {
    Refusal::rule(Class::Conflict, fault.key()).into()
}

/// A place with the open places inside it.
fn old(tx: &mut Tx<'_>, code: &PlaceCode) -> Result<Old, Error> {
    let place = places::read(tx, code)?.ok_or(Refusal::NotFound(Thing::Place))?;
    let most = i64::try_from(INSIDE_MAX)
        .unwrap_or(i64::MAX)
        .saturating_add(1);
    Ok(Old {
        inside: places::open_within(tx, code, most)?,
        place,
    })
}

/// One border around all of them, when each has one.
fn together(olds: &[Old]) -> Option<String> {
    let areas = olds.iter().map(|old| area(&old.place));
    let shapes: Vec<Shape> = areas.collect::<Option<_>>()?;
    let whole = union(&shapes.iter().collect::<Vec<_>>())?;
    Some(to_geojson(&Geometry::Area(whole)).to_string())
}

/// What becomes of the posts that are held in places that change.
struct Carried {
    heirs: BTreeMap<PlaceCode, Vec<PlaceCode>>,
    /// The posts that will be held.
    made: Vec<Post>,
    /// Those that end, each with the one that takes over their shifts.
    ended: Vec<(Post, PostId)>,
    /// In place of which post, in which place.
    instead: BTreeMap<(PostId, PlaceCode), PostId>,
    teams: Vec<Stood>,
}

/// The posts that go along. Whoever held the same post in two places that become one holds it
/// once, for as long as the longer of the two lasts.
fn carried(app: &App, tx: &mut Tx<'_>, plan: &Plan, now: Timestamp) -> Result<Carried, Error> {
    let mut carried = Carried {
        heirs: BTreeMap::new(),
        made: Vec::new(),
        ended: Vec::new(),
        instead: BTreeMap::new(),
        teams: teams_within(tx, &plan.from, now)?,
    };
    for heir in &plan.heirs {
        let heirs = carried.heirs.entry(heir.old.clone()).or_default();
        heirs.push(heir.heir.clone());
    }
    let mut held = Vec::new();
    for root in &plan.from {
        held.extend(posts::within(tx, root, now)?);
    }
    held.sort_by_key(|post| Reverse(post.ends_at.unwrap_or(Timestamp::MAX)));
    let mut known = BTreeMap::new();
    for post in held {
        let heirs = carried
            .heirs
            .get(&post.place)
            .map_or(&[][..], Vec::as_slice);
        let mut first = None;
        for heir in heirs {
            let key = (post.person, post.unit, post.role.word(), heir.clone());
            let id = *known.entry(key).or_insert_with(|| {
                let id = PostId::from_raw(app.mint());
                carried.made.push(Post {
                    id,
                    place: heir.clone(),
                    starts_at: post.starts_at.max(now),
                    ..post.clone()
                });
                id
            });
            carried.instead.insert((post.id, heir.clone()), id);
            first.get_or_insert(id);
        }
        carried.ended.extend(first.map(|first| (post, first)));
    }
    Ok(carried)
}

/// The posts end where they were and begin in each place that took over, with their shifts; the
/// teams go along.
fn carry(app: &App, tx: &mut Tx<'_>, carried: &Carried, by: PostId) -> Result<(), Error> {
    let now = app.now();
    for post in &carried.made {
        posts::insert(tx, post)?;
    }
    for (old, first) in &carried.ended {
        shifts::carry(tx, old.id, *first, now)?;
        let at = old.starts_at.max(now);
        if old.ends_at.is_none_or(|ends_at| ends_at > at) {
            posts::end(tx, old.id, at)?;
        }
    }
    let along = Along {
        heirs: &carried.heirs,
        posts: &carried.instead,
        by,
    };
    go_along(app, tx, &carried.teams, &along)
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
