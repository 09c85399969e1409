//! The community asks residents how far a post was of use, until a day that it names. Who has
//! spoken is forgotten after that day, so a rating that is over does not begin anew.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::CivicPostId;
use huiyin_store::{Tx, civic_posts};
use jiff::ToSpan;
use jiff::civil::Date;

use super::kept;
use crate::{App, Error, Refusal};

/// Longer than this nobody remembers that they were asked.
const DAYS_MAX: i64 = 92;

pub async fn ask_rating(
    app: &App,
    actor: &Actor,
    id: CivicPostId,
    until: Date,
) -> Result<(), Error> {
    let today = app.config.day(app.now());
    if until < today || until > today.saturating_add(DAYS_MAX.days()) {
        return Err(Refusal::field("until", "fault-rating-until").into());
    }
    let actor = actor.clone();
    let write = move |tx: &mut Tx<'_>| {
        let (civic_post, _) = kept(tx, &actor, id)?;
        if civic_post.rated_until.is_some_and(|until| until < today) {
            return Err(Refusal::rule(Class::Conflict, "rating-over").into());
        }
        // --- everything is checked; from here on we write ---
        match civic_posts::ask_rating(tx, id, until)? {
            true => Ok::<_, Error>(()),
            false => Err(Refusal::rule(Class::Conflict, "civic-post-over").into()),
        }
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
