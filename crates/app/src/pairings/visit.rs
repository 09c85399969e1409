//! A volunteer tells of a visit, in words that the household reads. The next one follows from
//! it.

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::{PairingId, VisitId};
use huiyin_domain::pairing::{Helper, Visit};
use huiyin_store::{Tx, pairings};
use jiff::civil::Date;

use super::{WORDS_CHARS_MAX, helped};
use crate::import::clean;
use crate::volunteers::{not_registered, own, person};
use crate::{App, Error, Refusal};

pub struct Request {
    /// Made by whoever shows the form.
    pub id: VisitId,
    pub pairing: PairingId,
    pub day: Date,
    pub what: String,
}

pub async fn visit(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    let person = person(actor)?;
    let (now, today) = (app.now(), app.config.day(app.now()));
    let zone = app.config.time_zone.clone();
    let what = clean(&request.what);
    let mut faults = Vec::new();
    if what.is_empty() {
        faults.push(FieldFault::new("what", "fault-required"));
    }
    if what.chars().count() > WORDS_CHARS_MAX {
        faults.push(FieldFault::new("what", "fault-too-long").with("max", WORDS_CHARS_MAX));
    }
    if request.day > today {
        faults.push(FieldFault::new("day", "fault-visit-day"));
    }
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let write = move |tx: &mut Tx<'_>| {
        let own = own(tx, person)?.ok_or_else(not_registered)?;
        let pairing = helped(tx, &own, request.pairing)?;
        let Helper::Comes { since, next, .. } = pairing.helper else {
            return Err(Refusal::rule(Class::Conflict, "pairing-not-agreed").into());
        };
        if request.day < since.to_zoned(zone.clone()).date() {
            return Err(Refusal::field("day", "fault-visit-day").into());
        }
        if let Some(there) = pairings::visit_by_id(tx, request.id)? {
            return match (there.pairing, there.volunteer) == (pairing.id, own.id) {
                true => Ok(()),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        // --- everything is checked; from here on we write ---
        let visit = Visit {
            id: request.id,
            pairing: pairing.id,
            volunteer: own.id,
            day: request.day,
            what: what.clone(),
        };
        pairings::visit(tx, &visit, now)?;
        let after = pairing.after_visit(request.day);
        // What was told late does not bring an earlier visit back.
        if after.day > next.day {
            pairings::set_next(tx, pairing.id, own.id, after)?;
        }
        Ok::<_, Error>(())
    };
    app.store
        .write(request.pairing.get(), write)
        .await
        .map_err(Error::from)
}
