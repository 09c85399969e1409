//! Civic posts: a community lists what it wants done for a term, volunteers take a post with a
//! pledge that everybody can read, report, and at the end residents rate the post. Posts are
//! rated, never persons; nobody is ranked. One more operation: its file and a line here.

pub mod ask;
pub mod ask_rating;
pub mod close;
pub mod count;
pub mod decide;
pub mod give_up;
pub mod list;
pub mod look;
pub mod mine;
pub mod put;
pub mod rate;
pub mod report;

#[cfg(test)]
mod tests;

use huiyin_domain::access::Actor;
use huiyin_domain::civic_post::{CivicPost, Pledge};
use huiyin_domain::id::{CivicPostId, PledgeId, PostId};
use huiyin_domain::telling::Importance;
use huiyin_domain::volunteer::Volunteer;
use huiyin_store::{DbError, Tx, civic_posts, pledges};
use jiff::Timestamp;

use crate::error::Thing;
use crate::telling::tell::{Said, Title};
use crate::volunteers::post_at;
use crate::{Error, Refusal};

/// The longest title, and the longest list of duties.
pub const TITLE_CHARS_MAX: usize = 40;
pub const DUTIES_CHARS_MAX: usize = 600;
/// The longest name under which somebody is shown, and the longest pledge.
pub const SHOWN_CHARS_MAX: usize = 20;
pub const PROMISE_CHARS_MAX: usize = 200;

fn found(tx: &mut Tx<'_>, id: CivicPostId) -> Result<CivicPost, Error> {
    let found = civic_posts::by_id(tx, id)?;
    found.ok_or_else(|| Refusal::NotFound(Thing::CivicPost).into())
}

/// The post with whoever looks after it; what lies elsewhere does not exist for them.
fn kept(tx: &mut Tx<'_>, actor: &Actor, id: CivicPostId) -> Result<(CivicPost, PostId), Error> {
    let civic_post = found(tx, id)?;
    let post = post_at(actor, &civic_post.place, Thing::CivicPost)?;
    Ok((civic_post, post))
}

/// A pledge of the actor's own.
fn own_pledge(tx: &mut Tx<'_>, own: &Volunteer, id: PledgeId) -> Result<Pledge, Error> {
    let pledge = pledges::by_id(tx, id)?.filter(|pledge| pledge.volunteer == own.id);
    pledge.ok_or_else(|| Refusal::NotFound(Thing::Pledge).into())
}

/// A letter about a civic post.
fn said(civic_post: &CivicPost, letter: &'static str, cause: String, now: Timestamp) -> Said {
    Said {
        cause,
        letter,
        why: "letter-volunteers-why",
        title: Title::Written(civic_post.title.clone()),
        at: now,
        until: None,
        page: format!("/civic-posts/{}", civic_post.id),
        importance: Importance::Info,
        note: String::new(),
    }
}

/// Whoever is a volunteer no more, or of another community, holds no post there: their pledges
/// go, with all that they wrote.
pub(crate) fn give_up_all(
    tx: &mut Tx<'_>,
    volunteer: &Volunteer,
    now: Timestamp,
) -> Result<(), DbError> {
    for pledge in pledges::of_volunteer(tx, volunteer.id)? {
        pledges::end(tx, pledge.id, now)?;
    }
    Ok(())
}
