//! A community lists a post: what is to be done, for how long, and how many hold it. What was
//! listed does not change, because pledges rest on it; a new term is a new post.

use huiyin_domain::access::Actor;
use huiyin_domain::case::FieldFault;
use huiyin_domain::civic_post::{CivicPost, SEATS_MAX};
use huiyin_domain::id::CivicPostId;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_store::{Tx, civic_posts, places};
use jiff::ToSpan;
use jiff::civil::Date;

use super::{DUTIES_CHARS_MAX, TITLE_CHARS_MAX};
use crate::error::Thing;
use crate::import::{clean, clean_lines};
use crate::volunteers::post_at;
use crate::{App, Error, Refusal};

/// Nobody pledges for longer than this.
const YEARS_MAX: i64 = 3;

pub struct Request {
    /// Made by whoever shows the form.
    pub id: CivicPostId,
    pub place: PlaceCode,
    pub title: String,
    pub duties: String,
    pub seats: i64,
    pub starts_on: Date,
    pub ends_on: Date,
}

pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    let post = post_at(actor, &request.place, Thing::Place)?;
    let (now, today) = (app.now(), app.config.day(app.now()));
    let civic_post = CivicPost {
        id: request.id,
        place: request.place,
        title: clean(&request.title),
        duties: clean_lines(&request.duties),
        seats: request.seats,
        starts_on: request.starts_on,
        ends_on: request.ends_on,
        rated_until: None,
        closed_at: None,
    };
    let faults = faults(&civic_post, today);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let write = move |tx: &mut Tx<'_>| {
        let place = places::read(tx, &civic_post.place)?;
        let is_open = place.is_some_and(|place| place.closed_at.is_none());
        if !is_open || civic_post.place.level() != Level::Community {
            return Err(Refusal::NotFound(Thing::Place).into());
        }
        let there = civic_posts::by_id(tx, civic_post.id)?;
        if there.is_some_and(|there| there.place != civic_post.place) {
            return Err(Refusal::KeyReused.into());
        }
        // --- everything is checked; from here on we write ---
        civic_posts::insert(tx, &civic_post, post, now)?;
        Ok::<_, Error>(())
    };
    app.store
        .write(request.id.get(), write)
        .await
        .map_err(Error::from)
}

fn faults(civic_post: &CivicPost, today: Date) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for (field, text, max) in [
        ("title", &civic_post.title, TITLE_CHARS_MAX),
        ("duties", &civic_post.duties, DUTIES_CHARS_MAX),
    ] {
        if text.is_empty() {
            faults.push(FieldFault::new(field, "fault-required"));
        }
        if text.chars().count() > max {
            faults.push(FieldFault::new(field, "fault-too-long").with("max", max));
        }
    }
    if !(1..=SEATS_MAX).contains(&civic_post.seats) {
        faults.push(FieldFault::new("seats", "fault-civic-post-seats"));
    }
    let last = civic_post.starts_on.saturating_add(YEARS_MAX.years());
    let is_term = civic_post.starts_on <= civic_post.ends_on && civic_post.ends_on <= last;
    if !is_term || civic_post.ends_on < today {
        faults.push(FieldFault::new("ends_on", "fault-civic-post-term"));
    }
    faults
}
