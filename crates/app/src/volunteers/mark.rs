//! The community notes a course that a volunteer took, or a thanks that they were given.

use huiyin_domain::access::Actor;
use huiyin_domain::case::FieldFault;
use huiyin_domain::volunteer::Mark;
use huiyin_store::{Tx, certificates, volunteers};

use super::{WORDS_CHARS_MAX, post_at};
use crate::error::Thing;
use crate::import::clean;
use crate::{App, Error, Refusal};

/// The longest course: a month of working days.
const MINUTES_MAX: u32 = 200 * 60;

pub async fn mark(app: &App, actor: &Actor, mut mark: Mark) -> Result<(), Error> {
    mark.what = clean(&mark.what);
    let mut faults = Vec::new();
    if mark.what.is_empty() {
        faults.push(FieldFault::new("what", "fault-required"));
    }
    if mark.what.chars().count() > WORDS_CHARS_MAX {
        faults.push(FieldFault::new("what", "fault-too-long").with("max", WORDS_CHARS_MAX));
    }
    if mark.day > app.config.day(app.now()) {
        faults.push(FieldFault::new("day", "fault-in-future"));
    }
    if mark.minutes > MINUTES_MAX {
        faults.push(FieldFault::new("hours", "fault-service-hours"));
    }
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let (actor, now) = (actor.clone(), app.now());
    let id = mark.volunteer;
    let write = move |tx: &mut Tx<'_>| {
        let known = volunteers::by_id(tx, id)?.ok_or(Refusal::NotFound(Thing::Volunteer))?;
        let post = post_at(&actor, &known.offer.place, Thing::Volunteer)?;
        // --- everything is checked; from here on we write ---
        certificates::add_mark(tx, &mark, post, now)?;
        Ok::<_, Error>(())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
