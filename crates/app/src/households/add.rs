//! Add a door to a place, with a contact if its people leave one at once.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::FieldFault;
use huiyin_domain::household::{Door, Household};
use huiyin_domain::id::HouseholdId;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{Tx, households};

use super::leave_contact::{self, Agreed};
use super::{good_door, living, post_at, refuse_twice, taken};
use crate::administration::{Record, permit};
use crate::{App, Error, Refusal};

/// A door as somebody filled it in.
#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever shows the form: sent twice, it is one.
    pub id: HouseholdId,
    pub place: PlaceCode,
    pub door: String,
    /// Empty when nobody leaves one.
    pub contact: String,
    pub agreed: Agreed,
}

/// Gives the place in which the door lies now.
pub async fn add(app: &App, actor: &Actor, request: Request) -> Result<PlaceCode, Error> {
    permit(actor, Action::HouseholdsKeep)?;
    let (door, contact) = good(&request)?;
    let id = request.id;
    let record = Record::new(app, actor, "household-added", id);
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let now = inner.now();
        if let Some(there) = households::read(tx, id)? {
            let is_same = there.door.sorted() == door.sorted();
            let is_same = is_same && post_at(&actor, Action::HouseholdsKeep, &there.place).is_ok();
            return match is_same {
                true => Ok(there.place),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        let place = living(tx, &request.place)?;
        post_at(&actor, Action::HouseholdsKeep, &place)?;
        let post = match contact {
            Some(_) => Some(post_at(&actor, Action::HouseholdsContact, &place)?.post),
            None => None,
        };
        refuse_twice(tx, (&place, &door), None)?;
        let household = Household {
            id,
            place: place.clone(),
            door: door.clone(),
            closed_at: None,
        };
        // --- everything is checked; from here on we write ---
        households::insert(tx, &household, now).map_err(taken)?;
        if let (Some(contact), Some(post)) = (&contact, post) {
            let left = leave_contact::left(id, contact, (post, inner.config.day(now)));
            households::leave(tx, &left)?;
        }
        record.keep(tx)?;
        Ok::<_, Error>(place)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// Door and contact in their one form, or all that is wrong with the form.
fn good(request: &Request) -> Result<(Door, Option<String>), Refusal> {
    let mut faults: Vec<FieldFault> = Vec::new();
    let door = good_door(&request.door);
    let contact = match request.contact.trim() {
        // A tick alone leaves nothing.
        "" => Ok(None),
        text => leave_contact::good(text, request.agreed).map(Some),
    };
    if let Err(fault) = &door {
        faults.push(fault.clone());
    }
    if let Err(more) = &contact {
        faults.extend(more.iter().cloned());
    }
    match (door, contact) {
        (Ok(door), Ok(contact)) => Ok((door, contact)),
        _ => Err(Refusal::Invalid(faults)),
    }
}
