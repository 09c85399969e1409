//! How a task is cut: which places below get a part, who answers for each, and which of them are
//! only summed up.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_domain::id::{TaskId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::person::Role;
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_domain::task::{Limits, Load, Part, State};
use huiyin_store::{Tx, places, posts, task_parts, tasks};
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};

use crate::atlas::Atlas;
use crate::{App, Error, Refusal};

/// A task is cut into no more parts.
pub const PARTS_MAX: usize = 10_000;

/// To which places a task goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Below this place.
    pub place: PlaceCode,
    /// Down to this level.
    pub level: Level,
    /// Only what lies in these places right below; all of it when it is empty.
    pub only: Vec<PlaceCode>,
    /// Whose post it is meant for in each of them; none is everybody who reports for the place.
    pub role: Option<Role>,
}

/// A place that gets a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    pub place: PlaceCode,
    pub names: Names,
    /// The next place above that gets one too.
    pub above: Option<PlaceCode>,
    pub unit: UnitId,
    /// Nothing lies below it: somebody has to report it.
    pub is_last: bool,
}

impl Cut {
    /// The part that it becomes; those right below the whole hang on `above`.
    pub fn part(&self, task: TaskId, above: Option<&PlaceCode>, now: Timestamp) -> Part {
        Part {
            task,
            place: self.place.clone(),
            above: self.above.clone().or_else(|| above.cloned()),
            unit: self.unit,
            state: match self.is_last {
                true => State::Given,
                false => State::BrokenDown,
            },
            amount: None,
            reported_by: None,
            version: 0,
            changed_at: now,
        }
    }
}

/// The places that get a part, in the order of the tree; `giver` answers where nobody else does.
pub fn cut(app: &App, tx: &mut Tx<'_>, reach: &Reach, giver: UnitId) -> Result<Vec<Cut>, Error> {
    let limit = i64::try_from(PARTS_MAX + 1).unwrap_or(i64::MAX);
    let mut chosen = match reach.only.is_empty() {
        true => places::below(tx, &reach.place, reach.level, limit)?,
        false => Vec::new(),
    };
    let only: BTreeSet<&PlaceCode> = reach.only.iter().collect();
    for &root in &only {
        let own = places::read(tx, root)?.filter(|place| place.closed_at.is_none());
        chosen.extend(own);
        chosen.extend(places::below(tx, root, reach.level, limit)?);
        if chosen.len() > PARTS_MAX {
            break;
        }
    }
    if chosen.len() > PARTS_MAX {
        return Err(Refusal::too_many("level", PARTS_MAX).into());
    }
    let atlas = app.atlas(tx)?;
    Ok(cuts(&atlas, chosen, giver))
}

fn cuts(atlas: &Atlas, places: Vec<Place>, giver: UnitId) -> Vec<Cut> {
    // The places around the one that comes next, by where they stand among the cuts.
    let mut around: Vec<usize> = Vec::new();
    let mut cuts: Vec<Cut> = Vec::with_capacity(places.len());
    for place in places {
        while let Some(&last) = around.last() {
            if place.code.is_within(&cuts[last].place) {
                cuts[last].is_last = false;
                break;
            }
            around.pop();
        }
        let above = around.last().map(|&above| cuts[above].place.clone());
        around.push(cuts.len());
        cuts.push(Cut {
            above,
            unit: atlas.place_unit(&place.code).unwrap_or(giver),
            names: place.names,
            place: place.code,
            is_last: true,
        });
    }
    cuts
}

/// A desk on which much lies already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    pub place: PlaceCode,
    pub names: Names,
    /// How many are due there in the same week.
    pub lying: i64,
    pub load: Load,
}

/// The Monday of the week of a day, and the next.
pub fn week_of(day: Date) -> (Date, Date) {
    let since = i64::from(day.weekday().since(Weekday::Monday));
    let monday = day.saturating_sub(since.days());
    (monday, monday.saturating_add(7.days()))
}

/// The desks on which enough lies, in the week in which the task is due; the fullest first.
pub fn full_desks(
    tx: &mut Tx<'_>,
    (reach, due_on): (&Reach, Date),
    cuts: &[Cut],
) -> Result<Vec<Desk>, Error> {
    let lying = task_parts::loads(tx, &reach.place, week_of(due_on))?;
    let set: BTreeMap<PlaceCode, Limits> = tasks::limits(tx, &reach.place)?.into_iter().collect();
    let mut desks: Vec<Desk> = Vec::new();
    for cut in cuts.iter().filter(|cut| cut.is_last) {
        let count = lying.get(&cut.place).copied().unwrap_or_default();
        let load = limits_of(&set, &cut.place).judge(count);
        if load > Load::Light {
            desks.push(Desk {
                place: cut.place.clone(),
                names: cut.names.clone(),
                lying: count,
                load,
            });
        }
    }
    desks.sort_by_key(|desk| std::cmp::Reverse(desk.lying));
    Ok(desks)
}

/// In how many places nobody holds the post for which the task is meant. There it is for everybody
/// who reports for the place: that a post is empty orphans nothing.
pub fn without_post(
    tx: &mut Tx<'_>,
    reach: &Reach,
    cuts: &[Cut],
    now: Timestamp,
) -> Result<usize, Error> {
    let Some(role) = reach.role else {
        return Ok(0);
    };
    let mut held: BTreeSet<(UnitId, PlaceCode)> = BTreeSet::new();
    let mut units: BTreeSet<UnitId> = BTreeSet::new();
    for post in posts::of_role(tx, role, now)? {
        if post.starts_at <= now {
            units.insert(post.unit);
            held.insert((post.unit, post.place));
        }
    }
    let is_held = |cut: &&Cut| match role {
        // A grid worker answers for the own grid only.
        Role::GridWorker => held.contains(&(cut.unit, cut.place.clone())),
        _ => units.contains(&cut.unit),
    };
    let last = cuts.iter().filter(|cut| cut.is_last);
    Ok(last.filter(|cut| !is_held(cut)).count())
}

/// What holds for a place: what was set for it, or for the nearest above.
pub fn limits_of(set: &BTreeMap<PlaceCode, Limits>, place: &PlaceCode) -> Limits {
    let mut around = place.with_ancestors().into_iter();
    let found = around.find_map(|place| set.get(&place).copied());
    found.unwrap_or(Limits::USUAL)
}
