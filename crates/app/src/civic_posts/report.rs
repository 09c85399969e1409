//! Whoever holds a post reports what they did in it; everybody who reads the pledge reads it.

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::civic_post::PledgeReport;
use huiyin_domain::id::{PledgeId, PledgeReportId};
use huiyin_store::{Tx, pledges};
use jiff::ToSpan;
use jiff::civil::Date;

use super::{PROMISE_CHARS_MAX, own_pledge};
use crate::import::clean;
use crate::volunteers::{not_registered, own, person};
use crate::{App, Error, Refusal};

const DAYS_BACK: i64 = 366;

pub struct Request {
    /// Made by whoever shows the form.
    pub id: PledgeReportId,
    pub pledge: PledgeId,
    pub day: Date,
    pub what: String,
}

pub async fn report(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    let person = person(actor)?;
    let (now, today) = (app.now(), app.config.day(app.now()));
    let what = clean(&request.what);
    let mut faults = Vec::new();
    if what.is_empty() {
        faults.push(FieldFault::new("what", "fault-required"));
    }
    if what.chars().count() > PROMISE_CHARS_MAX {
        faults.push(FieldFault::new("what", "fault-too-long").with("max", PROMISE_CHARS_MAX));
    }
    if request.day > today || request.day < today.saturating_sub(DAYS_BACK.days()) {
        faults.push(FieldFault::new("day", "fault-service-day"));
    }
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let write = move |tx: &mut Tx<'_>| {
        let own = own(tx, person)?.ok_or_else(not_registered)?;
        let pledge = own_pledge(tx, &own, request.pledge)?;
        if !pledge.is_held() {
            return Err(Refusal::rule(Class::Conflict, "pledge-not-held").into());
        }
        // --- everything is checked; from here on we write ---
        let report = PledgeReport {
            id: request.id,
            pledge: pledge.id,
            day: request.day,
            what: what.clone(),
        };
        Ok::<_, Error>(pledges::report(tx, &report, now)?)
    };
    app.store
        .write(request.pledge.get(), write)
        .await
        .map_err(Error::from)
}
