//! Keep a venue: make it, change it, close it or open it again.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::VenueId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::venue::{About, Category};
use huiyin_store::venues::{self, Venue};
use huiyin_store::{Tx, places};

use super::post_for;
use crate::administration::Record;
use crate::error::Thing;
use crate::{App, Error, Refusal};

const NAME_CHARS_MAX: usize = 80;
const LINE_CHARS_MAX: usize = 200;
const TEXT_CHARS_MAX: usize = 4_000;

/// Whether people may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doors {
    Open,
    Shut,
}

/// A venue as somebody filled it in. The id is made by whoever makes the venue, so that sending
/// it twice makes one.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: VenueId,
    pub place: PlaceCode,
    pub category: Category,
    pub names: Names,
    pub about: About,
    pub doors: Doors,
}

pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    let unit = post_for(actor, Action::VenuesEdit, &request.place)?.unit;
    let faults = faults(&request);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let record = Record::new(app, actor, "venue-put", request.id);
    let (actor, now) = (actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        if places::read(tx, &request.place)?.is_none() {
            return Err(Refusal::NotFound(Thing::Place).into());
        }
        let before = venues::read(tx, request.id)?;
        if let Some(before) = &before {
            post_for(&actor, Action::VenuesEdit, &before.place)?;
        }
        let closed_at = before.as_ref().and_then(|venue| venue.closed_at);
        let venue = Venue {
            id: request.id,
            place: request.place.clone(),
            unit: before.as_ref().map_or(unit, |venue| venue.unit),
            category: request.category,
            names: request.names.clone(),
            about: request.about.clone(),
            changed_at: now,
            closed_at: (request.doors == Doors::Shut).then(|| closed_at.unwrap_or(now)),
        };
        // --- everything is checked; from here on we write ---
        venues::put(tx, &venue)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

fn faults(request: &Request) -> Vec<FieldFault> {
    let about = &request.about;
    let mut faults = Vec::new();
    if request.names.is_empty() {
        faults.push(FieldFault::new("zh", "fault-required"));
    }
    let names = request.names.0.iter();
    let mut texts: Vec<(&str, &str, usize)> = names
        .map(|(lang, name)| (lang.as_str(), name.as_str(), NAME_CHARS_MAX))
        .collect();
    texts.push(("address", &about.address, LINE_CHARS_MAX));
    texts.push(("contact", &about.contact, LINE_CHARS_MAX));
    texts.push(("text", &about.text, TEXT_CHARS_MAX));
    for (field, text, chars_max) in texts {
        if text.chars().count() > chars_max {
            faults.push(FieldFault::new(field, "fault-too-long").with("max", chars_max));
        }
    }
    if about.address.is_empty() {
        faults.push(FieldFault::new("address", "fault-required"));
    }
    faults
}
