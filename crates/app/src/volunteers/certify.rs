//! A volunteer has what they did certified: as it is now, with a code that anybody can check.
//! Asking for it is the consent; taking it back is one button.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::code::TrackingCode;
use huiyin_domain::id::CertificateId;
use huiyin_domain::volunteer::{
    Certificate, CertificateState, Certified, CertifiedMark, CertifiedService, ServiceState,
    Volunteer,
};
use huiyin_store::services::{Sum, Whose};
use huiyin_store::{Tx, certificates, services};
use jiff::civil::Date;

use super::register::not_registered;
use super::{own, person};
use crate::{App, Error, Refusal};

/// So many services stand on a certificate one by one; the sums count all of them.
pub const LINES_MAX: usize = 40;
/// So many valid certificates are enough for anybody.
const VALID_MAX: usize = 10;

/// Makes a certificate; `id` is made by whoever shows the form.
pub async fn certify(app: &App, actor: &Actor, id: CertificateId) -> Result<(), Error> {
    let person = person(actor)?;
    let (now, today) = (app.now(), app.config.day(app.now()));
    let code = TrackingCode::from_chance(app.chance());
    let zone = app.config.time_zone.clone();
    let write = move |tx: &mut Tx<'_>| {
        let own = own(tx, person)?.ok_or_else(not_registered)?;
        if let Some(there) = certificates::by_id(tx, id)? {
            return match there.volunteer == own.id {
                true => Ok(()),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        let sums = services::sums(tx, &Whose::Volunteer(own.id))?;
        if sums.is_empty() {
            return Err(Refusal::rule(Class::Conflict, "certificate-nothing").into());
        }
        let given = certificates::of_volunteer(tx, own.id, 100)?;
        let valid = given
            .iter()
            .filter(|given| matches!(given.state, CertificateState::Valid(_)));
        if valid.count() >= VALID_MAX {
            return Err(Refusal::rule(Class::Conflict, "certificate-many").into());
        }
        let since = own.asked_at.to_zoned(zone.clone()).date();
        let content = content(tx, &own, &sums, (since, today))?;
        // --- everything is checked; from here on we write ---
        let certificate = Certificate {
            id,
            volunteer: own.id,
            code: code.as_str().to_owned(),
            made_at: now,
            state: CertificateState::Valid(content),
        };
        certificates::insert(tx, &certificate)?;
        Ok::<_, Error>(())
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}

fn content(
    tx: &mut Tx<'_>,
    own: &Volunteer,
    sums: &[Sum],
    (since, until): (Date, Date),
) -> Result<Certified, Error> {
    let place = own.offer.community().ok_or_else(not_registered)?;
    let total = |of: fn(&Sum) -> i64| {
        let total: i64 = sums.iter().map(of).sum();
        u32::try_from(total).unwrap_or(u32::MAX)
    };
    let mut lines = Vec::new();
    let mut before = None;
    // Those that wait or were refused are passed over, a page at a time.
    loop {
        let page = services::of_volunteer(tx, own.id, before, 100)?;
        let Some(last) = page.last() else { break };
        before = Some((last.day, last.id));
        let confirmed = page
            .iter()
            .filter(|service| matches!(service.state, ServiceState::Confirmed { .. }));
        lines.extend(confirmed.map(|service| CertifiedService {
            day: service.day,
            what: service.what.clone(),
            whom: service.whom,
            minutes: service.minutes,
        }));
        if lines.len() >= LINES_MAX {
            break;
        }
    }
    lines.truncate(LINES_MAX);
    let marks = certificates::marks(tx, own.id, 20)?;
    let mark = |mark: huiyin_domain::volunteer::Mark| CertifiedMark {
        sort: mark.sort,
        day: mark.day,
        what: mark.what,
        minutes: mark.minutes,
    };
    let first = lines.iter().map(|line| line.day).min().unwrap_or(since);
    Ok(Certified {
        name: own.offer.name.clone(),
        place,
        since: since.min(first),
        until,
        services: total(|sum| sum.services),
        minutes: total(|sum| sum.minutes),
        lines,
        marks: marks.into_iter().map(mark).collect(),
    })
}

/// A certificate of the actor's own, for printing.
pub async fn read(app: &App, actor: &Actor, id: CertificateId) -> Result<Certificate, Error> {
    let person = person(actor)?;
    let read = move |tx: &mut Tx<'_>| {
        let own = own(tx, person)?.ok_or_else(not_registered)?;
        let found = certificates::by_id(tx, id)?;
        let found = found.filter(|found| found.volunteer == own.id);
        found.ok_or_else(|| Refusal::NotFound(crate::error::Thing::Certificate).into())
    };
    app.store
        .read(read)
        .await
        .map_err(|error: huiyin_store::ReadError<Error>| error.into())
}
