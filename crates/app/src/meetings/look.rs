//! Look at meetings: those that were held, what the next one is about, one with its minutes.

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::id::MeetingId;
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
/// Of so many findings those of an agenda are picked out.
const BETWEEN_MAX: i64 = 5_000;

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
    (place, sort): (&PlaceCode, &str),
    now: Timestamp,
) -> Result<(Timestamp, Vec<Standing>), Error> {
    let last = meetings::last(tx, place, sort)?;
    let since = last.map_or(now - usual(sort), |last| last.held_at);
    Ok((since, findings::since(tx, place, since, AGENDA_MAX)?))
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
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| agenda(tx, (&place, &sort), now);
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
        // As it was; the ids begin with the time, so that they lie close together.
        let mut agenda = match (meeting.agenda.iter().min(), meeting.agenda.iter().max()) {
            (Some(&first), Some(&last)) => {
                findings::between(tx, &meeting.place, (first, last), BETWEEN_MAX)?
            }
            _ => Vec::new(),
        };
        agenda.retain(|line| meeting.agenda.contains(&line.finding.case));
        let place = places::read(tx, &meeting.place)?;
        Ok::<_, Error>(Shown {
            place: place.map(|place| place.names).unwrap_or_default(),
            agenda,
            meeting,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}
