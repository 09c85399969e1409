//! The pictures of a venue or an activity, for whoever may hang and take down.

use huiyin_domain::access::Actor;
use huiyin_domain::names::Names;
use huiyin_store::pictures::{self, Of, Picture};
use huiyin_store::{Tx, activities, venues};

use super::{action, permit};
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// What the pictures are of, as it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Called {
    Venue(Names),
    Activity(String),
}

pub async fn kept(app: &App, actor: &Actor, of: Of) -> Result<(Called, Vec<Picture>), Error> {
    crate::administration::permit(actor, action(of))?;
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        permit(tx, &actor, of)?;
        let called = match of {
            Of::Venue(id) => {
                let venue = venues::read(tx, id)?.ok_or(Refusal::NotFound(Thing::Venue))?;
                Called::Venue(venue.names)
            }
            Of::Activity(id) => {
                let held = activities::read(tx, id)?;
                Called::Activity(held.ok_or(Refusal::NotFound(Thing::Activity))?.title)
            }
        };
        Ok::<_, Error>((called, pictures::list(tx, of)?))
    };
    app.store.read(read).await.map_err(Error::from)
}
