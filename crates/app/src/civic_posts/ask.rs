//! A volunteer asks for a post and pledges what they will do in it. Everybody reads the pledge,
//! under a name of their own choice: sending it is the consent.

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::civic_post::{Pledge, PledgeState};
use huiyin_domain::id::{CivicPostId, PledgeId};
use huiyin_domain::volunteer::Standing;
use huiyin_store::{Tx, civic_posts, pledges};

use super::{PROMISE_CHARS_MAX, SHOWN_CHARS_MAX, found, said};
use crate::import::clean;
use crate::volunteers::{not_registered, own, person, tell_keepers};
use crate::{App, Error, Refusal};

pub struct Request {
    /// Made by whoever shows the form.
    pub id: PledgeId,
    pub civic_post: CivicPostId,
    pub shown_as: String,
    pub promise: String,
}

pub async fn ask(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    let person = person(actor)?;
    let (now, today) = (app.now(), app.config.day(app.now()));
    let (shown_as, promise) = (clean(&request.shown_as), clean(&request.promise));
    let faults = faults(&shown_as, &promise);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let inner = app.clone();
    let refused = |key| Err(Refusal::rule(Class::Conflict, key).into());
    let write = move |tx: &mut Tx<'_>| {
        let own = own(tx, person)?.ok_or_else(not_registered)?;
        civic_posts::lock(tx, request.civic_post)?;
        let civic_post = found(tx, request.civic_post)?;
        if !matches!(own.standing, Standing::Accepted { .. }) {
            return refused("volunteer-not-accepted");
        }
        if own.offer.community() != Some(civic_post.place.clone()) {
            return refused("civic-post-elsewhere");
        }
        if !civic_post.is_open_on(today) {
            return refused("civic-post-over");
        }
        let known = pledges::of_volunteer(tx, own.id)?;
        let known = known.into_iter().find(|known| {
            let is_declined = matches!(known.state, PledgeState::Declined { .. });
            known.civic_post == civic_post.id && !is_declined
        });
        match known {
            Some(known) if known.id == request.id => return Ok(()),
            Some(_) => return refused("pledge-known"),
            None => {}
        }
        if pledges::count_held(tx, civic_post.id)? >= civic_post.seats {
            return refused("civic-post-full");
        }
        // --- everything is checked; from here on we write ---
        let pledge = Pledge {
            id: request.id,
            civic_post: civic_post.id,
            volunteer: own.id,
            shown_as: shown_as.clone(),
            promise: promise.clone(),
            asked_at: now,
            state: PledgeState::Asked,
        };
        pledges::insert(tx, &pledge)?;
        let cause = format!("pledge-asked {}", pledge.id);
        let mut letter = said(&civic_post, "letter-pledge-asked", cause, now);
        letter.page = format!("/desk/civic-posts/{}", civic_post.id);
        tell_keepers(&inner, tx, &civic_post.place, &letter, now)
    };
    app.store
        .write(request.civic_post.get(), write)
        .await
        .map_err(Error::from)
}

fn faults(shown_as: &str, promise: &str) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for (field, text, max) in [
        ("shown_as", shown_as, SHOWN_CHARS_MAX),
        ("promise", promise, PROMISE_CHARS_MAX),
    ] {
        if text.is_empty() {
            faults.push(FieldFault::new(field, "fault-required"));
        }
        if text.chars().count() > max {
            faults.push(FieldFault::new(field, "fault-too-long").with("max", max));
        }
    }
    faults
}
