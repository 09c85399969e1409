//! Look at meetings: those that were held, what the next one is about, one with its minutes.

use huiyin_domain::access::{Action, Actor, Scope, scope};
use huiyin_domain::id::{CaseId, MeetingId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_store::findings;
use huiyin_store::meetings;
use huiyin_store::{Tx, places};
use jiff::{SignedDuration, Timestamp};

pub use huiyin_store::findings::Standing;
pub use huiyin_store::meetings::Meeting;

use crate::administration::permit;
use crate::error::Thing;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

const MEETINGS_MAX: i64 = 30;
const AGENDA_MAX: i64 = 200;

/// How far the first one of its sort looks back.
fn usual(sort: &str) -> SignedDuration {
    match sort {
        "joint" => SignedDuration::from_hours(24 * 31),
        _ => SignedDuration::from_hours(24 * 7),
    }
}

/// Since when the next meeting looks back, and what it is about.
pub(super) fn agenda(
    tx: &mut Tx<'_>,
    within: &Scope,
    (place, sort): (&PlaceCode, &str),
    now: Timestamp,
) -> Result<(Timestamp, Vec<Standing>), Error> {
    let last = meetings::last(tx, place, sort)?;
    let since = last.map_or(now - usual(sort), |last| last.held_at);
    let mut lines = findings::since(tx, within, since, AGENDA_MAX)?;
    lines.retain(|line| line.finding.place.is_within(place));
    Ok((since, lines))
}

/// What was held, the latest first.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Meeting>, Error> {
    permit(actor, Action::RoundsKeep)?;
    let within = scope(actor, Action::RoundsKeep);
    let read = move |tx: &mut Tx<'_>| meetings::within(tx, &within, MEETINGS_MAX);
    app.store.read(read).await.map_err(Error::from)
}

/// What the next meeting of a sort in a place would be about.
pub async fn next(
    app: &App,
    actor: &Actor,
    (place, sort): (PlaceCode, String),
) -> Result<(Timestamp, Vec<Standing>), Error> {
    permit(actor, Action::RoundsKeep)?;
    post_for(actor, Action::RoundsKeep, &place)?;
    let (within, now) = (scope(actor, Action::RoundsKeep), app.now());
    let read = move |tx: &mut Tx<'_>| agenda(tx, &within, (&place, &sort), now);
    app.store.read(read).await.map_err(Error::from)
}

/// A meeting with what it was about, as that stands now.
#[derive(Debug, Clone)]
pub struct Shown {
    pub meeting: Meeting,
    pub place: Names,
    pub agenda: Vec<Standing>,
}

pub async fn show(app: &App, actor: &Actor, id: MeetingId) -> Result<Shown, Error> {
    permit(actor, Action::RoundsKeep)?;
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let meeting = meetings::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Meeting))?;
        if post_for(&actor, Action::RoundsKeep, &meeting.place).is_err() {
            return Err(Refusal::NotFound(Thing::Meeting).into());
        }
        let within = scope(&actor, Action::RoundsKeep);
        let mut agenda = findings::since(tx, &within, meeting.since_at, AGENDA_MAX)?;
        let is_on = |case: CaseId| meeting.agenda.contains(&case);
        agenda.retain(|line| is_on(line.finding.case));
        let place = places::read(tx, &meeting.place)?;
        Ok::<_, Error>(Shown {
            place: place.map(|place| place.names).unwrap_or_default(),
            agenda,
            meeting,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}
