//! When a place becomes another, its team goes along, as the posts do: to each place that took
//! over, with whoever stands in. In the old place it is told who it was until then. Of those of
//! whom a place has one, the first stays when two teams become one.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_domain::id::{PostId, SubstituteId, TeamMemberId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::team::{Function, LeftTo, Member, Substitute};
use huiyin_store::{Tx, teams};
use jiff::Timestamp;

use crate::{App, Error};

/// Which place took over from which, and what became of the posts that were held there.
pub(crate) struct Along<'a> {
    pub heirs: &'a BTreeMap<PlaceCode, Vec<PlaceCode>>,
    pub posts: &'a BTreeMap<(PostId, PlaceCode), PostId>,
    /// From which post the change is made.
    pub by: PostId,
}

/// A member with whoever stands in for them, now or later.
pub(crate) type Stood = (Member, Vec<Substitute>);

/// Who is in the teams within `roots`.
pub(crate) fn teams_within(
    tx: &mut Tx<'_>,
    roots: &[PlaceCode],
    now: Timestamp,
) -> Result<Vec<Stood>, Error> {
    let mut all = Vec::new();
    for root in roots {
        let (from, to) = (root.to_string(), root.range_end());
        let standing_in = teams::coming(tx, (&from, &to), now, i64::MAX)?;
        for member in teams::open_within(tx, (&from, &to))? {
            let own = standing_in.iter().filter(|one| one.member == member.id);
            let own = own.cloned().collect();
            all.push((member, own));
        }
    }
    Ok(all)
}

/// Takes teams along.
pub(crate) fn go_along(
    app: &App,
    tx: &mut Tx<'_>,
    teams: &[Stood],
    along: &Along<'_>,
) -> Result<(), Error> {
    let mut had = BTreeSet::new();
    for stood in teams {
        leave(tx, stood, along.by, app.now())?;
        let heirs = along.heirs.get(&stood.0.place);
        for heir in heirs.into_iter().flatten() {
            if is_free(&mut had, stood.0.function, heir) {
                follow(app, tx, stood, (heir, along))?;
            }
        }
    }
    Ok(())
}

/// The team of a place that closes is no more: the community has what it had.
pub(crate) fn end(
    tx: &mut Tx<'_>,
    place: &PlaceCode,
    by: Option<PostId>,
    now: Timestamp,
) -> Result<(), Error> {
    let (from, to) = super::exactly(place);
    for substitute in teams::coming(tx, (&from, &to), now, i64::MAX)? {
        teams::call_off(tx, substitute.id, now)?;
    }
    for member in teams::open_within(tx, (&from, &to))? {
        teams::leave(tx, member.id, (LeftTo::Community, by), now)?;
    }
    Ok(())
}

fn is_free(
    had: &mut BTreeSet<(PlaceCode, &'static str)>,
    function: Function,
    heir: &PlaceCode,
) -> bool {
    !function.is_single() || had.insert((heir.clone(), function.word()))
}

fn leave(tx: &mut Tx<'_>, (member, own): &Stood, by: PostId, now: Timestamp) -> Result<(), Error> {
    for one in own {
        teams::call_off(tx, one.id, now)?;
    }
    teams::leave(tx, member.id, (LeftTo::Successor, Some(by)), now)?;
    Ok(())
}

fn follow(
    app: &App,
    tx: &mut Tx<'_>,
    (member, own): &Stood,
    (heir, along): (&PlaceCode, &Along<'_>),
) -> Result<(), Error> {
    let now = app.now();
    // A post that reaches further than the place stays what it was.
    let carried = |post: PostId| {
        let carried = along.posts.get(&(post, heir.clone()));
        carried.copied().unwrap_or(post)
    };
    let next = Member {
        id: TeamMemberId::from_raw(app.mint()),
        place: heir.clone(),
        post: member.post.map(carried),
        starts_at: now,
        ..member.clone()
    };
    teams::insert(tx, &next, along.by)?;
    for one in own {
        let next = Substitute {
            id: SubstituteId::from_raw(app.mint()),
            member: next.id,
            place: heir.clone(),
            post: one.post.map(carried),
            starts_at: one.starts_at.max(now),
            ..one.clone()
        };
        teams::stand_in(tx, &next, along.by)?;
    }
    Ok(())
}
