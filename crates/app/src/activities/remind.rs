//! A sweep: whoever has a seat is reminded a day before, once.

use huiyin_domain::activity::SignUpState;
use huiyin_domain::id::ActivityId;
use huiyin_domain::telling::Importance;
use huiyin_store::{Tx, activities, sign_ups};
use jiff::{SignedDuration, Timestamp};

use super::locked;
use crate::telling::tell::{Said, Title, tell};
use crate::{App, Error};

const BATCH: i64 = 50;
const AHEAD: SignedDuration = SignedDuration::from_hours(24);
/// Whoever signed up so short a time ago needs no reminder.
const FRESH: SignedDuration = SignedDuration::from_hours(2);

/// Of how many activities people were reminded.
pub(crate) async fn run(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let until = now.saturating_add(AHEAD).unwrap_or(now);
    let read = move |tx: &mut Tx<'_>| activities::to_remind(tx, now, until, BATCH);
    let soon = app.store.read(read).await.map_err(Error::from)?;
    let mut reminded = 0;
    for id in soon {
        reminded += u64::from(one(app, id, now).await?);
    }
    Ok(reminded)
}

async fn one(app: &App, id: ActivityId, now: Timestamp) -> Result<bool, Error> {
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| {
        let activity = locked(tx, id)?;
        if activity.cancelled_at.is_some() || activity.reminded_at.is_some() {
            return Ok(false);
        }
        let coming = sign_ups::of_activity(tx, id)?;
        // --- everything is checked; from here on we write ---
        activities::reminded(tx, id, now)?;
        for one in coming {
            let is_fresh = now.duration_since(one.made_at) < FRESH;
            if one.state != SignUpState::Seated || is_fresh {
                continue;
            }
            let said = Said {
                cause: format!("remind {id}"),
                letter: "letter-activity-soon",
                why: "letter-venues-why",
                title: Title::Written(activity.title.clone()),
                at: activity.starts_at,
                until: None,
                page: format!("/activities/{id}"),
                importance: Importance::Info,
                note: String::new(),
            };
            tell(&inner, tx, one.person, &said, now)?;
        }
        Ok::<_, Error>(true)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
