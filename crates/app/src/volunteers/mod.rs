//! Volunteers: registering, what they did, certificates, and what the community does for them.
//!
//! Everything about one person starts from that person; the community sees what it must decide
//! and whom it may ask. One more operation: its file and a line here.

pub mod accept;
pub mod certify;
pub mod check;
pub mod confirm;
pub(crate) mod credit;
pub mod decline;
pub mod export;
pub mod extend;
mod keepers;
pub mod leave;
pub mod list;
pub mod mark;
pub mod mine;
pub mod register;
pub mod report;
pub mod revoke;
pub mod skills;
mod tell;
#[cfg(test)]
pub(crate) mod tests;
pub mod waiting;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::{PersonId, PostId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::volunteer::Volunteer;
use huiyin_store::{DbError, Tx, volunteers};

use crate::Refusal;
use crate::administration::reaching;
use crate::error::Thing;

pub(crate) use decline::reason_of;
pub(crate) use keepers::tell_keepers;
pub(crate) use register::not_registered;

/// The longest few words that somebody writes of themselves or of what they did.
pub const WORDS_CHARS_MAX: usize = 80;
/// The longest name.
pub const NAME_CHARS_MAX: usize = 40;
/// The longest reason.
pub const REASON_CHARS_MAX: usize = 200;

/// The person, for themselves.
pub(crate) fn person(actor: &Actor) -> Result<PersonId, Refusal> {
    actor.person().ok_or(Refusal::SignInNeeded)
}

/// The actor's own registration.
pub(crate) fn own(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Volunteer>, DbError> {
    volunteers::of_person(tx, person)
}

/// The post with which the actor looks after volunteers at a place; what lies elsewhere does
/// not exist for them.
pub(crate) fn post_at(actor: &Actor, place: &PlaceCode, what: Thing) -> Result<PostId, Refusal> {
    reaching(actor, Action::VolunteersKeep, (place, what)).map(|post| post.post)
}
