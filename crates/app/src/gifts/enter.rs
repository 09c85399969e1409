//! Write a gift down; it gets the next number of its community and year.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::FieldFault;
use huiyin_domain::gift::{Gift, Sort};
use huiyin_domain::id::GiftId;
use huiyin_domain::place::PlaceCode;
use huiyin_store::gifts::{self, Donor};
use huiyin_store::{Tx, places};

use crate::administration::{Record, permit};
use crate::import::clean;
use crate::{App, Error, Refusal};

const TEXT_CHARS_MAX: usize = 120;
/// Ten million yuan, or as many pieces: more is a slip of the finger.
const AMOUNT_MAX: i64 = 1_000_000_000;

/// Whether the name of whoever gave may stand on the public page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    Named,
    Unnamed,
}

/// A gift as it is written down.
#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever asks, so that asking again is harmless.
    pub id: GiftId,
    pub place: PlaceCode,
    pub sort: Sort,
    pub what: String,
    pub amount: i64,
    pub donor: Donor,
    pub naming: Naming,
}

/// Writes it down; the same gift sent twice is one.
pub async fn enter(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::GiftsEdit)?;
    let request = good(request)?;
    if !super::reaches(actor, &request.place) {
        return Err(Refusal::field("place", "fault-unknown").into());
    }
    let record = Record::new(app, actor, "gift-entered", request.id);
    let today = app.config.day(app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        if let Some(known) = gifts::read(tx, request.id)? {
            let same = known.place == request.place && known.amount == request.amount;
            return match same && known.what == request.what {
                true => Ok(()),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        match places::read(tx, &request.place)? {
            Some(place) if place.closed_at.is_none() => {}
            _ => return Err(Refusal::field("place", "fault-not-place").into()),
        }
        let year = i64::from(today.year());
        let number = gifts::last_number(tx, &request.place, year)? + 1;
        // --- everything is checked; from here on we write ---
        let name = request.donor.name.clone();
        let gift = Gift {
            id: request.id,
            place: request.place.clone(),
            year,
            number,
            sort: request.sort,
            what: request.what.clone(),
            amount: request.amount,
            donor_shown: name.filter(|_| request.naming == Naming::Named),
            received_on: today,
        };
        gifts::insert(tx, &gift, &request.donor)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

fn good(request: Request) -> Result<Request, Refusal> {
    let mut faults = Vec::new();
    let mut text = |field: &str, text: &str| {
        let text = clean(text);
        if text.chars().count() > TEXT_CHARS_MAX {
            faults.push(FieldFault::new(field, "fault-too-long").with("max", TEXT_CHARS_MAX));
        }
        text
    };
    let what = text("what", &request.what);
    let name = text("donor", request.donor.name.as_deref().unwrap_or_default());
    let contact = text(
        "contact",
        request.donor.contact.as_deref().unwrap_or_default(),
    );
    if what.is_empty() {
        faults.push(FieldFault::new("what", "fault-required"));
    }
    if !(1..=AMOUNT_MAX).contains(&request.amount) {
        faults.push(FieldFault::new("amount", "fault-amount"));
    }
    if name.is_empty() && request.naming == Naming::Named {
        faults.push(FieldFault::new("donor", "fault-required"));
    }
    match faults.is_empty() {
        true => Ok(Request {
            what,
            donor: Donor {
                name: Some(name).filter(|name| !name.is_empty()),
                contact: Some(contact).filter(|contact| !contact.is_empty()),
            },
            ..request
        }),
        false => Err(Refusal::Invalid(faults)),
    }
}
