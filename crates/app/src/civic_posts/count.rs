//! The community writes down how hands were counted in a meeting; a mistake is put right by
//! writing it down again.

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::civic_post::Use;
use huiyin_domain::id::CivicPostId;
use huiyin_store::{Tx, civic_posts};

use super::kept;
use crate::{App, Error, Refusal};

/// No meeting is larger.
const VOICES_MAX: i64 = 9_999;

pub async fn count(
    app: &App,
    actor: &Actor,
    id: CivicPostId,
    voices: Vec<(Use, i64)>,
) -> Result<(), Error> {
    let wrong = voices
        .iter()
        .filter(|(_, count)| !(0..=VOICES_MAX).contains(count))
        .map(|(word, _)| FieldFault::new(word.word(), "fault-voices"));
    let wrong: Vec<FieldFault> = wrong.collect();
    if !wrong.is_empty() {
        return Err(Refusal::Invalid(wrong).into());
    }
    let (actor, today) = (actor.clone(), app.config.day(app.now()));
    let write = move |tx: &mut Tx<'_>| {
        let (civic_post, _) = kept(tx, &actor, id)?;
        if !civic_post.is_rated_on(today) {
            return Err(Refusal::rule(Class::Conflict, "rating-over").into());
        }
        // --- everything is checked; from here on we write ---
        civic_posts::count_meeting(tx, id, &voices)?;
        Ok::<_, Error>(())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
