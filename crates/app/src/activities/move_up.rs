//! Free seats go to those who have waited longest, in the order in which they came, each told
//! once. Called in the transaction in which a seat has become free.

use huiyin_domain::activity::{Chair, Moving, SignUpState, offered_to, place_for};
use huiyin_domain::telling::Importance;
use huiyin_store::Tx;
use huiyin_store::activities::Activity;
use huiyin_store::sign_ups::{self, SignUp};
use jiff::{SignedDuration, Timestamp};

use crate::telling::tell::{Said, Title, tell};
use crate::{App, Error};

/// Whoever is offered a seat has this long to say so, and not longer than until it begins.
const CONFIRM_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// Fills every free seat as long as somebody waits; how many moved.
pub(crate) fn fill(
    app: &App,
    tx: &mut Tx<'_>,
    activity: &Activity,
    now: Timestamp,
) -> Result<u64, Error> {
    if activity.cancelled_at.is_some() || activity.starts_at <= now {
        return Ok(0);
    }
    let mut taken = sign_ups::taken(tx, activity.id)?;
    let mut moved = 0;
    while let Chair::Seat(seat) = place_for(&taken, activity.capacity, 0) {
        let Some(next) = sign_ups::first_waiting(tx, activity.id)? else {
            break;
        };
        let (state, until) = match offered_to(1, activity.about.handover) {
            Moving::Offered => (SignUpState::Offered, Some(until(activity, now))),
            Moving::Given | Moving::Free => (SignUpState::Seated, None),
        };
        let next = SignUp {
            state,
            seat: Some(seat),
            offered_until: until,
            changed_at: now,
            ..next
        };
        sign_ups::set(tx, &next)?;
        tell_moved(app, tx, activity, &next)?;
        let at = taken.partition_point(|&other| other < seat);
        taken.insert(at, seat);
        moved += 1;
    }
    Ok(moved)
}

fn until(activity: &Activity, now: Timestamp) -> Timestamp {
    let until = now.saturating_add(CONFIRM_WITHIN).unwrap_or(now);
    until.min(activity.starts_at)
}

fn tell_moved(app: &App, tx: &mut Tx<'_>, activity: &Activity, next: &SignUp) -> Result<(), Error> {
    let (letter, importance) = match next.state {
        SignUpState::Offered => ("letter-seat-offered", Importance::Act),
        _ => ("letter-seat-given", Importance::Act),
    };
    let said = Said {
        // Whoever leaves and comes again has another number, and is told anew.
        cause: format!("seat {} {}", activity.id, next.number),
        letter,
        why: "letter-venues-why",
        title: Title::Written(activity.title.clone()),
        at: activity.starts_at,
        until: next.offered_until,
        page: format!("/activities/{}", activity.id),
        importance,
        note: String::new(),
    };
    tell(app, tx, next.person, &said, next.changed_at)
}
