//! One civic post: what is to be done, the pledges of those who hold it with what they report,
//! and what residents said of it. The desk sees those who ask besides.

use huiyin_domain::access::Actor;
use huiyin_domain::civic_post::{CivicPost, Pledge, PledgeReport, Ratings};
use huiyin_domain::id::CivicPostId;
use huiyin_domain::volunteer::Volunteer;
use huiyin_store::{Tx, civic_posts, pledges, volunteers};

use super::{found, kept};
use crate::{App, Error};

/// So many reports of each pledge are shown.
const REPORTS: i64 = 5;

#[derive(Debug, Clone)]
pub struct Look {
    pub civic_post: CivicPost,
    /// Pledges with their latest reports: held ones only, for everybody but the desk.
    pub pledges: Vec<(Pledge, Vec<PledgeReport>)>,
    pub held: i64,
    pub ratings: Ratings,
    /// The reader's own registration.
    pub volunteer: Option<Volunteer>,
    /// The reader's own pledge for it.
    pub own: Option<Pledge>,
    pub has_rated: bool,
}

/// As everybody sees it.
pub async fn public(app: &App, actor: &Actor, id: CivicPostId) -> Result<Look, Error> {
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let civic_post = found(tx, id)?;
        look(tx, &actor, civic_post, Pledge::is_held)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// As whoever looks after it does.
pub async fn desk(app: &App, actor: &Actor, id: CivicPostId) -> Result<Look, Error> {
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let (civic_post, _) = kept(tx, &actor, id)?;
        look(tx, &actor, civic_post, |_| true)
    };
    app.store.read(read).await.map_err(Error::from)
}

fn look(
    tx: &mut Tx<'_>,
    actor: &Actor,
    civic_post: CivicPost,
    shown: fn(&Pledge) -> bool,
) -> Result<Look, Error> {
    let id = civic_post.id;
    let all = pledges::of_civic_post(tx, id)?;
    let volunteer = match actor.person() {
        Some(person) => volunteers::of_person(tx, person)?,
        None => None,
    };
    let has_rated = match actor.person() {
        Some(person) => civic_posts::has_rated(tx, id, person)?,
        None => false,
    };
    let is_own = |pledge: &&Pledge| Some(pledge.volunteer) == volunteer.as_ref().map(|own| own.id);
    let own = all.iter().rev().find(is_own).cloned();
    let held = all.iter().filter(|pledge| pledge.is_held()).count();
    let mut told = Vec::new();
    for pledge in all.into_iter().filter(shown) {
        let reports = pledges::reports(tx, pledge.id, REPORTS)?;
        told.push((pledge, reports));
    }
    Ok(Look {
        ratings: civic_posts::ratings(tx, id)?,
        held: i64::try_from(held).unwrap_or(i64::MAX),
        pledges: told,
        civic_post,
        volunteer,
        own,
        has_rated,
    })
}
