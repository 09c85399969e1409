//! Somebody stands in for a member from one day to another: they get the post that the member
//! has, for that span, and the card shows them. Both end by themselves.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::{PersonId, SubstituteId, TeamMemberId};
use huiyin_domain::team::{Member, Substitute};
use huiyin_store::{Tx, places, teams};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::words::said;
use super::{Card, Span, agreed_at, card_faults, colleague, give, is_over, kept, needed, shown};
use crate::error::Thing;
use crate::telling::tell::tell_staff;
use crate::{App, Error, Refusal};

/// Nobody stands in for longer than this: then it is handed over.
const DAYS_MAX: i64 = 92;

pub struct Request {
    /// Made by whoever shows the form.
    pub id: SubstituteId,
    pub member: TeamMemberId,
    pub person: PersonId,
    pub card: Card,
    /// The first and the last day.
    pub from: Date,
    pub until: Date,
}

/// Asking again with the same id is done.
pub async fn stand_in(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let key = request.member.get();
    let write = move |tx: &mut Tx<'_>| {
        let (member, by) = kept(tx, &actor, request.member)?;
        if !places::lock(tx, &member.place)? {
            return Err(Refusal::NotFound(Thing::Place).into());
        }
        if let Some(there) = teams::substitute(tx, request.id)? {
            return match there.member == member.id {
                true => Ok(()),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        let span = span(&inner, &request)?;
        let coming = teams::substitutes_of(tx, member.id, now)?;
        check(&member, &request, (&coming, span))?;
        let one = colleague(tx, (&member.place, request.person), now)?;
        let until = Some(span.1);
        let from = span.0;
        let post = (member.function, &member.place, &one);
        let post = needed(&inner, tx, post, Span { from, until })?;
        let substitute = Substitute {
            id: request.id,
            member: member.id,
            place: member.place.clone(),
            person: one.person,
            post: post.id(),
            shown: shown(&one.name, &request.card),
            agreed_at: agreed_at(&request.card, now),
            starts_at: span.0,
            ends_at: span.1,
        };
        // --- everything is checked; from here on we write ---
        give(&inner, tx, &actor, &post)?;
        teams::stand_in(tx, &substitute, by)?;
        let cause = format!("team-stands-in {}", substitute.id);
        let letter = ("letter-team-stands-in", cause);
        let letter = said(tx, &member.place, letter, (span.0, until))?;
        tell_staff(&inner, tx, one.person, &letter, now)
    };
    app.store.write(key, write).await.map_err(Error::from)
}

/// From when to when; today begins at once.
fn span(app: &App, request: &Request) -> Result<(Timestamp, Timestamp), Refusal> {
    let now = app.now();
    let today = app.config.day(now);
    let last = request.from.saturating_add(DAYS_MAX.days());
    let fault = match () {
        () if request.from < today => Some(("from", "fault-past")),
        () if request.until < request.from => Some(("until", "fault-ends-before")),
        () if request.until > last => Some(("until", "fault-team-span")),
        () => None,
    };
    if let Some((field, key)) = fault {
        return Err(Refusal::field(field, key));
    }
    let begin = |day: Date| {
        let at = day.to_zoned(app.config.time_zone.clone());
        at.map(|at| at.timestamp())
            .map_err(|_| Refusal::field("until", "fault-past"))
    };
    let ends = begin(request.until.saturating_add(1.days()))?;
    Ok((begin(request.from)?.max(now), ends))
}

fn check(
    member: &Member,
    request: &Request,
    (coming, span): (&[Substitute], (Timestamp, Timestamp)),
) -> Result<(), Refusal> {
    if member.left.is_some() {
        return Err(is_over());
    }
    if member.function.role().is_none() {
        return Err(Refusal::rule(Class::Conflict, "team-no-substitute"));
    }
    let faults = card_faults(&request.card, None);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults));
    }
    if member.person == Some(request.person) {
        return Err(Refusal::field("person", "fault-team-same"));
    }
    let meets = |other: &Substitute| other.starts_at < span.1 && span.0 < other.ends_at;
    match coming.iter().any(meets) {
        true => Err(Refusal::rule(Class::Conflict, "team-stood-in")),
        false => Ok(()),
    }
}
