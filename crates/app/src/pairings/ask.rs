//! A household asks for somebody who comes by. It says where it is and how it is reached, and
//! nothing else; asking again says that anew.

use huiyin_domain::access::Actor;
use huiyin_domain::case::FieldFault;
use huiyin_domain::contact::Contact;
use huiyin_domain::id::{PairingId, PersonId};
use huiyin_domain::pairing::{Helper, Pairing, TOLERANCE_USUAL};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::series::Every;
use huiyin_store::{Tx, pairings, places};
use jiff::Timestamp;

use super::{ADDRESS_CHARS_MAX, desk_page, said};
use crate::import::clean;
use crate::volunteers::{person, tell_keepers};
use crate::{App, Error, Refusal};

pub struct Request {
    /// Made by whoever shows the form.
    pub id: PairingId,
    /// A community, or a grid of it.
    pub place: PlaceCode,
    pub address: String,
    /// By which the household wants to be reached.
    pub contact: String,
    pub rhythm: Every,
}

impl Request {
    /// Without what nobody meant to type.
    pub(super) fn cleaned(self) -> Request {
        Request {
            address: clean(&self.address),
            contact: clean(&self.contact),
            ..self
        }
    }
}

pub async fn ask(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    let person = person(actor)?;
    let (inner, now) = (app.clone(), app.now());
    let request = request.cleaned();
    let write = move |tx: &mut Tx<'_>| {
        let faults = faults(tx, &request)?;
        if !faults.is_empty() {
            return Err(Refusal::Invalid(faults).into());
        }
        // --- everything is checked; from here on we write ---
        if let Some(known) = pairings::of_person(tx, person)? {
            return Ok(pairings::change(
                tx,
                known.id,
                (&request.address, &request.contact),
            )?);
        }
        begin(&inner, tx, (person, &request), now).map(drop)
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}

/// Keeps a new pairing as it was asked for, and tells the community that somebody is to be found.
pub(super) fn begin(
    app: &App,
    tx: &mut Tx<'_>,
    (person, request): (PersonId, &Request),
    now: Timestamp,
) -> Result<Pairing, Error> {
    let pairing = Pairing {
        id: request.id,
        person,
        place: request.place.clone(),
        address: request.address.clone(),
        contact: request.contact.clone(),
        rhythm: request.rhythm,
        tolerance: TOLERANCE_USUAL,
        asked_at: now,
        helper: Helper::Sought,
    };
    pairings::insert(tx, &pairing)?;
    let page = desk_page(pairing.id);
    let cause = format!("pairing-asked {}", pairing.id);
    let letter = said(tx, &pairing, ("letter-pairing-asked", &page), cause, now)?;
    tell_keepers(app, tx, &pairing.place, &letter, now)?;
    Ok(pairing)
}

pub(super) fn faults(tx: &mut Tx<'_>, request: &Request) -> Result<Vec<FieldFault>, Error> {
    let mut faults = Vec::new();
    let place = &request.place;
    let known = places::read(tx, place)?;
    let is_open = known.is_some_and(|known| known.closed_at.is_none());
    if !is_open || !matches!(place.level(), Level::Community | Level::Grid) {
        faults.push(FieldFault::new("place", "fault-volunteer-place"));
    }
    if request.address.is_empty() {
        faults.push(FieldFault::new("address", "fault-required"));
    }
    if request.address.chars().count() > ADDRESS_CHARS_MAX {
        faults.push(FieldFault::new("address", "fault-too-long").with("max", ADDRESS_CHARS_MAX));
    }
    if request.contact.parse::<Contact>().is_err() {
        faults.push(FieldFault::new("contact", "fault-not-contact"));
    }
    Ok(faults)
}
