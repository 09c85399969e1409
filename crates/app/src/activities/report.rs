//! What is told of an activity when it is over.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::id::ActivityId;
use huiyin_store::{Tx, activities};

use super::locked;
use crate::administration::Record;
use crate::venues::permit_unit;
use crate::{App, Error, Refusal};

const TEXT_CHARS_MAX: usize = 4_000;

pub async fn report(app: &App, actor: &Actor, id: ActivityId, text: String) -> Result<(), Error> {
    crate::administration::permit(actor, Action::ActivitiesRun)?;
    if text.chars().count() > TEXT_CHARS_MAX {
        return Err(Refusal::too_long("report", TEXT_CHARS_MAX).into());
    }
    if text.is_empty() {
        return Err(Refusal::field("report", "fault-required").into());
    }
    let record = Record::new(app, actor, "activity-reported", id);
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let activity = locked(tx, id)?;
        permit_unit(
            &actor,
            Action::ActivitiesRun,
            (activity.unit, &activity.place),
        )?;
        let now = inner.now();
        if activity.ends_at > now || activity.cancelled_at.is_some() {
            return Err(Refusal::rule(Class::Conflict, "report-early").into());
        }
        // --- everything is checked; from here on we write ---
        activities::report(tx, id, &text, now)?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
