//! Make an occasion: a day, a place, a name.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::OccasionId;
use huiyin_domain::place::PlaceCode;
use huiyin_store::occasions::{self, Occasion};
use huiyin_store::{Tx, places};
use jiff::{SignedDuration, Timestamp};

use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::import::clean;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

const TITLE_CHARS_MAX: usize = 60;
const ADDRESS_CHARS_MAX: usize = 80;
const NOTE_CHARS_MAX: usize = 1_000;
const LENGTH_MAX: SignedDuration = SignedDuration::from_hours(24);

/// An occasion as somebody filled it in.
#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever makes it: sent twice, it is one.
    pub id: OccasionId,
    pub kind: String,
    pub place: PlaceCode,
    pub title: String,
    pub address: String,
    /// For those who run it.
    pub note: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

pub async fn make(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::OccasionsRun)?;
    let unit = post_for(actor, Action::OccasionsRun, &request.place)?.unit;
    let kind = app.kinds().by_slug(&request.kind).cloned();
    if kind.is_none_or(|kind| kind.occasion.is_none()) {
        return Err(Refusal::NotFound(Thing::Kind).into());
    }
    let now = app.now();
    let occasion = Occasion {
        id: request.id,
        unit,
        place: request.place,
        kind: request.kind,
        title: clean(&request.title),
        address: clean(&request.address),
        note: request.note.trim().to_owned(),
        starts_at: request.starts_at,
        ends_at: request.ends_at,
        made_at: now,
        cancelled_at: None,
        cancelled_for: None,
        ended_at: None,
        report: None,
    };
    let faults = faults(&occasion);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let record = Record::new(app, actor, "occasion-made", occasion.id);
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        if let Some(before) = occasions::read(tx, occasion.id)? {
            return match before.unit == occasion.unit {
                true => Ok(()),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        let place = places::read(tx, &occasion.place)?;
        if place.is_none_or(|place| place.closed_at.is_some()) {
            return Err(Refusal::field("place", "fault-not-place").into());
        }
        // --- everything is checked; from here on we write ---
        occasions::insert(tx, &occasion)?;
        record.keep(tx)
    };
    app.store
        .write(request.id.get(), write)
        .await
        .map_err(Error::from)
}

fn faults(occasion: &Occasion) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let texts = [
        ("title", &occasion.title, TITLE_CHARS_MAX),
        ("address", &occasion.address, ADDRESS_CHARS_MAX),
    ];
    for (field, text, max) in texts {
        if text.is_empty() {
            faults.push(FieldFault::new(field, "fault-required"));
        }
        if text.chars().count() > max {
            faults.push(FieldFault::new(field, "fault-too-long").with("max", max));
        }
    }
    if occasion.note.chars().count() > NOTE_CHARS_MAX {
        faults.push(FieldFault::new("note", "fault-too-long").with("max", NOTE_CHARS_MAX));
    }
    if occasion.starts_at <= occasion.made_at {
        faults.push(FieldFault::new("day", "fault-room-over"));
    }
    let length = occasion.ends_at.duration_since(occasion.starts_at);
    if length <= SignedDuration::ZERO {
        faults.push(FieldFault::new("to", "fault-ends-before"));
    }
    if length > LENGTH_MAX {
        faults.push(FieldFault::new("to", "fault-activity-long"));
    }
    faults
}
