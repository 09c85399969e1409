//! A volunteer reports back what they did: what, for whom in coarse terms, which day, how long.

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::ServiceId;
use huiyin_domain::volunteer::{
    SERVICE_MINUTES_MAX, Service, ServiceState, Standing, Volunteer, Whom,
};
use huiyin_store::{Tx, services};
use jiff::ToSpan;
use jiff::civil::Date;

use super::register::not_registered;
use super::{WORDS_CHARS_MAX, own, person};
use crate::import::clean;
use crate::{App, Error, Refusal};

/// What was done longer ago nobody remembers well enough to confirm it.
const DAYS_BACK: i64 = 366;

#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever shows the form.
    pub id: ServiceId,
    pub day: Date,
    pub what: String,
    pub whom: Whom,
    pub minutes: u32,
}

pub async fn report(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    let person = person(actor)?;
    let (now, today) = (app.now(), app.config.day(app.now()));
    let what = clean(&request.what);
    let faults = faults(&request, &what, today);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let write = move |tx: &mut Tx<'_>| {
        let known = own(tx, person)?.ok_or_else(not_registered)?;
        let Standing::Accepted { .. } = known.standing else {
            return Err(Refusal::rule(Class::Conflict, "volunteer-not-accepted").into());
        };
        let place = known.offer.community().ok_or_else(not_registered)?;
        if let Some(there) = services::by_id(tx, request.id)?
            && there.volunteer != known.id
        {
            return Err(Refusal::KeyReused.into());
        }
        // --- everything is checked; from here on we write ---
        let service = Service {
            id: request.id,
            volunteer: known.id,
            place,
            unit: unit_of(&known),
            day: request.day,
            what: what.clone(),
            whom: request.whom,
            minutes: request.minutes,
            case: None,
            reported_at: now,
            state: ServiceState::Reported,
        };
        services::report(tx, &service)?;
        Ok::<_, Error>(())
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}

/// The unit for which a service counts too: one that said that the volunteer is theirs.
pub(super) fn unit_of(volunteer: &Volunteer) -> Option<huiyin_domain::id::UnitId> {
    let member = volunteer.membership?;
    member.agreed_at.map(|_| member.unit)
}

fn faults(request: &Request, what: &str, today: Date) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if what.is_empty() {
        faults.push(FieldFault::new("what", "fault-required"));
    }
    if what.chars().count() > WORDS_CHARS_MAX {
        faults.push(FieldFault::new("what", "fault-too-long").with("max", WORDS_CHARS_MAX));
    }
    let earliest = today.saturating_sub(DAYS_BACK.days());
    if request.day > today || request.day < earliest {
        faults.push(FieldFault::new("day", "fault-service-day"));
    }
    if !(1..=SERVICE_MINUTES_MAX).contains(&request.minutes) {
        faults.push(FieldFault::new("hours", "fault-service-hours"));
    }
    faults
}
