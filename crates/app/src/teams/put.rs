//! Somebody joins the team of a place. Of linked official, community worker and grid worker a
//! place has one at a time; the next one takes over from them.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::id::{PersonId, PostId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::team::{Function, LeftTo, Member};
use huiyin_store::{Tx, places, posts, teams};
use jiff::Timestamp;

use super::words::said;
use super::{
    Needed, Newcomer, Span, Whom, agreed_at, card_faults, colleague, exactly, give, needed,
    post_at, shown,
};
use crate::error::Thing;
use crate::telling::tell::tell_staff;
use crate::{App, Error, Refusal};

pub struct Request {
    pub place: PlaceCode,
    pub function: Function,
    pub who: Newcomer,
}

/// Asking again with the same id is done.
pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let Request {
        place,
        function,
        who,
    } = request;
    let key = who.id.get();
    let write = move |tx: &mut Tx<'_>| {
        let post = post_at(&actor, Action::TeamEdit, &place)?;
        if !function.is_at(place.level()) {
            return Err(Refusal::field("function", "fault-team-function").into());
        }
        if !places::lock(tx, &place)? {
            return Err(Refusal::NotFound(Thing::Place).into());
        }
        if let Some(there) = teams::by_id(tx, who.id)? {
            let is_same = there.place == place && there.function == function;
            return match is_same {
                true => Ok(()),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        let joining = checked(&inner, tx, (&place, function), &who)?;
        if function.is_single() && is_taken(tx, (&place, function), now)? {
            return Err(Refusal::rule(Class::Conflict, "team-taken").into());
        }
        // --- everything is checked; from here on we write ---
        end_lapsed(tx, (&place, function, post), now)?;
        join(&inner, tx, (&actor, post), &joining)
    };
    app.store.write(key, write).await.map_err(Error::from)
}

/// Somebody who joins, with the post that they need.
pub(super) struct Joining {
    pub(super) member: Member,
    pub(super) post: Needed,
}

/// Who joins, when nothing is wrong with it.
pub(super) fn checked(
    app: &App,
    tx: &mut Tx<'_>,
    (place, function): (&PlaceCode, Function),
    who: &Newcomer,
) -> Result<Joining, Error> {
    let now = app.now();
    let faults = card_faults(&who.card, Some(&who.whom));
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let (person, name, post) = match &who.whom {
        Whom::Named(_) if function.role().is_some() => {
            return Err(Refusal::field("person", "fault-team-colleague").into());
        }
        Whom::Named(name) => (None, name.clone(), Needed::None),
        Whom::Colleague(person) => {
            let one = colleague(tx, (place, *person), now)?;
            let span = Span {
                from: now,
                until: None,
            };
            let post = needed(app, tx, (function, place, &one), span)?;
            (Some(one.person), one.name, post)
        }
    };
    let member = Member {
        id: who.id,
        place: place.clone(),
        function,
        person,
        post: post.id(),
        shown: shown(&name, &who.card),
        agreed_at: agreed_at(&who.card, now),
        starts_at: now,
        left: None,
    };
    if let Some(person) = person {
        refuse_twice(tx, &member, person)?;
    }
    Ok(Joining { member, post })
}

/// Nobody is the same thing at the same place twice.
fn refuse_twice(tx: &mut Tx<'_>, member: &Member, person: PersonId) -> Result<(), Error> {
    if member.function.is_single() {
        return Ok(());
    }
    let there = teams::holders(tx, &member.place, member.function)?;
    match there.iter().any(|other| other.person == Some(person)) {
        true => Err(Refusal::field("person", "fault-team-twice").into()),
        false => Ok(()),
    }
}

fn is_taken(
    tx: &mut Tx<'_>,
    (place, function): (&PlaceCode, Function),
    now: Timestamp,
) -> Result<bool, Error> {
    let (from, to) = exactly(place);
    let there = teams::present(tx, (&from, &to), now, i64::MAX)?;
    Ok(there.iter().any(|(member, _)| member.function == function))
}

/// Whoever lost their post or their account before has left it to the community since.
fn end_lapsed(
    tx: &mut Tx<'_>,
    (place, function, by): (&PlaceCode, Function, PostId),
    now: Timestamp,
) -> Result<(), Error> {
    if function.is_single() {
        for lapsed in teams::holders(tx, place, function)? {
            let post = match lapsed.post {
                Some(post) => posts::by_id(tx, post)?,
                None => None,
            };
            let ended = post.and_then(|post| post.ends_at);
            let since = ended.map_or(now, |ended| ended.min(now));
            teams::leave(tx, lapsed.id, (LeftTo::Community, Some(by)), since)?;
        }
    }
    Ok(())
}

/// Writes that somebody joins, with their post, and tells them.
pub(super) fn join(
    app: &App,
    tx: &mut Tx<'_>,
    (actor, by): (&Actor, PostId),
    joining: &Joining,
) -> Result<(), Error> {
    let (member, now) = (&joining.member, app.now());
    give(app, tx, actor, &joining.post)?;
    teams::insert(tx, member, by)?;
    match member
        .person
        .filter(|person| Some(*person) != actor.person())
    {
        None => Ok(()),
        Some(person) => {
            let cause = format!("team-joined {}", member.id);
            let letter = ("letter-team-joined", cause);
            let letter = said(tx, &member.place, letter, (now, None))?;
            tell_staff(app, tx, person, &letter, now)
        }
    }
}
