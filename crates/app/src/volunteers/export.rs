//! Everything that the house keeps of a volunteer, for the volunteer.

use huiyin_domain::access::Actor;
use huiyin_domain::volunteer::{CertificateState, ServiceState, Standing, Volunteer};
use huiyin_store::{Tx, certificates, pairings, pledges, services};
use serde_json::{Value, json};

use super::register::not_registered;
use super::{own, person};
use crate::{App, Error};

/// More services than anybody does in a life.
const ALL: i64 = 100_000;

pub async fn export(app: &App, actor: &Actor) -> Result<Value, Error> {
    let person = person(actor)?;
    let read = move |tx: &mut Tx<'_>| {
        let own = own(tx, person)?.ok_or_else(not_registered)?;
        let services = services::of_volunteer(tx, own.id, None, ALL)?;
        let marks = certificates::marks(tx, own.id, ALL)?;
        let certificates = certificates::of_volunteer(tx, own.id, ALL)?;
        let mut pledged = Vec::new();
        for pledge in pledges::of_volunteer(tx, own.id)? {
            let reports = pledges::reports(tx, pledge.id, ALL)?;
            pledged.push(json!({
                "shown_as": pledge.shown_as,
                "promise": pledge.promise,
                "asked_at": pledge.asked_at,
                "held": pledge.is_held(),
                "reports": reports,
            }));
        }
        Ok::<_, Error>(json!({
            "volunteer": told(&own),
            "pledges": pledged,
            "visits": pairings::visits_of(tx, own.id, ALL)?,
            "services": services.iter().map(|service| json!({
                "day": service.day,
                "what": service.what,
                "for": service.whom,
                "minutes": service.minutes,
                "reported_at": service.reported_at,
                "state": match &service.state {
                    ServiceState::Reported => json!("reported"),
                    ServiceState::Confirmed { at, by } => json!({"confirmed_at": at, "by": by}),
                    ServiceState::Refused { at, reason } => {
                        json!({"refused_at": at, "reason": reason})
                    }
                },
            })).collect::<Vec<_>>(),
            "courses_and_thanks": marks.iter().map(|mark| json!({
                "sort": mark.sort,
                "day": mark.day,
                "what": mark.what,
                "minutes": mark.minutes,
            })).collect::<Vec<_>>(),
            "certificates": certificates.iter().map(|certificate| json!({
                "code": certificate.code,
                "made_at": certificate.made_at,
                "content": match &certificate.state {
                    CertificateState::Valid(content) => json!(content),
                    CertificateState::Revoked { at } => json!({"revoked_at": at}),
                },
            })).collect::<Vec<_>>(),
        }))
    };
    app.store.read(read).await.map_err(Error::from)
}

fn told(own: &Volunteer) -> Value {
    let offer = &own.offer;
    json!({
        "name": offer.name,
        "place": offer.place,
        "unit": offer.unit,
        "unit_agreed_at": own.membership.and_then(|member| member.agreed_at),
        "skills": offer.skills,
        "free_week": huiyin_domain::volunteer::FreeWeek::DAYS.iter().map(|&day| {
            let free = offer.free.on(day);
            let parts = huiyin_domain::volunteer::DayPart::ALL.iter();
            json!(parts.filter(|part| free.has(**part)).collect::<Vec<_>>())
        }).collect::<Vec<_>>(),
        "other_days": offer.days,
        "reach": offer.reach.word(),
        "speaks": offer.speaks,
        "avoids": offer.avoids,
        "avoids_in_words": offer.avoid_note,
        "asked_at": own.asked_at,
        "standing": match &own.standing {
            Standing::Asked => json!("asked"),
            Standing::Accepted { at } => json!({"accepted_at": at}),
            Standing::Declined { at, reason } => json!({"declined_at": at, "reason": reason}),
        },
    })
}
