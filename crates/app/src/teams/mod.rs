//! The teams of grids: who is there for a place, who stands in, who takes over. A community sees
//! to its own teams. It gives the post of a grid worker, within itself and only to whoever works
//! for it already; every other post is given where posts are given. One more operation: its file
//! and a line here.

pub mod call_off;
pub mod card;
pub(crate) mod go_along;
pub mod hand_over;
pub mod list;
pub mod look;
pub mod put;
pub mod stand_in;
mod words;

#[cfg(test)]
mod tests;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::{PersonId, PostId, TeamMemberId};
use huiyin_domain::person::{Post, Role};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::team::{Function, Member, Shown};
use huiyin_store::teams;
use huiyin_store::{Tx, posts};
use jiff::Timestamp;

pub use huiyin_store::teams::Colleague;

use crate::administration::{Record, reaching};
use crate::error::Thing;
use crate::import::clean;
use crate::people::post as giving;
use crate::{App, Error, Refusal};

/// The longest name on a card, the longest number, the longest hours.
pub const NAME_CHARS_MAX: usize = 20;
pub const PHONE_CHARS_MAX: usize = 20;
pub const HOURS_CHARS_MAX: usize = 40;
/// So many people work for one community, at most.
const COLLEAGUES_MAX: i64 = 200;

/// Whether somebody agreed that everybody reads their name and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreed {
    Yes,
    No,
}

/// Who it is: somebody who works for the community, or somebody without an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    Colleague(PersonId),
    Named(String),
}

/// What the card is to say of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub phone: String,
    pub hours: String,
    pub agreed: Agreed,
}

/// Somebody who joins a team.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// Made by whoever shows the form.
    pub id: TeamMemberId,
    pub whom: Whom,
    pub card: Card,
}

/// The post with which the actor does this at a place; what lies elsewhere does not exist for
/// them.
fn post_at(actor: &Actor, action: Action, place: &PlaceCode) -> Result<PostId, Refusal> {
    reaching(actor, action, (place, Thing::Place)).map(|post| post.post)
}

/// A member of a team that the actor sees to.
fn kept(tx: &mut Tx<'_>, actor: &Actor, id: TeamMemberId) -> Result<(Member, PostId), Error> {
    let missing = || Refusal::NotFound(Thing::TeamMember);
    let member = teams::by_id(tx, id)?.ok_or_else(missing)?;
    let post = post_at(actor, Action::TeamEdit, &member.place);
    let post = post.map_err(|refusal| match refusal {
        Refusal::NotFound(_) => missing(),
        other => other,
    })?;
    Ok((member, post))
}

/// From and to, for exactly one place.
fn exactly(place: &PlaceCode) -> (String, String) {
    (place.to_string(), format!("{place}0"))
}

/// Everybody who works for the community of a place.
fn colleagues(tx: &mut Tx<'_>, place: &PlaceCode, now: Timestamp) -> Result<Vec<Colleague>, Error> {
    let community = place.at(Level::Community);
    let community = community.ok_or(Refusal::NotFound(Thing::Place))?;
    Ok(teams::colleagues(tx, &community, now, COLLEAGUES_MAX)?)
}

fn colleague(
    tx: &mut Tx<'_>,
    (place, person): (&PlaceCode, PersonId),
    now: Timestamp,
) -> Result<Colleague, Error> {
    let all = colleagues(tx, place, now)?;
    let found = all.into_iter().find(|one| one.person == person);
    found.ok_or_else(|| Refusal::field("person", "fault-team-colleague").into())
}

/// What is wrong with a card, besides who it is.
fn card_faults(card: &Card, whom: Option<&Whom>) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let name = match whom {
        Some(Whom::Named(name)) => Some(clean(name)),
        _ => None,
    };
    if name.as_ref().is_some_and(String::is_empty) {
        faults.push(FieldFault::new("person", "fault-team-who"));
    }
    let phone = clean(&card.phone);
    for (field, text, max) in [
        ("name", name.as_deref().unwrap_or(""), NAME_CHARS_MAX),
        ("phone", &phone, PHONE_CHARS_MAX),
        ("hours", &clean(&card.hours), HOURS_CHARS_MAX),
    ] {
        if text.chars().count() > max {
            faults.push(FieldFault::new(field, "fault-too-long").with("max", max));
        }
    }
    let digits = phone.bytes().filter(u8::is_ascii_digit).count();
    let is_number = (3..=15).contains(&digits)
        && phone
            .chars()
            .all(|sign| sign.is_ascii_digit() || matches!(sign, '+' | '-' | ' '));
    if !phone.is_empty() && !is_number {
        faults.push(FieldFault::new("phone", "fault-team-phone"));
    }
    if card.agreed == Agreed::No && (name.is_some() || !phone.is_empty()) {
        faults.push(FieldFault::new("agreed", "fault-team-agreed"));
    }
    faults
}

fn shown(name: &str, card: &Card) -> Shown {
    Shown {
        name: clean(name),
        phone: clean(&card.phone),
        hours: clean(&card.hours),
    }
}

fn agreed_at(card: &Card, now: Timestamp) -> Option<Timestamp> {
    (card.agreed == Agreed::Yes).then_some(now)
}

/// A span in which somebody works for a place; open if it has no end.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: Timestamp,
    until: Option<Timestamp>,
}

/// The post that somebody needs for a function: one that they hold and that covers place and
/// span, or a new one, not yet written.
enum Needed {
    None,
    Held(PostId),
    Given(Post),
}

impl Needed {
    fn id(&self) -> Option<PostId> {
        match self {
            Needed::None => None,
            Needed::Held(post) => Some(*post),
            Needed::Given(post) => Some(post.id),
        }
    }
}

fn needed(
    app: &App,
    tx: &mut Tx<'_>,
    (function, place, who): (Function, &PlaceCode, &Colleague),
    span: Span,
) -> Result<Needed, Error> {
    let Some(role) = function.role() else {
        return Ok(Needed::None);
    };
    let lasts = |post: &&Post| match (post.ends_at, span.until) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(ends), Some(until)) => ends >= until,
    };
    let held = posts::of_person(tx, who.person)?;
    let covers = |post: &&Post| {
        post.role == role && place.is_within(&post.place) && post.starts_at <= span.from
    };
    if let Some(post) = held.iter().filter(covers).find(lasts) {
        return Ok(Needed::Held(post.id));
    }
    if role != Role::GridWorker {
        return Err(Refusal::field("person", "fault-team-no-post").into());
    }
    let post = Post {
        id: PostId::from_raw(app.mint()),
        person: who.person,
        unit: who.unit,
        role,
        place: place.clone(),
        starts_at: span.from,
        ends_at: span.until,
    };
    giving::check(tx, &post, app.now())?;
    Ok(Needed::Given(post))
}

/// Writes a post that is given, and that it was.
fn give(app: &App, tx: &mut Tx<'_>, actor: &Actor, needed: &Needed) -> Result<(), Error> {
    let Needed::Given(post) = needed else {
        return Ok(());
    };
    giving::keep(tx, post)?;
    giving::given(app, actor, post).keep(tx)
}

/// Ends a post that was held for exactly this place, and says so; a wider one goes on.
fn take(
    app: &App,
    tx: &mut Tx<'_>,
    (actor, place): (&Actor, &PlaceCode),
    post: Option<PostId>,
) -> Result<Option<PostId>, Error> {
    let Some(id) = post else { return Ok(None) };
    let found = posts::by_id(tx, id)?;
    let own = found.filter(|post| post.place == *place && post.role == Role::GridWorker);
    let Some(own) = own else { return Ok(None) };
    let now = app.now();
    if own.ends_at.is_none_or(|ends_at| ends_at > now) {
        posts::end(tx, own.id, now.max(own.starts_at))?;
        Record::new(app, actor, "post-ended", own.id).keep(tx)?;
    }
    Ok(Some(own.id))
}

fn is_over() -> Refusal {
    Refusal::rule(Class::Conflict, "team-left")
}
