//! Look at groups: what there is, one of them, and, for those who lead it and the unit that
//! registered it, who is in it.

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::association::{GroupState, Standing};
use huiyin_domain::id::AssociationId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_store::activities::{self, Activity};
pub use huiyin_store::associations::{Association, Member};
use huiyin_store::{Tx, associations};

use super::{leads, permit_desk};
use crate::cases::names::named_places;
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// So many are shown at once.
pub const PAGE: usize = 24;
const DESK_ROWS_MAX: i64 = 300;
const OWN_MAX: i64 = 100;
const ACTIVITIES_MAX: i64 = 12;
/// Of how many people a published count speaks at least.
pub const COUNT_SHOWN_MIN: i64 = 10;

/// A group in a list.
#[derive(Debug, Clone)]
pub struct Line {
    pub group: Association,
    pub place: Names,
    /// How many are in it.
    pub count: i64,
}

/// A page of what is registered in a place, and where the next page begins.
pub async fn list(
    app: &App,
    place: Option<PlaceCode>,
    after: Option<AssociationId>,
) -> Result<(Vec<Line>, Option<AssociationId>), Error> {
    let read = move |tx: &mut Tx<'_>| {
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut found = associations::list(tx, place.as_ref(), after, limit)?;
        let more = found.len() > PAGE;
        found.truncate(PAGE);
        let next = found.last().filter(|_| more).map(|(group, _)| group.id);
        Ok::<_, Error>((lines(tx, found)?, next))
    };
    app.store.read(read).await.map_err(Error::from)
}

/// What the actor looks after at the desk, the latest first.
pub async fn kept(app: &App, actor: &Actor) -> Result<Vec<Line>, Error> {
    let scope = scope(actor, Action::ActivitiesRun);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let read = move |tx: &mut Tx<'_>| {
        let found = associations::in_scope(tx, &scope, DESK_ROWS_MAX)?;
        lines(tx, found)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The groups that the actor is in, or asks to be.
pub async fn mine(app: &App, actor: &Actor) -> Result<Vec<(Association, Standing)>, Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let read = move |tx: &mut Tx<'_>| associations::of_person(tx, person, OWN_MAX);
    app.store.read(read).await.map_err(Error::from)
}

fn lines(tx: &mut Tx<'_>, found: Vec<(Association, i64)>) -> Result<Vec<Line>, Error> {
    let codes: Vec<PlaceCode> = found.iter().map(|(one, _)| one.place.clone()).collect();
    let named = named_places(tx, &codes)?;
    let mut lines = Vec::new();
    for (group, count) in found {
        let place = named.iter().find(|place| place.code == group.place);
        lines.push(Line {
            place: place.map(|place| place.names.clone()).unwrap_or_default(),
            count,
            group,
        });
    }
    Ok(lines)
}

/// A group as somebody sees it.
#[derive(Debug, Clone)]
pub struct Page {
    pub line: Line,
    /// How the one who looks stands with it.
    pub own: Option<Standing>,
    pub activities: Vec<Activity>,
}

/// A group that is registered; one that is not, for those who are in it.
pub async fn show(app: &App, actor: &Actor, id: AssociationId) -> Result<Page, Error> {
    let (inner, person) = (app.clone(), actor.person());
    let read = move |tx: &mut Tx<'_>| {
        let group = associations::read(tx, id)?;
        let group = group.ok_or(Refusal::NotFound(Thing::Association))?;
        let own = match person {
            Some(person) => associations::member(tx, id, person)?,
            None => None,
        };
        if group.state != GroupState::Registered && own.is_none() {
            return Err(Refusal::NotFound(Thing::Association).into());
        }
        page(&inner, tx, (group, own.map(|own| own.standing)))
    };
    app.store.read(read).await.map_err(Error::from)
}

fn page(
    app: &App,
    tx: &mut Tx<'_>,
    (group, own): (Association, Option<Standing>),
) -> Result<Page, Error> {
    let activities = activities::of_association(tx, group.id, app.now(), ACTIVITIES_MAX)?;
    let count = associations::count(tx, group.id)?;
    let line = lines(tx, vec![(group, count)])?.pop();
    Ok(Page {
        line: line.ok_or(Refusal::NotFound(Thing::Association))?,
        own,
        activities,
    })
}

/// Somebody in a group, by what they call themselves.
#[derive(Debug, Clone)]
pub struct Named {
    pub member: Member,
    pub name: String,
}

/// A group with the names of those in it, for those who lead it and for the desk.
#[derive(Debug, Clone)]
pub struct Inside {
    pub page: Page,
    pub members: Vec<Named>,
}

/// By which right somebody looks into a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Leading,
    Desk,
}

pub async fn inside(app: &App, actor: &Actor, id: AssociationId, by: By) -> Result<Inside, Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        let group = associations::read(tx, id)?;
        let group = group.ok_or(Refusal::NotFound(Thing::Association))?;
        match by {
            By::Leading if leads(tx, id, actor.person())? => {}
            By::Leading => return Err(Refusal::NotPermitted.into()),
            By::Desk => permit_desk(&actor, &group)?,
        }
        let members = associations::named_members(tx, id)?.into_iter();
        let members: Vec<Named> = members
            .map(|(member, name)| Named { member, name })
            .collect();
        let own = members
            .iter()
            .find(|one| Some(one.member.person) == actor.person());
        let own = own.map(|own| own.member.standing);
        Ok::<_, Error>(Inside {
            page: page(&inner, tx, (group, own))?,
            members,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}
