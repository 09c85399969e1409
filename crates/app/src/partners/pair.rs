//! A unit asks to be paired with a community, or changes whom to ask there.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::id::PartnerId;
use huiyin_domain::partner::Partner;
use huiyin_domain::person::Role;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::unit::UnitCategory;
use huiyin_store::{Tx, partners, places, units};

use super::words;
use crate::administration::permit;
use crate::{App, Error, Refusal};

pub struct Request {
    /// Made by whoever shows the form.
    pub id: PartnerId,
    pub place: PlaceCode,
    /// A post and its number, not a private one.
    pub contact: String,
}

pub async fn pair(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::PartnerSpeak)?;
    let post = actor.posts.iter().find(|post| post.role == Role::Partner);
    let post = post.cloned().ok_or(Refusal::NotPermitted)?;
    let contact = words("contact", &request.contact)?;
    let now = app.now();
    let write = move |tx: &mut Tx<'_>| {
        let place = places::read(tx, &request.place)?;
        let is_open = place.is_some_and(|place| place.closed_at.is_none());
        if !is_open || request.place.level() != Level::Community {
            return Err(Refusal::field("place", "fault-partner-place").into());
        }
        let unit = units::read(tx, post.unit)?;
        if unit.is_none_or(|unit| unit.category != UnitCategory::Partner) {
            return Err(Refusal::rule(Class::NotPermitted, "partner-own").into());
        }
        let known = partners::of_unit(tx, post.unit)?;
        if let Some(same) = known.iter().find(|known| known.place == request.place) {
            return match same.id == request.id {
                true => Ok(()),
                false => Err(Refusal::rule(Class::Conflict, "partner-known").into()),
            };
        }
        // --- everything is checked; from here on we write ---
        let partner = Partner {
            id: request.id,
            unit: post.unit,
            place: request.place.clone(),
            contact: contact.clone(),
            asked_at: now,
            agreed_at: None,
            ended_at: None,
        };
        partners::insert(tx, &partner, post.post)?;
        Ok::<_, Error>(())
    };
    app.store.write(0, write).await.map_err(Error::from)
}
