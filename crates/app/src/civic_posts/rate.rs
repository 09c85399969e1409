//! A resident says how far a post was of use: one word, once, and nobody learns whose it is.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::civic_post::Use;
use huiyin_domain::id::CivicPostId;
use huiyin_store::{Tx, civic_posts, pledges, volunteers};

use super::found;
use crate::{App, Error, Refusal};

pub async fn rate(app: &App, actor: &Actor, id: CivicPostId, word: Use) -> Result<(), Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let today = app.config.day(app.now());
    let write = move |tx: &mut Tx<'_>| {
        let civic_post = found(tx, id)?;
        if !civic_post.is_rated_on(today) {
            return Err(Refusal::rule(Class::Gone, "rating-over").into());
        }
        if let Some(own) = volunteers::of_person(tx, person)? {
            let held = pledges::of_civic_post(tx, id)?;
            if held.iter().any(|pledge| pledge.volunteer == own.id) {
                return Err(Refusal::rule(Class::NotPermitted, "own-civic-post").into());
            }
        }
        // --- everything is checked; from here on we write ---
        match civic_posts::rate(tx, id, person, word)? {
            true => Ok::<_, Error>(()),
            false => Err(Refusal::rule(Class::Conflict, "rated-already").into()),
        }
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
