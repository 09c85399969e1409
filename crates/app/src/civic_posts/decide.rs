//! The community gives a post to somebody who asked, or says why not; they are told.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::civic_post::CivicPost;
use huiyin_domain::id::{CivicPostId, PledgeId, PostId};
use huiyin_store::{Tx, civic_posts, pledges, volunteers};

use super::{kept, said};
use crate::error::Thing;
use crate::telling::tell::tell;
use crate::volunteers::reason_of;
use crate::{App, Error, Refusal};

/// What the community says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    Accepted,
    Declined(String),
}

pub async fn decide(
    app: &App,
    actor: &Actor,
    (civic_post, id): (CivicPostId, PledgeId),
    word: Word,
) -> Result<(), Error> {
    let word = match word {
        Word::Accepted => Word::Accepted,
        Word::Declined(reason) => Word::Declined(reason_of(&reason)?),
    };
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        civic_posts::lock(tx, civic_post)?;
        let (civic_post, post) = kept(tx, &actor, civic_post)?;
        let pledge = pledges::by_id(tx, id)?.filter(|pledge| pledge.civic_post == civic_post.id);
        let pledge = pledge.ok_or(Refusal::NotFound(Thing::Pledge))?;
        let whose = volunteers::by_id(tx, pledge.volunteer)?;
        let whose = whose.ok_or(Refusal::NotFound(Thing::Pledge))?;
        if actor.person() == Some(whose.person) {
            return Err(Refusal::rule(Class::NotPermitted, "own-pledge").into());
        }
        if word == Word::Accepted {
            check_room(tx, &civic_post)?;
        }
        // --- everything is checked; from here on we write ---
        let letter = match &word {
            Word::Accepted => "letter-pledge-accepted",
            Word::Declined(_) => "letter-pledge-declined",
        };
        if !written(tx, id, (post, &word), now)? {
            return Err(Refusal::rule(Class::Conflict, "pledge-decided").into());
        }
        let mut told = said(&civic_post, letter, format!("pledge-decided {id}"), now);
        told.page = "/volunteer/pledges".to_owned();
        tell(&inner, tx, whose.person, &told, now)
    };
    app.store
        .write(civic_post.get(), write)
        .await
        .map_err(Error::from)
}

fn check_room(tx: &mut Tx<'_>, civic_post: &CivicPost) -> Result<(), Error> {
    if civic_post.closed_at.is_some() {
        return Err(Refusal::rule(Class::Conflict, "civic-post-over").into());
    }
    if pledges::count_held(tx, civic_post.id)? >= civic_post.seats {
        return Err(Refusal::rule(Class::Conflict, "civic-post-full").into());
    }
    Ok(())
}

fn written(
    tx: &mut Tx<'_>,
    id: PledgeId,
    (post, word): (PostId, &Word),
    now: jiff::Timestamp,
) -> Result<bool, Error> {
    let is_done = match word {
        Word::Accepted => pledges::accept(tx, id, post, now)?,
        Word::Declined(reason) => pledges::decline(tx, id, (post, reason), now)?,
    };
    Ok(is_done)
}
