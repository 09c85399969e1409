//! A door is called otherwise, or lies in another place: after a split, doors of the old place are
//! told where they belong.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::HouseholdId;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{Tx, households};

use super::{good_door, held, living, post_at, refuse_twice, taken};
use crate::administration::{Record, permit};
use crate::{App, Error, Refusal};

#[derive(Debug, Clone)]
pub struct Request {
    pub id: HouseholdId,
    pub place: PlaceCode,
    pub door: String,
}

pub async fn change(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::HouseholdsKeep)?;
    let door = good_door(&request.door).map_err(|fault| Refusal::Invalid(vec![fault]))?;
    let record = Record::new(app, actor, "household-changed", request.id);
    let (actor, id) = (actor.clone(), request.id);
    let write = move |tx: &mut Tx<'_>| {
        let elsewhere = |_| Error::from(Refusal::field("place", "fault-household-place"));
        // Places before doors, as when a place becomes another.
        let place = living(tx, &request.place);
        let (_, _) = held(tx, &actor, (Action::HouseholdsKeep, id))?;
        let place = place.map_err(elsewhere)?;
        post_at(&actor, Action::HouseholdsKeep, &place)
            .map_err(Error::from)
            .map_err(elsewhere)?;
        refuse_twice(tx, (&place, &door), Some(id))?;
        // --- everything is checked; from here on we write ---
        households::change(tx, id, (&place, &door)).map_err(taken)?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
