//! Volunteers who named a unit as theirs: the unit says whether they are. It learns the name
//! that they gave and nothing of what they did.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::{UnitId, VolunteerId};
use huiyin_domain::person::Role;
use huiyin_store::{Tx, volunteers};
use jiff::Timestamp;

use crate::administration::permit;
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// So many are shown at once.
pub const ROWS: usize = 40;

/// A volunteer as the unit sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: VolunteerId,
    pub name: String,
    pub agreed_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub rows: Vec<Member>,
    pub next: Option<VolunteerId>,
}

/// The unit for which the actor speaks.
fn unit_of(actor: &Actor) -> Result<UnitId, Refusal> {
    permit(actor, Action::PartnerSpeak)?;
    let post = actor.posts.iter().find(|post| post.role == Role::Partner);
    post.map(|post| post.unit).ok_or(Refusal::NotPermitted)
}

pub async fn list(app: &App, actor: &Actor, after: Option<VolunteerId>) -> Result<Reply, Error> {
    let unit = unit_of(actor)?;
    let after = after.unwrap_or(VolunteerId::from_raw(0));
    let read = move |tx: &mut Tx<'_>| {
        let limit = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
        volunteers::of_unit(tx, unit, after, limit)
    };
    let found = app.store.read(read).await.map_err(Error::from)?;
    let more = found.len() > ROWS;
    let rows: Vec<Member> = found
        .into_iter()
        .take(ROWS)
        .map(|volunteer| Member {
            id: volunteer.id,
            agreed_at: volunteer.membership.and_then(|member| member.agreed_at),
            name: volunteer.offer.name,
        })
        .collect();
    Ok(Reply {
        next: rows.last().filter(|_| more).map(|last| last.id),
        rows,
    })
}

/// The unit says that a volunteer is one of theirs; what they do from now on counts for it too.
pub async fn agree(app: &App, actor: &Actor, id: VolunteerId) -> Result<(), Error> {
    let (unit, now) = (unit_of(actor)?, app.now());
    let write = move |tx: &mut Tx<'_>| match volunteers::agree_to_member(tx, id, unit, now)? {
        true => Ok::<_, Error>(()),
        false => Err(Refusal::NotFound(Thing::Volunteer).into()),
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// The unit says that a volunteer is none of theirs.
pub async fn part(app: &App, actor: &Actor, id: VolunteerId) -> Result<(), Error> {
    let unit = unit_of(actor)?;
    let write = move |tx: &mut Tx<'_>| match volunteers::part_from_member(tx, id, unit)? {
        true => Ok::<_, Error>(()),
        false => Err(Refusal::NotFound(Thing::Volunteer).into()),
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
