//! Look at activities: what is on, one of them, and, for the unit that holds it, who comes.

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::association::GroupState;
use huiyin_domain::id::ActivityId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_store::activities::{self, Activity, Span};
use huiyin_store::associations::{self, Association};
use huiyin_store::pictures::{self, Of, Picture};
use huiyin_store::sign_ups::{self, Counts, SignUp};
use huiyin_store::{Tx, rooms, venues};
use jiff::{SignedDuration, Timestamp};

use super::door::{self, DoorCode};
use crate::cases::names::named_places;
use crate::error::Thing;
use crate::venues::permit_unit;
use crate::{App, Error, Refusal};

/// So many are shown at once.
pub const PAGE: usize = 24;
/// What began longer ago than this is no longer in the list of the desk.
const DESK_PAST: SignedDuration = SignedDuration::from_hours(60 * 24);
const DESK_ROWS_MAX: i64 = 300;

/// An activity in a list.
#[derive(Debug, Clone)]
pub struct Line {
    pub activity: Activity,
    pub counts: Counts,
    pub place: Names,
}

impl Line {
    /// How many seats whoever comes now would find.
    pub fn free(&self) -> i64 {
        match self.counts.waiting {
            0 => self.activity.capacity - self.counts.seated,
            _ => 0,
        }
    }

    /// How many came, once it is told of.
    pub fn came(&self) -> Option<i64> {
        self.activity.report.as_ref()?;
        Some(self.counts.came).filter(|came| *came > 0)
    }
}

/// A page of what begins from now on, and where the next page begins.
pub async fn list(
    app: &App,
    place: Option<PlaceCode>,
    after: Option<ActivityId>,
) -> Result<(Vec<Line>, Option<ActivityId>), Error> {
    let span = Span {
        from: app.now(),
        to: Timestamp::MAX,
        after,
    };
    let read = move |tx: &mut Tx<'_>| {
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let found = activities::list(tx, &span, place.as_ref(), limit)?;
        cut(tx, found)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// A page of what is over and was told of, the latest first, and where the next page begins.
pub async fn past(
    app: &App,
    place: Option<PlaceCode>,
    after: Option<ActivityId>,
) -> Result<(Vec<Line>, Option<ActivityId>), Error> {
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| {
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let found = activities::past(tx, now, (place.as_ref(), after), limit)?;
        cut(tx, found)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// As many as are shown at once, and where the next page begins.
fn cut(
    tx: &mut Tx<'_>,
    mut found: Vec<Activity>,
) -> Result<(Vec<Line>, Option<ActivityId>), Error> {
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|activity| activity.id);
    Ok((lines(tx, found)?, next))
}

/// What the actor looks after, from two months ago on.
pub async fn kept(app: &App, actor: &Actor) -> Result<Vec<Line>, Error> {
    let scope = scope(actor, Action::ActivitiesRun);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let span = Span {
        from: app.now() - DESK_PAST,
        to: Timestamp::MAX,
        after: None,
    };
    let read = move |tx: &mut Tx<'_>| {
        let found = activities::in_scope(tx, &scope, &span, DESK_ROWS_MAX)?;
        lines(tx, found)
    };
    app.store.read(read).await.map_err(Error::from)
}

fn lines(tx: &mut Tx<'_>, found: Vec<Activity>) -> Result<Vec<Line>, Error> {
    let codes: Vec<PlaceCode> = found.iter().map(|one| one.place.clone()).collect();
    let named = named_places(tx, &codes)?;
    let mut lines = Vec::new();
    for activity in found {
        let place = named.iter().find(|place| place.code == activity.place);
        lines.push(Line {
            counts: sign_ups::counts(tx, activity.id)?,
            place: place.map(|place| place.names.clone()).unwrap_or_default(),
            activity,
        });
    }
    Ok(lines)
}

/// An activity as somebody sees it.
#[derive(Debug, Clone)]
pub struct Page {
    pub line: Line,
    pub venue: Option<Names>,
    pub room: Option<Names>,
    pub pictures: Vec<Picture>,
    /// The group that holds it, unless it is closed by now.
    pub group: Option<Association>,
    /// How the one who looks stands with it.
    pub own: Option<SignUp>,
    /// How many wait before them.
    pub before: i64,
}

pub async fn show(app: &App, actor: &Actor, id: ActivityId) -> Result<Page, Error> {
    let person = actor.person();
    let read = move |tx: &mut Tx<'_>| {
        let activity = activities::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Activity))?;
        let own = match person {
            Some(person) => sign_ups::read(tx, id, person)?,
            None => None,
        };
        page(tx, activity, own)
    };
    app.store.read(read).await.map_err(Error::from)
}

fn page(tx: &mut Tx<'_>, activity: Activity, own: Option<SignUp>) -> Result<Page, Error> {
    let venue = match activity.venue {
        Some(venue) => venues::read(tx, venue)?.map(|venue| venue.names),
        None => None,
    };
    let room = match activity.room {
        Some(room) => rooms::read(tx, room)?.map(|room| room.names),
        None => None,
    };
    let group = match activity.association {
        Some(group) => associations::read(tx, group)?,
        None => None,
    };
    let before = match &own {
        Some(own) => sign_ups::before(tx, own)?,
        None => 0,
    };
    let pictures = pictures::list(tx, Of::Activity(activity.id))?;
    let line = lines(tx, vec![activity])?.pop();
    Ok(Page {
        line: line.ok_or(Refusal::NotFound(Thing::Activity))?,
        venue,
        room,
        pictures,
        group: group.filter(|group| group.state == GroupState::Registered),
        own,
        before,
    })
}

/// Somebody who comes, for the unit that holds it.
#[derive(Debug, Clone)]
pub struct Guest {
    pub sign_up: SignUp,
    pub name: String,
}

/// An activity as whoever runs it sees it.
#[derive(Debug, Clone)]
pub struct Running {
    pub page: Page,
    /// None for those who look after the place, but do not work for the unit.
    pub guests: Option<Vec<Guest>>,
}

pub async fn run(app: &App, actor: &Actor, id: ActivityId) -> Result<Running, Error> {
    crate::administration::permit(actor, Action::ActivitiesRun)?;
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let activity = activities::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Activity))?;
        crate::venues::post_for(&actor, Action::ActivitiesRun, &activity.place)?;
        let about = (activity.unit, &activity.place);
        let may = permit_unit(&actor, Action::ActivitiesRun, about).is_ok();
        let guests = match may {
            true => {
                let named = sign_ups::named(tx, id)?.into_iter();
                let named = named.map(|(sign_up, name)| Guest { sign_up, name });
                Some(named.collect())
            }
            false => None,
        };
        Ok::<_, Error>(Running {
            page: page(tx, activity, None)?,
            guests,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The code that stands at the door now.
pub async fn door(app: &App, actor: &Actor, id: ActivityId) -> Result<(Activity, DoorCode), Error> {
    crate::administration::permit(actor, Action::ActivitiesRun)?;
    let (actor, now) = (actor.clone(), app.now());
    let read = move |tx: &mut Tx<'_>| {
        let activity = activities::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Activity))?;
        permit_unit(
            &actor,
            Action::ActivitiesRun,
            (activity.unit, &activity.place),
        )?;
        let secret = activities::secret(tx, id)?;
        let secret = secret.ok_or(Refusal::NotFound(Thing::Activity))?;
        Ok::<_, Error>((activity, door::code(&secret, now)))
    };
    app.store.read(read).await.map_err(Error::from)
}
