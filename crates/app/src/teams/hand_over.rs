//! A member leaves, and the next one has it in the same act: the post for the place, the spans of
//! duty that are not over, the line on the card. Cases belong to units and stay where they are.
//! Of a grid worker it is always said who has the grid, if only the community itself. What
//! somebody took on as a neighbour, a wish or a visit, stays theirs: no position brought it.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::{PostId, TeamMemberId};
use huiyin_domain::team::{LeftTo, Member};
use huiyin_store::{Tx, places, shifts, teams};
use jiff::Timestamp;

use super::call_off::end;
use super::put::{Joining, checked, join};
use super::{Newcomer, Whom, is_over, kept, take};
use crate::{App, Error, Refusal};

/// Who has it then.
#[derive(Debug, Clone)]
pub enum To {
    Successor(Newcomer),
    Community,
    Nobody,
}

impl To {
    fn word(&self) -> LeftTo {
        match self {
            To::Successor(_) => LeftTo::Successor,
            To::Community => LeftTo::Community,
            To::Nobody => LeftTo::Nobody,
        }
    }
}

/// What goes over, told before it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Spans of duty that are not over.
    pub shifts: i64,
    /// Open cases in the place; their units keep them.
    pub cases: i64,
}

/// What goes over with a member's post; none when they have none.
pub async fn bundle(app: &App, actor: &Actor, id: TeamMemberId) -> Result<Option<Bundle>, Error> {
    let (actor, now) = (actor.clone(), app.now());
    let read = move |tx: &mut Tx<'_>| {
        let (member, _) = kept(tx, &actor, id)?;
        let Some(post) = member.post else {
            return Ok(None);
        };
        Ok::<_, Error>(Some(Bundle {
            shifts: shifts::count(tx, post, now)?,
            cases: teams::count_open_cases(tx, &member.place)?,
        }))
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Handing over again to the same successor is done.
pub async fn hand_over(app: &App, actor: &Actor, id: TeamMemberId, to: To) -> Result<(), Error> {
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let (member, by) = kept(tx, &actor, id)?;
        places::lock(tx, &member.place)?;
        // Somebody may have been quicker until the place was ours.
        let member = teams::by_id(tx, id)?.unwrap_or(member);
        if member.left.is_some() {
            return match is_done(tx, &member, &to)? {
                true => Ok(()),
                false => Err(is_over().into()),
            };
        }
        if matches!(to, To::Nobody) && member.function.must_be_kept() {
            return Err(Refusal::rule(Class::Conflict, "team-orphan").into());
        }
        let next = match &to {
            To::Successor(who) => Some(successor(&inner, tx, &member, who)?),
            _ => None,
        };
        // --- everything is checked; from here on we write ---
        for substitute in teams::substitutes_of(tx, member.id, now)? {
            end(&inner, tx, &actor, &substitute)?;
        }
        let own = take(&inner, tx, (&actor, &member.place), member.post)?;
        teams::leave(tx, member.id, (to.word(), Some(by)), now)?;
        match next {
            None => Ok(()),
            Some(next) => over(&inner, tx, (&actor, by), (own, &next), now),
        }
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// Whether exactly this was done already.
fn is_done(tx: &mut Tx<'_>, member: &Member, to: &To) -> Result<bool, Error> {
    let left = member.left.map(|(_, word)| word);
    Ok(match to {
        To::Successor(who) => teams::by_id(tx, who.id)?
            .is_some_and(|there| there.place == member.place && there.function == member.function),
        other => left == Some(other.word()),
    })
}

fn successor(
    app: &App,
    tx: &mut Tx<'_>,
    member: &Member,
    who: &Newcomer,
) -> Result<Joining, Error> {
    if let Whom::Colleague(person) = who.whom
        && member.person == Some(person)
    {
        return Err(Refusal::field("person", "fault-team-same").into());
    }
    if teams::by_id(tx, who.id)?.is_some() {
        return Err(Refusal::KeyReused.into());
    }
    checked(app, tx, (&member.place, member.function), who)
}

fn over(
    app: &App,
    tx: &mut Tx<'_>,
    (actor, by): (&Actor, PostId),
    (own, next): (Option<PostId>, &Joining),
    now: Timestamp,
) -> Result<(), Error> {
    join(app, tx, (actor, by), next)?;
    if let (Some(from), Some(to)) = (own, next.member.post) {
        shifts::carry(tx, from, to, now)?;
    }
    Ok(())
}
