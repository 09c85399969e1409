//! The grids of an area with their teams, those that lack somebody first; and the grids of a
//! community, for everybody.

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_store::places::ranges;
use huiyin_store::{Tx, places, teams};
use jiff::Timestamp;

use super::look::{Gap, Line, gaps, line};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// So many grids are shown at once: more than one community has.
pub const ROWS: usize = 60;
/// So many stand in for somebody in them.
const COMING_MAX: i64 = 3_000;

/// A grid with its team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub place: PlaceCode,
    pub names: Names,
    /// Those of whom there is one each.
    pub lines: Vec<Line>,
    /// How many help besides.
    pub helpers: i64,
    pub gaps: Vec<Gap>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    pub rows: Vec<Row>,
    /// Behind which code it goes on.
    pub next: Option<PlaceCode>,
}

/// For the desk: those of the actor's area.
pub async fn desk(app: &App, actor: &Actor, behind: Option<PlaceCode>) -> Result<Reply, Error> {
    let scope = scope(actor, Action::TeamRead);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let mut ranges = ranges(&scope);
    ranges.sort_unstable();
    let now = app.now();
    let behind = behind.map(|code| code.to_string()).unwrap_or_default();
    let read = move |tx: &mut Tx<'_>| read(tx, (&ranges, &behind), now);
    app.store.read(read).await.map_err(Error::from)
}

/// For everybody: those of a community.
pub async fn public(app: &App, community: PlaceCode) -> Result<(Place, Reply), Error> {
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| {
        let found = places::read(tx, &community)?;
        let found = found
            .filter(|place| place.closed_at.is_none() && place.code.level() == Level::Community);
        let found = found.ok_or(Refusal::NotFound(Thing::Place))?;
        let range = vec![(community.to_string(), community.range_end())];
        let reply = read(tx, (&range, ""), now)?;
        Ok::<_, Error>((found, reply))
    };
    app.store.read(read).await.map_err(Error::from)
}

fn read(
    tx: &mut Tx<'_>,
    (ranges, behind): (&[(String, String)], &str),
    now: Timestamp,
) -> Result<Reply, Error> {
    let mut grids = Vec::new();
    for (from, to) in ranges {
        let left = i64::try_from(ROWS + 1 - grids.len()).unwrap_or(0);
        grids.extend(teams::grids(tx, (from, to), behind, left)?);
    }
    let more = grids.len() > ROWS;
    grids.truncate(ROWS);
    let (Some(first), Some(last)) = (grids.first(), grids.last()) else {
        return Ok(Reply::default());
    };
    let next = more.then(|| last.0.clone());
    let (from, to) = (first.0.to_string(), last.0.range_end());
    let single = teams::of_grids(tx, (&from, &to), now)?;
    let helpers = teams::helpers_by_grid(tx, (&from, &to), now)?;
    let coming = teams::coming(tx, (&from, &to), now, COMING_MAX)?;
    let ends = teams::last_ends(tx, (&from, &to))?;
    let row = |(place, names): (PlaceCode, Names)| {
        let own = || single.iter().filter(|(member, _)| member.place == place);
        let mut lines: Vec<Line> = own()
            .map(|found| line(found.clone(), &coming, now))
            .collect();
        lines.sort_by_key(|line| line.member.function);
        Row {
            gaps: gaps(&place, own().map(|(member, _)| member), &ends),
            helpers: helpers.get(&place).copied().unwrap_or_default(),
            place,
            names,
            lines,
        }
    };
    let mut rows: Vec<Row> = grids.into_iter().map(row).collect();
    // Who lacks a grid worker comes first, then who lacks anybody.
    rows.sort_by_key(|row| {
        let worker = row.gaps.iter().any(|gap| gap.function.must_be_kept());
        (!worker, row.gaps.is_empty())
    });
    Ok(Reply { rows, next })
}
