//! Call an activity off: its room is free again, and everybody who signed up is told, with the
//! reason.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::id::ActivityId;
use huiyin_domain::telling::Importance;
use huiyin_domain::venue::BookingState;
use huiyin_store::{Tx, activities, bookings, sign_ups};

use super::locked;
use crate::administration::Record;
use crate::telling::tell::{Said, Title, tell};
use crate::venues::permit_unit;
use crate::{App, Error, Refusal};

pub async fn cancel(app: &App, actor: &Actor, id: ActivityId) -> Result<(), Error> {
    crate::administration::permit(actor, Action::ActivitiesRun)?;
    let record = Record::new(app, actor, "activity-cancelled", id);
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let activity = locked(tx, id)?;
        permit_unit(
            &actor,
            Action::ActivitiesRun,
            (activity.unit, &activity.place),
        )?;
        let now = inner.now();
        if activity.cancelled_at.is_some() {
            return Ok(());
        }
        if activity.ends_at <= now {
            return Err(Refusal::rule(Class::Gone, "activity-begun").into());
        }
        let coming = sign_ups::of_activity(tx, id)?;
        let kept = bookings::of_activity(tx, id)?;
        // --- everything is checked; from here on we write ---
        activities::cancel(tx, id, now)?;
        for booking in kept {
            bookings::end(tx, booking.id, BookingState::Cancelled, now)?;
        }
        for one in coming {
            let said = Said {
                cause: format!("off {id}"),
                letter: "letter-activity-off",
                why: "letter-venues-why",
                title: Title::Written(activity.title.clone()),
                at: activity.starts_at,
                until: None,
                page: format!("/activities/{id}"),
                importance: Importance::Urgent,
                note: String::new(),
            };
            tell(&inner, tx, one.person, &said, now)?;
        }
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
