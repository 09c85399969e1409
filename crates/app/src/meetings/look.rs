//! Look at meetings: those that were held, what the next one is about, one with its minutes.

use std::collections::BTreeSet;

use huiyin_domain::access::{Action, Actor, Thing as Subject, allows, scope};
use huiyin_domain::id::MeetingId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::round::MeetingSort;
use huiyin_store::findings;
use huiyin_store::meetings;
use huiyin_store::{Tx, places};
use jiff::{SignedDuration, Timestamp};

pub use huiyin_store::findings::Standing;
pub use huiyin_store::meetings::Meeting;

use crate::administration::permit;
use crate::error::Thing;
use crate::rounds::look::{PlaceNames, called};
use crate::venues::post_for;
use crate::{App, Error, Refusal};

const MEETINGS_MAX: i64 = 30;
const AGENDA_MAX: i64 = 200;
/// Of so many findings those of an agenda are picked out.
const BETWEEN_MAX: i64 = 5_000;

/// Since when the next meeting of a sort in a place looks back.
fn since(
    tx: &mut Tx<'_>,
    (place, sort): (&PlaceCode, MeetingSort),
    now: Timestamp,
) -> Result<Timestamp, Error> {
    let usual = now - SignedDuration::from_hours(24 * sort.days());
    let last = meetings::last(tx, place, sort)?;
    Ok(last.map_or(usual, |last| last.held_at))
}

/// Since when the next meeting looks back, and what it is about.
pub(super) fn agenda(
    tx: &mut Tx<'_>,
    what: (&PlaceCode, MeetingSort),
    now: Timestamp,
) -> Result<(Timestamp, Vec<Standing>), Error> {
    let since = since(tx, what, now)?;
    Ok((since, findings::since(tx, what.0, since, AGENDA_MAX)?))
}

/// A meeting that can be held.
#[derive(Debug, Clone)]
pub struct Next {
    pub place: PlaceCode,
    pub sort: MeetingSort,
    pub since: Timestamp,
    /// How much there is to discuss.
    pub count: i64,
}

/// What can be held, and what was.
#[derive(Debug, Clone)]
pub struct Overview {
    pub next: Vec<Next>,
    /// The latest first.
    pub held: Vec<Meeting>,
    pub places: PlaceNames,
}

pub async fn overview(app: &App, actor: &Actor) -> Result<Overview, Error> {
    permit(actor, Action::RoundsKeep)?;
    let (within, now) = (scope(actor, Action::RoundsKeep), app.now());
    let own: BTreeSet<PlaceCode> = actor
        .posts
        .iter()
        .filter(|post| {
            let subject = Subject::lying_in(&post.place);
            allows(post, Action::RoundsKeep, Some(&subject))
        })
        .map(|post| post.place.clone())
        .collect();
    let read = move |tx: &mut Tx<'_>| {
        let mut next = Vec::new();
        for place in &own {
            for &sort in MeetingSort::ALL {
                let since = since(tx, (place, sort), now)?;
                next.push(Next {
                    count: findings::count_since(tx, place, since)?,
                    place: place.clone(),
                    sort,
                    since,
                });
            }
        }
        let held = meetings::within(tx, &within, MEETINGS_MAX)?;
        let codes = held.iter().map(|meeting| &meeting.place);
        let places = called(tx, codes.chain(&own))?;
        Ok::<_, Error>(Overview { next, held, places })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// What the next meeting of a sort in a place would be about.
pub async fn next(
    app: &App,
    actor: &Actor,
    (place, sort): (PlaceCode, MeetingSort),
) -> Result<(Timestamp, Vec<Standing>), Error> {
    permit(actor, Action::RoundsKeep)?;
    post_for(actor, Action::RoundsKeep, &place)?;
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| agenda(tx, (&place, sort), now);
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
