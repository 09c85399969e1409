//! The team of a place: as everybody sees it on the contact card, and as the desk does, with what
//! is to come and who it was before.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_domain::team::{Function, Member, Substitute};
use huiyin_store::teams::Colleague;
use huiyin_store::{Tx, places, teams};
use jiff::Timestamp;

use super::{colleagues, post_at};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// So many are shown of one grid, of those who are there and of those who were.
const MEMBERS_MAX: i64 = 300;
const PAST_MAX: i64 = 60;
/// So many doors a grid has, at most.
const SPOTS_MAX: i64 = 2_000;

/// Somebody in the team, and whoever is there instead of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub member: Member,
    /// What their own place is called.
    pub place: Names,
    /// Who stands in today.
    pub substitute: Option<Substitute>,
    /// Who will.
    pub coming: Vec<Substitute>,
}

/// A function that nobody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub function: Function,
    /// Since when; none when nobody ever had it.
    pub since: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub place: Place,
    /// The grid in which the place lies, or which it is.
    pub grid: Place,
    pub community: Place,
    /// Functions in their order, then places.
    pub lines: Vec<Line>,
    /// What the grid lacks.
    pub gaps: Vec<Gap>,
    /// The other grids of the community.
    pub neighbours: Vec<Place>,
}

impl Look {
    /// Whoever can be asked at a place within: of the grid, and of the place's own building.
    pub fn at<'l>(&'l self, place: &'l PlaceCode) -> impl Iterator<Item = &'l Line> {
        let lines = self.lines.iter();
        lines.filter(|line| place.is_within(&line.member.place))
    }
}

/// Who it was before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Past {
    pub members: Vec<Member>,
    pub substitutes: Vec<Substitute>,
}

/// As everybody sees it.
pub async fn card(app: &App, place: PlaceCode) -> Result<Look, Error> {
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| look(tx, &place, now);
    app.store.read(read).await.map_err(Error::from)
}

/// As the desk does, with who it was before.
pub async fn desk(app: &App, actor: &Actor, place: PlaceCode) -> Result<(Look, Past), Error> {
    let (actor, now) = (actor.clone(), app.now());
    let read = move |tx: &mut Tx<'_>| {
        post_at(&actor, Action::TeamRead, &place)?;
        let look = look(tx, &place, now)?;
        let (from, to) = (place.to_string(), place.range_end());
        let past = Past {
            members: teams::past(tx, (&from, &to), PAST_MAX)?,
            substitutes: teams::stood_in(tx, (&from, &to), now, PAST_MAX)?,
        };
        Ok::<_, Error>((look, past))
    };
    app.store.read(read).await.map_err(Error::from)
}

/// One member of a team that the actor sees to, and those who could come instead.
pub async fn member(
    app: &App,
    actor: &Actor,
    id: huiyin_domain::id::TeamMemberId,
) -> Result<(Member, Vec<Colleague>), Error> {
    let (actor, now) = (actor.clone(), app.now());
    let read = move |tx: &mut Tx<'_>| {
        let (member, _) = super::kept(tx, &actor, id)?;
        let others = colleagues(tx, &member.place, now)?;
        Ok::<_, Error>((member, others))
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Places within a grid with their names, each before those inside it.
pub type Spots = Vec<(PlaceCode, Names)>;

/// Whoever works for the community of a place that the actor sees to, and where they could be
/// needed.
pub async fn who_could(
    app: &App,
    actor: &Actor,
    place: PlaceCode,
) -> Result<(Spots, Vec<Colleague>), Error> {
    let (actor, now) = (actor.clone(), app.now());
    let read = move |tx: &mut Tx<'_>| {
        post_at(&actor, Action::TeamEdit, &place)?;
        let found = open(tx, &place)?;
        let all = colleagues(tx, &place, now)?;
        Ok::<_, Error>((spots(tx, found)?, all))
    };
    app.store.read(read).await.map_err(Error::from)
}

/// A grid with its team and all its doors, for posters.
pub async fn doors(app: &App, actor: &Actor, place: PlaceCode) -> Result<(Look, Spots), Error> {
    let (actor, now) = (actor.clone(), app.now());
    let read = move |tx: &mut Tx<'_>| {
        post_at(&actor, Action::TeamRead, &place)?;
        let look = look(tx, &place, now)?;
        let spots = spots(tx, look.place.clone())?;
        Ok::<_, Error>((look, spots))
    };
    app.store.read(read).await.map_err(Error::from)
}

/// A place and the open ones inside it, each before those inside it.
fn spots(tx: &mut Tx<'_>, place: Place) -> Result<Spots, Error> {
    let inside = places::below(tx, &place.code, Level::Door, SPOTS_MAX)?;
    let all = std::iter::once(place).chain(inside);
    Ok(all.map(|place| (place.code, place.names)).collect())
}

fn open(tx: &mut Tx<'_>, code: &PlaceCode) -> Result<Place, Error> {
    let place = places::read(tx, code)?.filter(|place| place.closed_at.is_none());
    place.ok_or_else(|| Refusal::NotFound(Thing::Place).into())
}

fn look(tx: &mut Tx<'_>, code: &PlaceCode, now: Timestamp) -> Result<Look, Error> {
    let around = |level| code.at(level).ok_or(Refusal::NotFound(Thing::Place));
    let (grid, community) = (around(Level::Grid)?, around(Level::Community)?);
    let place = open(tx, code)?;
    let grid = open(tx, &grid)?;
    let community = open(tx, &community)?;
    let (from, to) = (grid.code.to_string(), grid.code.range_end());
    let there = teams::present(tx, (&from, &to), now, MEMBERS_MAX)?;
    let coming = teams::coming(tx, (&from, &to), now, MEMBERS_MAX)?;
    let ends = teams::last_ends(tx, (&from, &to))?;
    let gaps = gaps(&grid.code, there.iter().map(|(member, _)| member), &ends);
    let concerns = |member: &Member| code.is_within(&member.place) || member.place.is_within(code);
    let mut lines: Vec<Line> = there
        .into_iter()
        .filter(|(member, _)| concerns(member))
        .map(|(member, place)| line((member, place), &coming, now))
        .collect();
    lines.sort_by(|one, other| {
        let order = |line: &Line| (line.member.function, line.member.place.clone());
        order(one).cmp(&order(other))
    });
    let all = places::children(tx, Some(&community.code))?;
    let is_other = |other: &Place| other.closed_at.is_none() && other.code != grid.code;
    Ok(Look {
        neighbours: all.into_iter().filter(is_other).collect(),
        place,
        grid,
        community,
        lines,
        gaps,
    })
}

pub(super) fn line(
    (member, place): (Member, Names),
    coming: &[Substitute],
    now: Timestamp,
) -> Line {
    let own = coming.iter().filter(|one| one.member == member.id);
    let (today, later): (Vec<Substitute>, Vec<Substitute>) =
        own.cloned().partition(|one| one.is_at(now));
    Line {
        member,
        place,
        substitute: today.into_iter().next(),
        coming: later,
    }
}

/// What a grid lacks of the three of which it has one each.
pub(super) fn gaps<'m>(
    grid: &PlaceCode,
    there: impl Iterator<Item = &'m Member>,
    ends: &[(PlaceCode, Function, Option<Timestamp>)],
) -> Vec<Gap> {
    let held: Vec<Function> = there
        .filter(|member| member.place == *grid)
        .map(|member| member.function)
        .collect();
    let lacking = Function::SINGLE.into_iter();
    let lacking = lacking.filter(|function| !held.contains(function));
    let gap = |function| Gap {
        function,
        since: ends
            .iter()
            .find(|(place, of, _)| place == grid && *of == function)
            .and_then(|(_, _, since)| *since),
    };
    lacking.map(gap).collect()
}
